"""Moving a reader's marks on: the one write that a GET may cause, so it is two statements. And ignoring topics."""

from datetime import datetime

from django.db import connection
from django.db.models import Case, OuterRef, Subquery, When
from django.db.models.functions import Greatest

from rostra.forums.models import Forum
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.statements import adapted
from rostra.reading.models import ForumMark, TopicMark
from rostra.topics.models import Topic

PATIENCE = 0.25  # seconds
_UNREAD = """SELECT 1 FROM topics_topic t LEFT JOIN reading_topicmark m ON m.topic_id = t.id AND m.reader_id = %(reader)s
    WHERE t.forum_id = %(forum)s AND t.removed_at IS NULL AND t.newest_position > COALESCE(m.position, 0)
      AND COALESCE(m.standing, 0) = 0
      AND t.last_post_at > %(since)s AND {which}"""
_BEHIND_THE_MARK = """t.kind = {kind} AND t.last_post_at > COALESCE((SELECT read_at FROM reading_forummark
    WHERE reader_id = %(reader)s AND forum_id = %(forum)s), %(since)s)"""
_MOVED_IN = """t.moved_at > COALESCE((SELECT marked_at FROM reading_forummark
    WHERE reader_id = %(reader)s AND forum_id = %(forum)s), %(since)s)"""
# Moves the forum's mark to its newest post when no topic, normal, pinned or moved in, holds something new; those that
# stand apart or are ignored hold nothing back, because the mark says nothing of them.
_MARK_FORUM_WHEN_ALL_IS_READ = """INSERT INTO reading_forummark (reader_id, forum_id, read_at, marked_at)
    SELECT %(reader)s, f.id, f.last_post_at, %(now)s FROM forums_forum f
    WHERE f.id = %(forum)s AND f.last_post_at IS NOT NULL {conditions}
    ON CONFLICT (reader_id, forum_id) DO UPDATE SET marked_at = excluded.marked_at, read_at =
      CASE WHEN excluded.read_at > reading_forummark.read_at THEN excluded.read_at ELSE reading_forummark.read_at END
    """.format(
    conditions=" ".join(
        f"AND NOT EXISTS ({_UNREAD.format(which=which)})"
        for which in (*(_BEHIND_THE_MARK.format(kind=kind) for kind in (0, 1, 2)), _MOVED_IN)
    )
)
_ONLY_FURTHER = """ON CONFLICT (reader_id, topic_id) DO UPDATE SET position = CASE
    WHEN excluded.position > reading_topicmark.position {where} THEN excluded.position
    ELSE reading_topicmark.position END"""
# A topic that stood apart is with its forum again once all of it was read.
_MARK_TOPIC = f"""INSERT INTO reading_topicmark (reader_id, topic_id, position)
    VALUES (%(reader)s, %(topic)s, %(position)s) {_ONLY_FURTHER.format(where="")}, standing = CASE
    WHEN reading_topicmark.standing = 1 AND excluded.position >= (SELECT newest_position FROM topics_topic
      WHERE id = excluded.topic_id) THEN 0 ELSE reading_topicmark.standing END"""
_FURTHER_BY_FORUM = _ONLY_FURTHER.format(where="AND reading_topicmark.standing = 0")
_BY_FORUM = """(SELECT p.position FROM topics_post p WHERE p.topic_id = {topic} AND p.created_at <= f.read_at
    ORDER BY p.position DESC LIMIT 1)"""
# Every reader whose mark of the old forum covered posts of the topic keeps that knowledge as a mark of the topic.
_CARRY = f"""INSERT INTO reading_topicmark (reader_id, topic_id, position)
    SELECT reader_id, %(topic)s, position FROM (
      SELECT f.reader_id, {_BY_FORUM.format(topic="%(topic)s")} AS position
      FROM reading_forummark f WHERE f.forum_id = %(forum)s {{came}}) known
    WHERE position IS NOT NULL {_FURTHER_BY_FORUM}"""
