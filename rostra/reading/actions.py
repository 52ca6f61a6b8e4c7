"""Moving a reader's marks on: the one write that a GET may cause, so it is two statements."""

from datetime import datetime

from django.db import connection

from rostra.forums.models import Forum
from rostra.kernel.changes import change
from rostra.kernel.statements import adapted
from rostra.reading.models import ForumMark, TopicMark

# Moves the forum's mark to its newest post when no topic, normal or pinned, has a post after both marks.
_UNREAD = """SELECT 1 FROM topics_topic t LEFT JOIN reading_topicmark m ON m.topic_id = t.id AND m.reader_id = %(reader)s
    WHERE t.forum_id = %(forum)s AND t.kind = {kind} AND t.removed_at IS NULL AND t.last_post_at > %(since)s
      AND t.last_post_at > COALESCE((SELECT read_at FROM reading_forummark
                                     WHERE reader_id = %(reader)s AND forum_id = %(forum)s), %(since)s)
      AND (m.position IS NULL OR m.position < t.last_position)"""
_MARK_FORUM_WHEN_ALL_IS_READ = """INSERT INTO reading_forummark (reader_id, forum_id, read_at)
    SELECT %(reader)s, f.id, f.last_post_at FROM forums_forum f WHERE f.id = %(forum)s AND f.last_post_at IS NOT NULL
    {conditions} ON CONFLICT (reader_id, forum_id) DO UPDATE SET read_at = excluded.read_at""".format(
    conditions=" ".join(f"AND NOT EXISTS ({_UNREAD.format(kind=kind)})" for kind in (0, 1, 2))
)


def mark_topic_read(*, reader_id: int, topic_id: int, position: int, forum_id: int, since: datetime) -> None:
    """The reader has seen a topic up to a position. When nothing else in the forum is unread, its mark moves too.

    `since` is when the reader joined: what is older counts as read. The caller has seen that `position` is
    further than the mark. The forum's mark moves to the newest post that this transaction sees, so that one
    which commits later stays unread.
    """
    mark = TopicMark(reader_id=reader_id, topic_id=topic_id, position=position)
    with change(is_visible=False):
        TopicMark.objects.bulk_create(
            [mark], update_conflicts=True, unique_fields=["reader", "topic"], update_fields=["position"]
        )
        with connection.cursor() as cursor:
            values = {"reader": reader_id, "forum": forum_id, "since": adapted(since)}
            cursor.execute(_MARK_FORUM_WHEN_ALL_IS_READ, values)


def mark_forum_read(*, reader_id: int, forum_id: int) -> None:
    """Count everything in a forum as read."""
    with change(is_visible=False):
        newest = Forum.objects.values_list("last_post_at", flat=True).get(id=forum_id)
        if newest is not None:
            ForumMark.objects.update_or_create(
                reader_id=reader_id, forum_id=forum_id, defaults={"read_at": newest}
            )
