"""What happens to the tree of forums."""

from dataclasses import dataclass

from rostra.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ForumFounded(Event):
    """A category, forum or link is in the tree."""

    forum: int
    manager: int


@dataclass(frozen=True, kw_only=True)
class ForumDescribed(Event):
    """It has another name, description, text of rules or address, or was closed or opened."""

    forum: int
    manager: int


@dataclass(frozen=True, kw_only=True)
class ForumMoved(Event):
    """It stands below another place, or elsewhere among its neighbours."""

    forum: int
    manager: int


@dataclass(frozen=True, kw_only=True)
class ForumDropped(Event):
    """It is gone, and held nothing."""

    forum: int
    manager: int
