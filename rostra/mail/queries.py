"""Reads of letters, for the demo board."""

from datetime import datetime
from typing import NamedTuple

from rostra.kernel.statements import Statement


class LetterRow(NamedTuple):
    """A letter as somebody would find it in a mailbox."""

    id: int
    recipient: str
    subject: str
    body: str
    written_at: datetime
    sent_at: datetime | None


_FIELDS = "id, recipient, subject, body, written_at, sent_at"
_NEWEST = Statement(
    "mail.newest",
    LetterRow,
    f"SELECT {_FIELDS} FROM mail_letter ORDER BY id DESC LIMIT %s",  # noqa: S608 - column names of ours
    sample=[50],
)
_LETTER = Statement(
    "mail.letter",
    LetterRow,
    f"SELECT {_FIELDS} FROM mail_letter WHERE id = %s",  # noqa: S608 - column names of ours
    sample=[1],
)


def newest_letters(number: int) -> list[LetterRow]:
    """The letters written last."""
    return _NEWEST.all(number)


def letter(letter_id: int) -> LetterRow | None:
    """One letter."""
    return _LETTER.first(letter_id)
