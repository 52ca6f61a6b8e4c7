"""What happens to topics and posts."""

from dataclasses import dataclass
from datetime import datetime

from rostra.kernel.events import Event
from rostra.topics.sequence import Stood


@dataclass(frozen=True, kw_only=True)
class TopicPosted(Event):
    """A topic was begun with its first post. `was_held`: the text had waited for a moderator."""

    topic: int
    post: int
    author: int
    was_held: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplyPosted(Event):
    """A reply was posted. `was_held`: the text had waited for a moderator."""

    topic: int
    post: int
    author: int
    was_held: bool = False


@dataclass(frozen=True, kw_only=True)
class PostEdited(Event):
    """A post, or the title with it, was changed. `was_held`: the text had waited for a moderator."""

    post: int
    editor: int
    was_held: bool = False


@dataclass(frozen=True, kw_only=True)
class EditUndone(Event):
    """A post is again what it was before its last edit, which left nothing behind."""

    post: int


@dataclass(frozen=True, kw_only=True)
class PostRemoved(Event):
    """A post was taken away."""

    post: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class PostWithdrawn(Event):
    """A post was taken back by its author, with its topic when it was the only post."""

    post: int
    author: int


@dataclass(frozen=True, kw_only=True)
class TopicMoved(Event):
    """A topic came into another forum. `came_at`: when it had come into the old one, if it was not begun there."""

    topic: int
    from_forum: int
    to_forum: int
    came_at: datetime | None
    moderator: int


@dataclass(frozen=True, kw_only=True)
class PostsMoved(Event):
    """Posts came from one topic into another, all of them when `is_whole`: then the one they came from is no more.

    `before`: the posts of both topics as they stood. `source_came_at`, `target_came_at`: when each topic had come into
    its forum, if it was not begun there. `is_carried`: what readers knew by the forums' marks is to be kept as marks of
    the topics.
    """

    source: int
    target: int
    source_forum: int
    target_forum: int
    source_came_at: datetime | None
    target_came_at: datetime | None
    is_whole: bool
    is_carried: bool
    before: tuple[Stood, ...]
    moderator: int


@dataclass(frozen=True, kw_only=True)
class AuthorChanged(Event):
    """A post is another member's. `was` is None where its author has no account."""

    post: int
    was: int | None
    author: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class TopicArranged(Event):
    """A topic was locked or opened, made sticky, an announcement or normal."""

    topic: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class TopicSlowed(Event):
    """A topic got a pace: `seconds` between two posts of one member, 0 for none."""

    topic: int
    seconds: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class ForumSlowed(Event):
    """The topics of a forum got a pace: `seconds` between two posts of one member, 0 for none."""

    forum: int
    seconds: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class PostNoticed(Event):
    """A moderator put a notice beside a post, changed it, or took it away."""

    post: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class TextHeld(Event):
    """A text waits for a moderator instead of being posted."""

    held: int
    author: int


@dataclass(frozen=True, kw_only=True)
class HeldTextPosted(Event):
    """A text that waited was approved, and is a post now."""

    held: int
    post: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class PostRestored(Event):
    """A removed post is there again."""

    post: int


@dataclass(frozen=True, kw_only=True)
class TopicRemoved(Event):
    """A topic was taken away with all its posts."""

    topic: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class TopicRestored(Event):
    """A removed topic is there again."""

    topic: int
