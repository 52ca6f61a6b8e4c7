"""What happens in moderation."""

from dataclasses import dataclass

from rostra.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """A decision was taken that restricts somebody."""

    case: int


@dataclass(frozen=True, kw_only=True)
class CaseReversed(Event):
    """A decision was taken back."""

    case: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class TextPurged(Event):
    """What a decision took away was deleted for good."""

    case: int
    moderator: int


@dataclass(frozen=True, kw_only=True)
class CaseAppealed(Event):
    """The member it concerns wants it to be looked at again."""

    case: int


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """Somebody else looked at a case again."""

    case: int
    is_reversed: bool


@dataclass(frozen=True, kw_only=True)
class PostReported(Event):
    """A member thinks that a post is against a rule."""

    report: int
    post: int
    reporter: int


@dataclass(frozen=True, kw_only=True)
class ReportsClosed(Event):
    """A moderator decided on all open reports of a post."""

    post: int
    is_agreed: bool


@dataclass(frozen=True, kw_only=True)
class TimerSet(Event):
    """Something will be done to a topic at a time."""

    timer: int


@dataclass(frozen=True, kw_only=True)
class TimerEnded(Event):
    """A timer acted, or was called off, or there was nothing left to do."""

    timer: int
    is_done: bool
