"""Reads of topics and posts: by stored position inside a topic, by keyset in lists."""

from datetime import datetime
from typing import NamedTuple

from rostra.kernel.paging import Key
from rostra.kernel.statements import Statement

FAR_FUTURE = Key(datetime.fromisoformat("9000-01-01T00:00:00+00:00"), 0)
MOST_PINNED = 100


class TopicRow(NamedTuple):
    """A topic as its own page needs it."""

    id: int
    forum_id: int
    author_id: int | None
    author_name: str
    title: str
    slug: str
    kind: int
    is_locked: bool
    created_at: datetime
    removed_at: datetime | None
    post_count: int
    last_position: int
    newest_position: int
    moved_at: datetime | None
    view_count: int
    last_post_id: int | None
    last_post_at: datetime
    last_author_name: str
    merged_post_id: int | None
    slow_seconds: int
    slow_until: datetime | None
    is_timed: bool

    @property
    def address(self) -> str:
        """Its canonical path."""
        return f"/t/{self.id}-{self.slug}/"


class ListedTopic(NamedTuple):
    """A topic as a row of a list."""

    id: int
    forum_id: int
    author_id: int | None
    title: str
    slug: str
    kind: int
    is_locked: bool
    author_name: str
    created_at: datetime
    post_count: int
    last_position: int
    newest_position: int
    moved_at: datetime | None
    view_count: int
    last_post_id: int | None
    last_post_at: datetime
    last_author_name: str


class SourceRow(NamedTuple):
    """What was typed for a post."""

    id: int
    markup: str
    source: str


class PostRow(NamedTuple):
    """A post with its author's card: `author_name` is as it was written, `account_name` what the account is called now."""

    id: int
    position: int
    author_id: int | None
    author_name: str
    created_at: datetime
    edited_at: datetime | None
    edit_count: int
    editor_name: str
    edit_reason: str
    parser_version: int
    html: str
    account_name: str | None
    title: str | None
    location: str | None
    joined_at: datetime | None
    post_count: int | None
    notice: str | None
    is_locked: bool | None


class Moment(NamedTuple):
    """When the post at a position was written."""

    position: int
    created_at: datetime


class Place(NamedTuple):
    """Where a post stands."""

    post_id: int
    topic_id: int
    slug: str
    position: int
    post_removed_at: datetime | None
    topic_removed_at: datetime | None
    forum_id: int
    topic_author_id: int | None


class RecentRow(NamedTuple):
    """A topic in the box of recent topics."""

    id: int
    forum_id: int
    author_id: int | None
    kind: int
    title: str
    slug: str
    last_post_id: int
    last_post_at: datetime
    last_author_name: str
    last_excerpt: str


class PostSource(NamedTuple):
    """A post as its author edits it."""

    id: int
    topic_id: int
    author_id: int | None
    author_name: str
    position: int
    markup: str
    source: str
    html: str
    created_at: datetime
    edited_at: datetime | None
    edit_count: int
    edit_reason: str
    editor_name: str
    removed_at: datetime | None
    is_locked: bool | None


class AuthoredRow(NamedTuple):
    """A post in its author's list."""

    id: int
    created_at: datetime
    html: str
    topic_id: int
    topic_title: str
    topic_slug: str


class BegunRow(NamedTuple):
    """A topic in its author's list."""

    id: int
    title: str
    slug: str
    forum_id: int
    created_at: datetime
    post_count: int
    last_post_id: int | None
    last_post_at: datetime
    last_author_name: str


class RevisionRow(NamedTuple):
    """An earlier text of a post."""

    number: int
    markup: str
    source: str
    title: str
    written_at: datetime
    writer_name: str
    reason: str


_TOPIC_FIELDS = """id, forum_id, author_id, author_name, title, slug, kind, is_locked, created_at, removed_at, post_count,
    last_position, newest_position, moved_at, view_count, last_post_id, last_post_at, last_author_name,
    merged_post_id, slow_seconds, slow_until, is_timed"""
# One parameter: the forums that are left out, as `forums.queries.closed_to` writes them.
OPEN = "%s NOT LIKE '%%,' || t.forum_id || ',%%'"
LISTED_FIELDS = ", ".join(f"t.{name}" for name in ListedTopic._fields)

