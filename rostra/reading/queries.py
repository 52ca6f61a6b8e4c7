"""What a reader has not read yet.

Two high-water marks and a cut-off: a post is read when it stands at or before the topic's mark, when the forum was
read up to its time, or when it is older than the cut-off. A forum's mark says nothing of a topic that was moved in
after it was set, or that stands apart. Nothing is unread in a topic that the reader ignores. Removed posts count for nothing: a topic's `newest_position` is that of the newest post that is there.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings

from rostra.kernel.clock import now
from rostra.kernel.paging import Key
from rostra.kernel.statements import Statement
from rostra.reading.models import TopicMark
from rostra.topics.queries import FAR_FUTURE, LISTED_FIELDS, OPEN, ListedTopic

NOBODY = 0
# t: the topic, m: the reader's mark of it, f: the reader's mark of its forum; one parameter: the cut-off.
UNREAD = """t.newest_position > COALESCE(m.position, 0) AND t.last_post_at > %s AND COALESCE(m.standing, 0) < 2
    AND (f.read_at IS NULL OR t.last_post_at > f.read_at OR f.marked_at < t.moved_at OR m.standing = 1)"""


class TopicMarkRow(NamedTuple):
    """How far a topic is read, and what its standing is (`TopicMark.Standing`)."""

    topic_id: int
    position: int
    standing: int


class _ForumId(NamedTuple):
    id: int


class Marks(NamedTuple):
    """How far a reader has come: in a topic, and in its forum."""

    position: int | None
    standing: int | None
    read_at: datetime | None
    marked_at: datetime | None

    @property
    def is_ignored(self) -> bool:
        """Does the reader ignore the topic?"""
        return self.standing == TopicMark.Standing.IGNORED


class ForumMarkRow(NamedTuple):
    """Up to when a forum is read, and when that was said."""

    read_at: datetime
    marked_at: datetime


class IgnoredTopic(NamedTuple):
    """A topic that a reader ignores."""

    id: int
    title: str
    slug: str


class FoundTopic(NamedTuple):
    """A topic in a list over all forums, and whether the reader has something to read in it."""

    topic: ListedTopic
    is_unread: bool


_SAMPLE_TIME = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
_MARKS = Statement(
    "reading.marks",
    Marks,
    """SELECT m.position, m.standing, f.read_at, f.marked_at FROM accounts_user u
       LEFT JOIN reading_topicmark m ON m.reader_id = u.id AND m.topic_id = %s
       LEFT JOIN reading_forummark f ON f.reader_id = u.id AND f.forum_id = %s WHERE u.id = %s""",
    sample=[1, 1, 1],
)
_FORUM_MARK = Statement(
    "reading.forum_mark",
    ForumMarkRow,
    "SELECT read_at, marked_at FROM reading_forummark WHERE reader_id = %s AND forum_id = %s",
    sample=[1, 1],
)
_IN_FORUM = """SELECT 1 FROM topics_topic t LEFT JOIN reading_topicmark m ON m.topic_id = t.id AND m.reader_id = %s
    WHERE t.forum_id = o.id AND t.removed_at IS NULL AND t.newest_position > COALESCE(m.position, 0)
      AND COALESCE(m.standing, 0) = 0 AND t.last_post_at > %s AND {which}"""
# The oldest topic behind the mark is the one that holds the mark back: each look ends at the first row or so.
# Topics that stand apart hold no mark back, so they are asked for by themselves.
_UNREAD_FORUMS = Statement(
    "reading.unread_forums",
    _ForumId,
    f"""SELECT o.id FROM forums_forum o LEFT JOIN reading_forummark f ON f.forum_id = o.id AND f.reader_id = %s
        WHERE o.last_post_at > %s AND (EXISTS ({_IN_FORUM.format(which="t.kind IN (0, 1, 2) AND (f.read_at IS NULL OR t.last_post_at > f.read_at)")})
           OR EXISTS ({_IN_FORUM.format(which="t.moved_at > f.marked_at")}))
        UNION ALL
        SELECT t.forum_id FROM reading_topicmark m JOIN topics_topic t ON t.id = m.topic_id
        WHERE m.reader_id = %s AND m.standing > 0 AND m.standing = 1 AND t.removed_at IS NULL
          AND t.newest_position > m.position AND t.last_post_at > %s""",
    sample=[1, _SAMPLE_TIME, 1, _SAMPLE_TIME, 1, _SAMPLE_TIME, 1, _SAMPLE_TIME],
)
_TOPIC_MARKS = Statement(
    "reading.topic_marks",
    TopicMarkRow,
    """SELECT m.topic_id, m.position, m.standing FROM topics_topic t JOIN reading_topicmark m ON m.topic_id = t.id AND m.reader_id = %s
       WHERE t.forum_id = %s AND t.kind = 0 AND t.removed_at IS NULL AND t.last_post_at <= %s AND t.last_post_at >= %s
       UNION ALL
       SELECT m.topic_id, m.position, m.standing FROM topics_topic t JOIN reading_topicmark m ON m.topic_id = t.id AND m.reader_id = %s
       WHERE t.forum_id = %s AND t.kind > 0 AND t.removed_at IS NULL""",
    sample=[1, 1, _SAMPLE_TIME, _SAMPLE_TIME, 1, 1],
)
_IGNORED = Statement(
    "reading.ignored_topics",
    IgnoredTopic,
    f"""SELECT t.id, t.title, t.slug FROM reading_topicmark m JOIN topics_topic t ON t.id = m.topic_id
        WHERE m.reader_id = %s AND m.standing > 0 AND m.standing = 2 AND t.removed_at IS NULL AND {OPEN} LIMIT %s""",
    sample=[1, ",", 500],
)


def _found(columns: tuple[Any, ...]) -> FoundTopic:
    return FoundTopic(ListedTopic._make(columns[:-1]), bool(columns[-1]))


def _list(name: str, tables: str, where: str, order: str, sample: list[object]) -> Statement[FoundTopic]:
    sql = f"""SELECT {LISTED_FIELDS}, CASE WHEN {UNREAD} THEN 1 ELSE 0 END FROM {tables}
        LEFT JOIN reading_topicmark m ON m.topic_id = t.id AND m.reader_id = %s
        LEFT JOIN reading_forummark f ON f.forum_id = t.forum_id AND f.reader_id = %s
        WHERE {where} AND t.removed_at IS NULL AND {OPEN} ORDER BY {order} LIMIT %s"""
    return Statement(name, FoundTopic, sql, sample=[_SAMPLE_TIME, 1, 1, *sample, ",", 31], make=_found)


_BY_LAST_POST = "t.last_post_at DESC, t.id DESC"
_ACTIVE = _list(
    "reading.active", "topics_topic t", "(t.last_post_at, t.id) < (%s, %s)", _BY_LAST_POST, [_SAMPLE_TIME, 1]
)
_UNANSWERED = _list(
    "reading.unanswered", "topics_topic t", "t.post_count = 1 AND (t.last_post_at, t.id) < (%s, %s)", _BY_LAST_POST,
    [_SAMPLE_TIME, 1],
)  # fmt: skip
_NEW = _list("reading.new", "topics_topic t", "t.id < %s", "t.id DESC", [1])
_MINE = _list(
    "reading.mine", "topics_participant p JOIN topics_topic t ON t.id = p.topic_id",
    "p.author_id = %s AND p.last_post_id < %s", "p.last_post_id DESC", [1, 1],
)  # fmt: skip
_LAST_OF_MINE = Statement(
    "reading.last_of_mine",
    _ForumId,
    "SELECT last_post_id FROM topics_participant WHERE author_id = %s AND topic_id = %s",
    sample=[1, 1],
)


def cutoff(joined_at: datetime) -> datetime:
    """What a member finds read: everything before joining, and everything that is very old."""
    return max(joined_at, now() - timedelta(days=settings.ROSTRA.unread_days))


def marks(reader_id: int, topic_id: int, forum_id: int) -> Marks:
    """How far the reader has come in a topic and its forum."""
    return _MARKS.first(topic_id, forum_id, reader_id) or Marks(None, None, None, None)


def read_since(found: Marks | ForumMarkRow | None, moved_at: datetime | None, since: datetime) -> datetime:
    """The time up to which everything counts as read in a topic, besides what its own mark says."""
    if found is None or found.read_at is None or found.marked_at is None:
        return since
    if isinstance(found, Marks) and found.standing:
        return since
    if moved_at is not None and found.marked_at < moved_at:
        return since
    return max(since, found.read_at)


def forum_mark(reader_id: int, forum_id: int) -> ForumMarkRow | None:
    """The reader's mark of a forum."""
    return _FORUM_MARK.first(reader_id, forum_id)


