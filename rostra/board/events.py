"""What happens to the board itself."""

from dataclasses import dataclass

from rostra.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class TagDefined(Event):
    """A tag of the board's own came, or stands for something else now."""

    name: str


@dataclass(frozen=True, kw_only=True)
class TagDropped(Event):
    """A tag of the board's own is none any more."""

    name: str