_TOPIC = Statement(
    "topics.topic", TopicRow, f"SELECT {_TOPIC_FIELDS} FROM topics_topic WHERE id = %s", sample=[1]
)
_PAGE_FIELDS = """p.id, p.position, p.author_id, p.author_name, p.created_at, p.edited_at, p.edit_count, p.editor_name,
    p.edit_reason, p.parser_version, p.html, u.name, u.title, u.location, u.joined_at, u.post_count, k.notice, k.is_locked"""
_PAGE_FROM = """FROM topics_post p LEFT JOIN accounts_user u ON u.id = p.author_id
    LEFT JOIN topics_postmark k ON k.post_id = p.id"""
_PAGE = Statement(
    "topics.page",
    PostRow,
    f"""SELECT {_PAGE_FIELDS} {_PAGE_FROM}
       WHERE p.topic_id = %s AND p.position > %s AND p.position <= %s AND p.removed_at IS NULL ORDER BY p.position""",
    sample=[1, 0, 20],
)
_TYPED = Statement(
    "topics.typed", SourceRow, "SELECT id, markup, source FROM topics_post WHERE id = %s", sample=[1]
)
_BY_ONE = Statement(
    "topics.by_one_author",
    PostRow,
    f"""SELECT {_PAGE_FIELDS} {_PAGE_FROM}
        WHERE p.topic_id = %s AND p.author_id = %s AND p.position > %s AND p.removed_at IS NULL
        ORDER BY p.position LIMIT %s""",
    sample=[1, 1, 0, 21],
)
_LATEST = Statement(
    "topics.latest_posts",
    PostRow,
    f"""SELECT {_PAGE_FIELDS} {_PAGE_FROM}
        WHERE p.topic_id = %s AND p.position > %s AND p.removed_at IS NULL ORDER BY p.position DESC LIMIT %s""",
    sample=[1, 0, 10],
)
_MOMENT = Statement(
    "topics.moment",
    Moment,
    """SELECT position, created_at FROM topics_post WHERE topic_id = %s AND position >= %s AND removed_at IS NULL
       ORDER BY position LIMIT 1""",
    sample=[1, 1],
)
_PLACE = Statement(
    "topics.place",
    Place,
    """SELECT p.id, t.id, t.slug, p.position, p.removed_at, t.removed_at, t.forum_id, t.author_id
       FROM topics_post p JOIN topics_topic t ON t.id = p.topic_id WHERE p.id = %s""",
    sample=[1],
)
_SOURCE = Statement(
    "topics.source",
    PostSource,
    """SELECT p.id, p.topic_id, p.author_id, p.author_name, p.position, p.markup, p.source, p.html, p.created_at,
              p.edited_at, p.edit_count, p.edit_reason, p.editor_name, p.removed_at, k.is_locked
       FROM topics_post p LEFT JOIN topics_postmark k ON k.post_id = p.id WHERE p.id = %s""",
    sample=[1],
)
_PINNED = Statement(
    "topics.pinned",
    ListedTopic,
    f"""SELECT {LISTED_FIELDS} FROM topics_topic t WHERE forum_id = %s AND kind > 0 AND removed_at IS NULL
        ORDER BY kind DESC, last_post_at DESC, id DESC LIMIT %s""",
    sample=[1, MOST_PINNED],
)
_OLDER = Statement(
    "topics.older",
    ListedTopic,
    f"""SELECT {LISTED_FIELDS} FROM topics_topic t WHERE forum_id = %s AND kind = 0 AND removed_at IS NULL
        AND (last_post_at, id) < (%s, %s) ORDER BY last_post_at DESC, id DESC LIMIT %s""",
    sample=[1, FAR_FUTURE.moment, 0, 31],
)
_NEWER = Statement(
    "topics.newer",
    ListedTopic,
    f"""SELECT {LISTED_FIELDS} FROM topics_topic t WHERE forum_id = %s AND kind = 0 AND removed_at IS NULL
        AND (last_post_at, id) > (%s, %s) ORDER BY last_post_at, id LIMIT %s""",
    sample=[1, FAR_FUTURE.moment, 0, 31],
)
_RECENT = Statement(
    "topics.recent",
    RecentRow,
    f"""SELECT id, forum_id, author_id, kind, title, slug, last_post_id, last_post_at, last_author_name, last_excerpt
       FROM topics_topic t
       WHERE removed_at IS NULL AND last_post_id IS NOT NULL AND {OPEN} ORDER BY last_post_at DESC, id DESC LIMIT %s""",
    sample=[",", 8],
)
_BY_AUTHOR = Statement(
    "topics.by_author",
    AuthoredRow,
    f"""SELECT p.id, p.created_at, p.html, t.id, t.title, t.slug FROM topics_post p JOIN topics_topic t ON t.id = p.topic_id
       WHERE p.author_id = %s AND p.id < %s AND p.removed_at IS NULL AND t.removed_at IS NULL
       AND {OPEN} ORDER BY p.id DESC LIMIT %s""",
    sample=[1, 2**62, ",", 21],
)
_BEGUN = Statement(
    "topics.begun_by",
    BegunRow,
    f"""SELECT id, title, slug, forum_id, created_at, post_count, last_post_id, last_post_at, last_author_name
       FROM topics_topic t WHERE author_id = %s AND id < %s AND removed_at IS NULL AND {OPEN}
       ORDER BY id DESC LIMIT %s""",
    sample=[1, 2**62, ",", 21],
)
_OWN_IN_FORUM = Statement(
    "topics.own_in_forum",
    ListedTopic,
    f"""SELECT {LISTED_FIELDS} FROM topics_topic t WHERE author_id = %s AND id < %s AND removed_at IS NULL
        AND forum_id = %s ORDER BY id DESC LIMIT %s""",
    sample=[1, 2**62, 1, 31],
)
_REVISIONS = Statement(
    "topics.revisions",
    RevisionRow,
    """SELECT number, markup, source, title, written_at, writer_name, reason FROM topics_revision
       WHERE post_id = %s AND number <= %s ORDER BY number DESC LIMIT %s""",
    sample=[1, 9, 22],
)


