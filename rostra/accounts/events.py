"""What happens to accounts."""

from dataclasses import dataclass

from rostra.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Somebody signed up."""

    member: int