# What the forum's mark said so far becomes the topic's own.
_IGNORE = f"""INSERT INTO reading_topicmark (reader_id, topic_id, position, standing)
    SELECT %(reader)s, t.id, COALESCE({_BY_FORUM.format(topic="t.id")}, 0), 2 FROM topics_topic t
    LEFT JOIN reading_forummark f ON f.reader_id = %(reader)s AND f.forum_id = t.forum_id
      AND (t.moved_at IS NULL OR f.marked_at >= t.moved_at)
    WHERE t.id = %(topic)s {_FURTHER_BY_FORUM}, standing = 2"""
_STOP_IGNORING = """UPDATE reading_topicmark SET standing = CASE
    WHEN position < (SELECT newest_position FROM topics_topic WHERE id = reading_topicmark.topic_id) THEN 1 ELSE 0 END
    WHERE reader_id = %s AND topic_id = %s AND standing = 2"""


def mark_topic_read(*, reader_id: int, topic_id: int, position: int, forum_id: int, since: datetime) -> None:
    """The reader has seen a topic up to a position. When nothing else in the forum is unread, its mark moves too.

    `since` is the reader's cut-off: what is older counts as read. The caller has seen that `position` is
    further than the mark. The forum's mark moves to the newest post that this transaction sees, so that one
    which commits later stays unread. Raises OperationalError when others write for longer than a moment: reading
    must not wait for them, and the next page moves the mark.
    """
    with change(is_visible=False, patience=PATIENCE), connection.cursor() as cursor:
        cursor.execute(_MARK_TOPIC, {"reader": reader_id, "topic": topic_id, "position": position})
        values = {"reader": reader_id, "forum": forum_id, "since": adapted(since), "now": adapted(now())}
        cursor.execute(_MARK_FORUM_WHEN_ALL_IS_READ, values)


def mark_forum_read(*, reader_id: int, forum_id: int) -> None:
    """Count everything in a forum as read."""
    mark_forums_read(reader_id=reader_id, forum_ids=[forum_id])


def mark_forums_read(*, reader_id: int, forum_ids: list[int]) -> None:
    """Count everything in these forums as read, in one step."""
    with change(is_visible=False):
        newest = Forum.objects.filter(id__in=forum_ids).values_list("id", "last_post_at")
        marks = [
            ForumMark(reader_id=reader_id, forum_id=forum_id, read_at=read_at, marked_at=now())
            for forum_id, read_at in newest
            if read_at is not None
        ]
        ForumMark.objects.bulk_create(
            marks,
            update_conflicts=True,
            unique_fields=["reader", "forum"],
            update_fields=["read_at", "marked_at"],
        )
        _read_what_stands_apart(reader_id, forum_ids)


def _read_what_stands_apart(reader_id: int, forum_ids: list[int]) -> None:
    """The forum's mark says nothing of these topics, but the reader does."""
    apart, ignored = TopicMark.Standing.APART, TopicMark.Standing.IGNORED
    newest = Topic.objects.filter(id=OuterRef("topic_id")).values("newest_position")
    TopicMark.objects.filter(reader_id=reader_id, standing__gt=0, topic__forum_id__in=forum_ids).update(
        position=Greatest("position", Subquery(newest)),
        standing=Case(When(standing=apart, then=TopicMark.Standing.WITH_FORUM), default=ignored),
    )


def carry_marks(*, topic_id: int, forum_id: int, came_at: datetime | None) -> None:
    """A topic left a forum: what readers had read of it there, by the forum's mark, becomes a mark of the topic.

    `came_at`: marks set before the topic came into that forum never spoke of it.
    """
    came = "AND f.marked_at >= %(came)s" if came_at else ""
    values = {"topic": topic_id, "forum": forum_id} | ({"came": adapted(came_at)} if came_at else {})
    with change(is_visible=False), connection.cursor() as cursor:
        cursor.execute(_CARRY.format(came=came), values)


def ignore_topic(*, reader_id: int, topic_id: int) -> None:
    """Nothing in this topic is new to the reader any more. How far it was read is kept."""
    with change(is_visible=False), connection.cursor() as cursor:
        cursor.execute(_IGNORE, {"reader": reader_id, "topic": topic_id})


def stop_ignoring_topic(*, reader_id: int, topic_id: int) -> bool:
    """What the reader had not read is unread again. False when the topic was not ignored."""
    with change(is_visible=False), connection.cursor() as cursor:
        cursor.execute(_STOP_IGNORING, [reader_id, topic_id])
        return bool(cursor.rowcount)