def topic(topic_id: int) -> TopicRow | None:
    """A topic, removed or not."""
    return _TOPIC.first(topic_id)


def posts_on_page(topic_id: int, page: int, per_page: int) -> list[PostRow]:
    """The posts of a page that are there; removed ones leave a gap in the positions."""
    return _PAGE.all(topic_id, (page - 1) * per_page, page * per_page)


def source_of(post_id: int) -> SourceRow | None:
    """What was typed for a post."""
    return _TYPED.first(post_id)


def posts_by_one(topic_id: int, author_id: int, after: int, number: int) -> list[PostRow]:
    """One author's posts in a topic, behind a position, oldest first."""
    return _BY_ONE.all(topic_id, author_id, after, number)


def latest_posts(topic_id: int, after: int, number: int) -> list[PostRow]:
    """The newest posts of a topic behind a position, newest first."""
    return _LATEST.all(topic_id, after, number)


def moment_at(topic_id: int, position: int) -> Moment | None:
    """When the first post at or behind a position was written."""
    return _MOMENT.first(topic_id, position)


def place_of(post_id: int) -> Place | None:
    """Where a post stands, removed or not."""
    return _PLACE.first(post_id)


def post_source(post_id: int) -> PostSource | None:
    """A post with its source, removed or not."""
    return _SOURCE.first(post_id)


def pinned_topics(forum_id: int) -> list[ListedTopic]:
    """Announcements, then sticky topics."""
    return _PINNED.all(forum_id, MOST_PINNED)


def topics_before(forum_id: int, key: Key, number: int) -> list[ListedTopic]:
    """Normal topics older than a place in the list, newest first."""
    return _OLDER.all(forum_id, key.moment, key.id, number)


def own_topics_in(forum_id: int, author_id: int, before: int, number: int) -> list[ListedTopic]:
    """The topics that somebody began in a forum, with ids below `before`, newest first."""
    return _OWN_IN_FORUM.all(author_id, before, forum_id, number)


def topics_after(forum_id: int, key: Key, number: int) -> list[ListedTopic]:
    """The nearest normal topics newer than a place in the list, newest first."""
    return _NEWER.all(forum_id, key.moment, key.id, number)[::-1]


def recent_topics(number: int, closed: str) -> list[RecentRow]:
    """The topics with the newest posts, none of the forums `closed`."""
    return _RECENT.all(closed, number)


def posts_by(author_id: int, before: int, number: int, closed: str) -> list[AuthoredRow]:
    """An author's posts with ids below `before`, newest first, none in the forums `closed`."""
    return _BY_AUTHOR.all(author_id, before, closed, number)


def revisions(post_id: int, up_to: int, number: int) -> list[RevisionRow]:
    """Earlier texts of a post from a number downwards, newest first."""
    return _REVISIONS.all(post_id, up_to, number)


def topics_by(author_id: int, before: int, number: int, closed: str) -> list[BegunRow]:
    """An author's topics with ids below `before`, newest first, none in the forums `closed`."""
    return _BEGUN.all(author_id, before, closed, number)
