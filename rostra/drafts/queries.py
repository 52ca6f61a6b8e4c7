"""Reads of drafts. They are their author's alone: every read names the author."""

from datetime import datetime
from typing import NamedTuple

from rostra.kernel.statements import Statement
from rostra.topics.queries import OPEN

MOST = 100


class DraftRow(NamedTuple):
    """A draft."""

    place: str
    title: str
    body: str
    reason: str
    base: int
    version: int
    saved_at: datetime


_FIELDS = ", ".join(DraftRow._fields)
_ONE = Statement(
    "drafts.one",
    DraftRow,
    f"SELECT {_FIELDS} FROM drafts_draft WHERE author_id = %s AND place = %s",
    sample=[1, "topic:1"],
)
_ALL = Statement(
    "drafts.all",
    DraftRow,
    f"SELECT {_FIELDS} FROM drafts_draft WHERE author_id = %s ORDER BY saved_at DESC LIMIT %s",
    sample=[1, MOST],
)


class PlaceRow(NamedTuple):
    """The topic that a draft is for, or in which it changes a post; both are there."""

    place: str
    topic_id: int
    title: str
    slug: str


# A place is text, and holds an id of the table that its first word names.
_ID = "CASE WHEN d.place LIKE '{kind}:%%' THEN CAST(SUBSTR(d.place, {start}) AS BIGINT) END"
_TOPICS = Statement(
    "drafts.topics",
    PlaceRow,
    f"""SELECT d.place, t.id, t.title, t.slug FROM drafts_draft d
        JOIN topics_topic t ON t.id = {_ID.format(kind="topic", start=7)}
        WHERE d.author_id = %s AND t.removed_at IS NULL AND {OPEN}""",
    sample=[1, ","],
)
_POSTS = Statement(
    "drafts.posts",
    PlaceRow,
    f"""SELECT d.place, t.id, t.title, t.slug FROM drafts_draft d
        JOIN topics_post p ON p.id = {_ID.format(kind="post", start=6)} JOIN topics_topic t ON t.id = p.topic_id
        WHERE d.author_id = %s AND p.removed_at IS NULL AND t.removed_at IS NULL AND {OPEN}""",
    sample=[1, ","],
)


def draft(author_id: int, place: str) -> DraftRow | None:
    """A member's draft for a place."""
    return _ONE.first(author_id, place)


def drafts_of(author_id: int) -> list[DraftRow]:
    """A member's drafts, the newest first."""
    return _ALL.all(author_id, MOST)


def places_of(author_id: int, closed: str) -> dict[str, PlaceRow]:
    """The topics of a member's drafts by place; without those that are gone or in the forums `closed`, and without new topics in forums."""
    return {row.place: row for row in (*_TOPICS.all(author_id, closed), *_POSTS.all(author_id, closed))}
