"""What happens between members and moderators."""

from dataclasses import dataclass

from rostra.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ConversationBegun(Event):
    """Moderators wrote to a member, or a member to them."""

    conversation: int


@dataclass(frozen=True, kw_only=True)
class ConversationAnswered(Event):
    """There is a further message."""

    conversation: int
    message: int


@dataclass(frozen=True, kw_only=True)
class ConversationClosed(Event):
    """A moderator closed a conversation."""

    conversation: int
