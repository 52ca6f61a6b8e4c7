"""What follows from what: one table, event -> reactions. Reactions run inside the transaction of the event."""

from rostra.kernel.events import Event, Reaction, react

REACTIONS: dict[type[Event], list[Reaction]] = {}


def connect() -> None:
    """Put the table in force."""
    react(REACTIONS)
