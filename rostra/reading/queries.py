"""What a reader has not read yet. Unread is what was posted after both marks."""

from datetime import UTC, datetime
from typing import NamedTuple

from rostra.kernel.statements import Statement


class _MarkRow(NamedTuple):
    id: int
    position: int


class _ForumMarkRow(NamedTuple):
    forum_id: int
    read_at: datetime


_TOPIC_MARK = Statement(
    "reading.topic_mark",
    _MarkRow,
    "SELECT topic_id, position FROM reading_topicmark WHERE reader_id = %s AND topic_id = %s",
    sample=[1, 1],
)
_FORUM_MARKS = Statement(
    "reading.forum_marks",
    _ForumMarkRow,
    "SELECT forum_id, read_at FROM reading_forummark WHERE reader_id = %s",
    sample=[1],
)
_TOPIC_MARKS = Statement(
    "reading.topic_marks",
    _MarkRow,
    """SELECT m.topic_id, m.position FROM topics_topic t JOIN reading_topicmark m ON m.topic_id = t.id AND m.reader_id = %s
       WHERE t.forum_id = %s AND t.kind = 0 AND t.removed_at IS NULL AND t.last_post_at <= %s AND t.last_post_at >= %s
       UNION ALL
       SELECT m.topic_id, m.position FROM topics_topic t JOIN reading_topicmark m ON m.topic_id = t.id AND m.reader_id = %s
       WHERE t.forum_id = %s AND t.kind > 0 AND t.removed_at IS NULL""",
    sample=[1, 1, datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), 1, 1],
)


def position_read(reader_id: int, topic_id: int) -> int:
    """Up to which position the reader has read a topic; 0 when never opened."""
    row = _TOPIC_MARK.first(reader_id, topic_id)
    return row.position if row else 0


def forum_marks(reader_id: int) -> dict[int, datetime]:
    """By forum, the time up to which everything in it is read."""
    return {row.forum_id: row.read_at for row in _FORUM_MARKS.all(reader_id)}


def positions_read(reader_id: int, forum_id: int, newest: datetime, oldest: datetime) -> dict[int, int]:
    """By topic, positions read, for the pinned topics and for the stretch of the list between two times."""
    rows = _TOPIC_MARKS.all(reader_id, forum_id, newest, oldest, reader_id, forum_id)
    return {row.id: row.position for row in rows}
