"""Reads of notes about members: only those that the reader may see."""

from datetime import datetime
from typing import NamedTuple

from rostra.accounts.actors import Actor
from rostra.forums.queries import Forest, closed_to
from rostra.kernel.statements import Statement

MOST = 50
NEWEST = 2**62


class NoteRow(NamedTuple):
    """A note with its author."""

    id: int
    author_id: int | None
    author_name: str
    forum_id: int | None
    words: str
    written_at: datetime
    withdrawn_at: datetime | None


_OF_MEMBER = Statement(
    "notes.of_member",
    NoteRow,
    """SELECT id, author_id, author_name, forum_id, words, written_at, withdrawn_at FROM notes_membernote
       WHERE member_id = %s AND id < %s AND (forum_id IS NULL OR %s NOT LIKE '%%,' || forum_id || ',%%')
       ORDER BY id DESC LIMIT %s""",
    sample=[1, NEWEST, ",1,", MOST + 1],
)


def notes_about(
    member_id: int, reader: Actor, forest: Forest, before: int = NEWEST, number: int = MOST
) -> list[NoteRow]:
    """The newest notes about a member with ids below `before`, none about forums that the reader may not read; one more
    than `number`, to know of more."""
    return _OF_MEMBER.all(member_id, min(before, NEWEST), closed_to(forest, reader), number + 1)
