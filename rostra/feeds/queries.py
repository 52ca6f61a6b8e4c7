"""Reads for feeds and sitemaps: by keyset in both directions, removed posts too, so that a feed can say so."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from rostra.forums.queries import NONE_CLOSED
from rostra.kernel.statements import Statement
from rostra.topics.queries import OPEN

FAR = 2**62
MOST_REMOVED = 100


class Item(NamedTuple):
    """A post with its topic, there or removed."""

    id: int
    position: int
    author_id: int | None
    author_name: str
    created_at: datetime
    edited_at: datetime | None
    removed_at: datetime | None
    html: str
    topic_id: int
    title: str
    slug: str
    forum_id: int
    topic_removed_at: datetime | None
    account_name: str | None

    @property
    def gone_at(self) -> datetime | None:
        """When it, or the topic with it, was removed."""
        return self.removed_at or self.topic_removed_at

    @property
    def updated_at(self) -> datetime:
        """When it last said something else."""
        return self.edited_at or self.created_at


Walk = Callable[[bool, int, int], list[Item]]
"""Rows from a key on, nearest first: older ones or newer ones, at most so many."""

_FIELDS = """p.id, p.position, p.author_id, p.author_name, p.created_at, p.edited_at, p.removed_at, p.html,
    t.id, t.title, t.slug, t.forum_id, t.removed_at, u.name"""
_ACCOUNT = "LEFT JOIN accounts_user u ON u.id = p.author_id"
_OPENINGS = f"FROM topics_topic t JOIN topics_post p ON p.topic_id = t.id AND p.position = 1 {_ACCOUNT} WHERE"
_POSTS = f"FROM topics_post p JOIN topics_topic t ON t.id = p.topic_id {_ACCOUNT} WHERE"


class _BothWays:
    """The same rows, older and newer than a key."""

    def __init__(self, name: str, rows: str, key: str, sample: list[object]) -> None:
        sql = f"SELECT {_FIELDS} {rows} {OPEN} AND {key}"
        self._older = Statement(
            f"feeds.{name}_older",
            Item,
            f"{sql} < %s ORDER BY {key} DESC LIMIT %s",
            sample=[*sample, ",", FAR, 31],
        )
        self._newer = Statement(
            f"feeds.{name}_newer", Item, f"{sql} > %s ORDER BY {key} LIMIT %s", sample=[*sample, ",", 0, 31]
        )

    def rows(self, is_older: bool, *parameters: int | str) -> list[Item]:
        """The nearest rows."""
        return (self._older if is_older else self._newer).all(*parameters)


_ON_BOARD = _BothWays("board", _OPENINGS, "t.id", [])
_IN_FORUM = _BothWays("forum", f"{_OPENINGS} t.forum_id = %s AND", "t.id", [1])
_IN_TOPIC = _BothWays("topic", f"{_POSTS} p.topic_id = %s AND", "p.position", [1])
_BY_MEMBER = _BothWays("member", f"{_POSTS} p.author_id = %s AND p.removed_at IS NULL AND", "p.id", [1])
_REMOVED = Statement(
    "feeds.member_removed",
    Item,
    f"""SELECT {_FIELDS} {_POSTS} p.author_id = %s AND {OPEN} AND p.removed_at IS NOT NULL AND p.id > %s AND p.id < %s
        ORDER BY p.id DESC LIMIT %s""",
    sample=[1, ",", 0, FAR, MOST_REMOVED],
)


def topics_of_board(closed: str) -> Walk:
    """The opening posts of all topics but those of the forums `closed`; the key is the topic's id."""
    return lambda is_older, key, number: _ON_BOARD.rows(is_older, closed, key, number)


def topics_of_forums(forum_ids: list[int]) -> Walk:
    """The opening posts of the topics of some forums; the key is the topic's id."""

    def walk(is_older: bool, key: int, number: int) -> list[Item]:
        rows = [
            row for forum in forum_ids for row in _IN_FORUM.rows(is_older, forum, NONE_CLOSED, key, number)
        ]
        return sorted(rows, key=lambda row: row.topic_id, reverse=is_older)[:number]

    return walk


def posts_of_topic(topic_id: int) -> Walk:
    """The posts of a topic; the key is the position."""
    return lambda is_older, key, number: _IN_TOPIC.rows(is_older, topic_id, NONE_CLOSED, key, number)


def posts_of_member(author_id: int, closed: str) -> Walk:
    """The posts of a member, none in the forums `closed`; the key is the post's id. Posts and removed posts have an index each."""

    def walk(is_older: bool, key: int, number: int) -> list[Item]:
        found = _BY_MEMBER.rows(is_older, author_id, closed, key, number)
        end = found[-1].id if len(found) == number else (0 if is_older else FAR)
        removed = _REMOVED.all(author_id, closed, *sorted((key, end)), MOST_REMOVED)
        return sorted([*found, *removed], key=lambda row: row.id, reverse=is_older)

    return walk


class MappedTopic(NamedTuple):
    """A topic in a sitemap."""

    id: int
    slug: str
    last_post_at: datetime
    moved_at: datetime | None


class _Touched(NamedTuple):
    topic_id: int
    at: datetime


class _Id(NamedTuple):
    id: int


_NEXT = Statement(
    "feeds.next_topic",
    _Id,
    f"SELECT id FROM topics_topic t WHERE id > %s AND removed_at IS NULL AND {OPEN} ORDER BY id LIMIT 1",
    sample=[0, ","],
)
_RANGE = Statement(
    "feeds.topic_range",
    MappedTopic,
    f"""SELECT id, slug, last_post_at, moved_at FROM topics_topic t WHERE id > %s AND id <= %s AND removed_at IS NULL
        AND {OPEN} ORDER BY id""",
    sample=[0, 2000, ","],
)
_EDITS = Statement(
    "feeds.edits_in_range",
    _Touched,
    """SELECT topic_id, edited_at FROM topics_post WHERE topic_id > %s AND topic_id <= %s AND edited_at IS NOT NULL
       ORDER BY topic_id, edited_at""",
    sample=[0, 2000],
)
_REMOVALS = Statement(
    "feeds.removals_in_range",
    _Touched,
    """SELECT topic_id, removed_at FROM topics_post WHERE topic_id > %s AND topic_id <= %s AND removed_at IS NOT NULL
       ORDER BY topic_id, removed_at""",
    sample=[0, 2000],
)


def topic_after(topic_id: int, closed: str) -> int | None:
    """The smallest id above this one, of a topic that is there, in none of the forums `closed`."""
    row = _NEXT.first(topic_id, closed)
    return row.id if row else None


def topics_in_range(above: int, up_to: int, closed: str) -> list[tuple[MappedTopic, datetime]]:
    """The topics with ids in a range, none of the forums `closed`, each with the time of its last post, edit, removal of a post, or move."""
    edited = {row.topic_id: row.at for row in _EDITS.all(above, up_to)}
    removed = {row.topic_id: row.at for row in _REMOVALS.all(above, up_to)}
    return [
        (row, max(filter(None, (row.last_post_at, row.moved_at, edited.get(row.id), removed.get(row.id)))))
        for row in _RANGE.all(above, up_to, closed)
    ]
