"""Moving a reader's marks on: the one write that a GET may cause."""

from datetime import datetime

from rostra.forums.models import Forum
from rostra.kernel.changes import change
from rostra.reading.models import ForumMark, TopicMark
from rostra.reading.queries import has_unread


def mark_topic_read(*, reader_id: int, topic_id: int, position: int, forum_id: int, since: datetime) -> None:
    """The reader has seen a topic up to a position. When nothing else in the forum is unread, its mark moves too.

    `since` is the forum's mark so far, or when the reader joined.
    """
    with change(is_visible=False):
        mark, is_new = TopicMark.objects.get_or_create(
            reader_id=reader_id, topic_id=topic_id, defaults={"position": position}
        )
        if not is_new and mark.position < position:
            mark.position = position
            mark.save(update_fields=["position"])
        if not has_unread(reader_id, forum_id, since):
            _mark_forum(reader_id, forum_id)


def mark_forum_read(*, reader_id: int, forum_id: int) -> None:
    """Count everything in a forum as read."""
    with change(is_visible=False):
        _mark_forum(reader_id, forum_id)


def _mark_forum(reader_id: int, forum_id: int) -> None:
    """Up to the newest post that this transaction sees: one that commits later stays unread."""
    newest = Forum.objects.values_list("last_post_at", flat=True).get(id=forum_id)
    if newest is not None:
        ForumMark.objects.update_or_create(
            reader_id=reader_id, forum_id=forum_id, defaults={"read_at": newest}
        )
