"""What follows from what: one table, event -> reactions. Reactions run inside the transaction of the event."""

from rostra.kernel.events import Event, Reaction, react
from rostra.reading.actions import carry_marks
from rostra.topics.events import TopicMoved


def _keep_what_was_read(event: TopicMoved) -> None:
    carry_marks(topic_id=event.topic, forum_id=event.from_forum, came_at=event.came_at)


REACTIONS: dict[type[Event], list[Reaction]] = {
    TopicMoved: [_keep_what_was_read],
}


def connect() -> None:
    """Put the table in force."""
    react(REACTIONS)
