"""What readers had read of posts that came into another topic.

A mark is one position, and posts that come may stand before some that were read. The mark is then set before the first
post that the reader has not read: nothing unread counts as read, and some posts may be shown as new a second time.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple

from django.db import connection

from rostra.kernel.changes import change
from rostra.reading.models import ForumMark, TopicMark
from rostra.topics.events import PostsMoved
from rostra.topics.models import Post

_SET = """INSERT INTO reading_topicmark (reader_id, topic_id, position, standing) VALUES (%s, %s, %s, %s)
    ON CONFLICT (reader_id, topic_id) DO UPDATE SET position = excluded.position, standing = excluded.standing"""
_NO_MARK = 0, int(TopicMark.Standing.WITH_FORUM)
_APART, _IGNORED = int(TopicMark.Standing.APART), int(TopicMark.Standing.IGNORED)
Marks = Mapping[int, tuple[int, int]]  # by reader: position and standing
ForumMarks = Mapping[int, tuple[datetime, datetime]]  # by reader: up to when, and when that was said


class Part(NamedTuple):
    """Posts of one topic as they stood, with where each is now, and what readers knew of that topic."""

    positions: Sequence[int]
    times: Sequence[datetime]
    now: Sequence[int]
    marks: Marks
    forum_marks: ForumMarks
    came_at: datetime | None

    def first_unread(self, reader: int, *, is_done_when_ignored: bool) -> int | None:
        """Where the first post is now that the reader has not read; None when all were read."""
        position, standing = self.marks.get(reader, _NO_MARK)
        if standing == _IGNORED and is_done_when_ignored:
            return None
        at = bisect_right(self.positions, position)
        told = self.forum_marks.get(reader)
        if told and standing == 0 and (self.came_at is None or told[1] >= self.came_at):
            at = max(at, bisect_right(self.times, told[0]))
        return self.now[at] if at < len(self.now) else None


def follow_posts(moved: PostsMoved) -> None:
    """Set the marks of every reader who knew anything of the topics that posts moved between."""
    places = {moved.source: _places(moved.source), moved.target: _places(moved.target)}
    into = places[moved.target]
    parts = [
        _part(moved.source, moved.source_forum, moved.source_came_at, moved, into),
        _part(moved.target, moved.target_forum, moved.target_came_at, moved, into),
    ]
    with change(is_visible=False):
        _set_marks(moved.target, _marks(parts, moved.target, is_carried=moved.is_carried))
        if moved.is_whole:
            TopicMark.objects.filter(topic_id=moved.source).delete()
        elif _has_another_opening(moved, places[moved.source]):
            stays = _part(moved.source, moved.source_forum, moved.source_came_at, moved, places[moved.source])
            _set_marks(moved.source, _marks([stays], moved.source, is_carried=False))


def _has_another_opening(moved: PostsMoved, places: Mapping[int, int]) -> bool:
    return any(places.get(post.id, post.position) != post.position for post in moved.before)


def _places(topic_id: int) -> dict[int, int]:
    """Where the posts are now that are there."""
    return dict(Post.objects.filter(topic_id=topic_id, removed_at=None).values_list("id", "position"))


def _part(
    topic: int, forum: int, came_at: datetime | None, moved: PostsMoved, places: Mapping[int, int]
) -> Part:
    posts = [post for post in moved.before if post.topic_id == topic and post.id in places]
    marks = TopicMark.objects.filter(topic_id=topic).values_list("reader_id", "position", "standing")
    readers = TopicMark.objects.filter(topic_id__in=(moved.source, moved.target)).values("reader_id")
    told = ForumMark.objects.filter(forum_id=forum)
    told = told if moved.is_carried else told.filter(reader_id__in=readers)
    return Part(
        [post.position for post in posts],
        list(accumulate((post.created_at for post in posts), max)),
        [places[post.id] for post in posts],
        {reader: (position, standing) for reader, position, standing in marks},
        {
            reader: (read, said)
            for reader, read, said in told.values_list("reader_id", "read_at", "marked_at")
        },
        came_at,
    )


def _marks(parts: Sequence[Part], topic: int, *, is_carried: bool) -> Iterator[tuple[int, int, int, int]]:
    """Reader, topic, position and standing of each mark that is new or another one. The topic's own part is the last."""
    own = parts[-1].marks
    readers = {reader for part in parts for reader in part.marks}
    if is_carried:
        readers |= {reader for part in parts for reader in part.forum_marks}
    end = max((part.now[-1] for part in parts if part.now), default=0)
    for reader in sorted(readers):
        unread = [part.first_unread(reader, is_done_when_ignored=part is not parts[-1]) for part in parts]
        position = min((each for each in unread if each is not None), default=end + 1) - 1
        standing = _standing(
            own.get(reader, _NO_MARK)[1], [part.marks.get(reader, _NO_MARK)[1] for part in parts]
        )
        if (position, standing) != own.get(reader, _NO_MARK):
            yield reader, topic, position, standing


def _standing(own: int, all_of_them: Iterable[int]) -> int:
    """Ignored stays ignored; what stood apart in any of the topics stands apart now."""
    return own if own == _IGNORED else _APART if _APART in all_of_them else own


def _set_marks(topic_id: int, marks: Iterable[tuple[int, int, int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_SET, list(marks))
