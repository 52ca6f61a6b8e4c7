"""Reads of drafts. They are their author's alone: every read names the author."""

from datetime import datetime
from typing import NamedTuple

from rostra.kernel.statements import Statement

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


def draft(author_id: int, place: str) -> DraftRow | None:
    """A member's draft for a place."""
    return _ONE.first(author_id, place)


def drafts_of(author_id: int) -> list[DraftRow]:
    """A member's drafts, the newest first."""
    return _ALL.all(author_id, MOST)