def unread_forums(reader_id: int, since: datetime) -> set[int]:
    """Ids of the forums that hold something new, without those of their sub-forums."""
    rows = _UNREAD_FORUMS.all(reader_id, since, reader_id, since, reader_id, since, reader_id, since)
    return {row.id for row in rows}


def topic_marks(reader_id: int, forum_id: int, newest: datetime, oldest: datetime) -> dict[int, TopicMarkRow]:
    """By topic, the reader's marks of the pinned topics, and of the stretch of the list between two times."""
    rows = _TOPIC_MARKS.all(reader_id, forum_id, newest, oldest, reader_id, forum_id)
    return {row.topic_id: row for row in rows}


def ignored_topics(reader_id: int, number: int, closed: str) -> list[IgnoredTopic]:
    """Topics that a reader ignores, in no order, none in the forums `closed`."""
    return _IGNORED.all(reader_id, closed, number)


def active_topics(
    reader_id: int, since: datetime, key: Key | None, number: int, closed: str
) -> list[FoundTopic]:
    """All topics by their last post, newest first, behind a place in the list; none of the forums `closed`."""
    place = key or FAR_FUTURE
    return _ACTIVE.all(since, reader_id, reader_id, place.moment, place.id, closed, number)


def unanswered_topics(
    reader_id: int, since: datetime, key: Key | None, number: int, closed: str
) -> list[FoundTopic]:
    """Topics of one post."""
    place = key or FAR_FUTURE
    return _UNANSWERED.all(since, reader_id, reader_id, place.moment, place.id, closed, number)


def new_topics(reader_id: int, since: datetime, before: int, number: int, closed: str) -> list[FoundTopic]:
    """Topics in the order they were begun, newest first, with ids below `before`."""
    return _NEW.all(since, reader_id, reader_id, before, closed, number)


def topics_of(
    author_id: int, reader_id: int, since: datetime, before: int, number: int, closed: str
) -> list[FoundTopic]:
    """Topics that a member wrote in, the one with the newest own post first; `before` is such a post's id."""
    return _MINE.all(since, reader_id, reader_id, author_id, before, closed, number)


def last_own_post(author_id: int, topic_id: int) -> int:
    """The id of a member's newest post in a topic; 0 for none."""
    row = _LAST_OF_MINE.first(author_id, topic_id)
    return row.id if row else 0
