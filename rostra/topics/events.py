"""What happens to topics and posts."""

from dataclasses import dataclass

from rostra.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class TopicPosted(Event):
    """A topic was begun with its first post."""

    topic: int
    post: int
    author: int


@dataclass(frozen=True, kw_only=True)
class ReplyPosted(Event):
    """A reply was posted."""

    topic: int
    post: int
    author: int


@dataclass(frozen=True, kw_only=True)
class PostEdited(Event):
    """A post, or the title with it, was changed."""

    post: int
    editor: int


@dataclass(frozen=True, kw_only=True)
class PostRemoved(Event):
    """A post was taken away."""

    post: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class TopicArranged(Event):
    """A topic was locked or opened, made sticky, an announcement or normal."""

    topic: int
    moderator: int
