"""Where a right comes from: which value at which place, said by whom: the board's beginning, an office, a role or somebody."""

from enum import StrEnum
from typing import NamedTuple

from rostra.forums.rights import Book, GrantRow, Holders, holder_of
from rostra.permissions.capabilities import BY_NAME, MODERATING, May
from rostra.permissions.resolution import BOARD, CIRCLES, Holder, Opinion, Value, decided


class Source(StrEnum):
    """What said a value."""

    BEGINNING = "beginning"
    OFFICE = "office"
    ROLE = "role"
    GIVEN = "given"


class Reason(NamedTuple):
    """A holder's value with the place where it was said, and by what; `role` is the role's name."""

    holder: Holder
    value: Value | None
    said_at: int | None
    source: Source | None
    role: str = ""
    is_deciding: bool = False


class Answer(NamedTuple):
    """Whether something may be done, and the reasons of every holder."""

    is_allowed: bool
    reasons: list[Reason]


def why(book: Book, capability: May, place: int, holders: Holders) -> Answer:
    """Whether somebody who is all of these may do something at a place, and who decided it."""
    ordered = sorted(holders, key=_order)
    decision = decided(capability, place, ordered, book.sheet, book.above)
    return Answer(
        decision.is_allowed,
        [
            _reason(book, capability, each, is_deciding=each in decision.deciding)
            for each in decision.opinions
        ],
    )


def reason(book: Book, capability: May, place: int, holder: Holder) -> Reason:
    """What one holder has of a capability at a place, and where that comes from."""
    return why(book, capability, place, frozenset({holder})).reasons[0]


def _order(holder: Holder) -> tuple[int, str, int]:
    if holder in CIRCLES:
        return 0, "", CIRCLES.index(holder)
    return 1, holder.kind, int(holder.key) if holder.key.isdigit() else 0


def _reason(book: Book, capability: May, opinion: Opinion, *, is_deciding: bool) -> Reason:
    holder, value, place = opinion
    if value is None or place is None:
        return Reason(holder, None, None, None, is_deciding=is_deciding)
    source, role = _source(book, capability, holder, place)
    return Reason(holder, value, place, source, role, is_deciding)


def _source(book: Book, capability: May, holder: Holder, place: int) -> tuple[Source, str]:
    """Values stand before roles, and both before the office and the beginning."""
    row = next((row for row in reversed(book.rows) if _says(row, capability, holder, place)), None)
    if row is not None:
        return (Source.ROLE, row.role) if row.role else (Source.GIVEN, "")
    is_office = capability & MODERATING and (place, holder.key) in {
        (forum, str(group)) for forum, group in book.moderators
    }
    if is_office and holder.kind == "group":
        return Source.OFFICE, ""
    return Source.BEGINNING, ""


def _says(row: GrantRow, capability: May, holder: Holder, place: int) -> bool:
    return (
        BY_NAME.get(row.capability) is capability
        and (row.forum_id or BOARD) == place
        and holder_of(row) == holder
    )
