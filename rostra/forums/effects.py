"""What a change of rights would do, before it is made: the board as it would be, held against the board as it is."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rostra.accounts.actors import Actor
from rostra.forums.rights import Book, GrantRow, Holders, holder_of
from rostra.permissions.capabilities import ABOUT, May
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, NEWCOMERS, Holder, Rights

Given = Mapping[str, str]
"""Values by the names of capabilities; an empty value is none."""


class Said(NamedTuple):
    """What was said of one holder at one place: values that are not empty, and the role's name, empty for none."""

    values: dict[str, str]
    role: str = ""


class Audience(NamedTuple):
    """People with the same rights: the holder that they are named after, and all that they are."""

    named: Holder
    holders: Holders


class Effect(NamedTuple):
    """What a change does to somebody.

    `shown` and `hidden` are forums that appear or disappear in the tree, `opened` and `closed` those that can be read
    then, or cannot any more. `gained` and `lost` are the places of each capability, the board's own under BOARD.
    """

    shown: frozenset[int]
    hidden: frozenset[int]
    opened: frozenset[int]
    closed: frozenset[int]
    gained: dict[May, frozenset[int]]
    lost: dict[May, frozenset[int]]

    @property
    def is_none(self) -> bool:
        """Does nothing change for them?"""
        return not any(self)


_NOTHING = Effect(frozenset(), frozenset(), frozenset(), frozenset(), {}, {})


_NUMBERS = [(int(each), each) for each in May]
_LOCAL = sum(int(each) for each in May if ABOUT[each].is_local)


def said(book: Book, holder: Holder, place: int) -> Said:
    """What is said of a holder at a place now."""
    here = [row for row in book.rows if (row.forum_id or BOARD) == place and holder_of(row) == holder]
    role = next((row.role for row in here if row.role), "")
    return Said({row.capability: row.value for row in here if row.role is None}, role or "")


def with_said(book: Book, holder: Holder, place: int, said: Said, roles: Mapping[str, Given]) -> Book:
    """The board if this were all that is said of a holder at a place; `roles` are the values of each by its name."""
    rows = [row for row in book.rows if (row.forum_id or BOARD) != place or holder_of(row) != holder]
    return book.given([*rows, *_rows(holder, place, said, roles)])


def with_role(book: Book, name: str, values: Given) -> Book:
    """The board if a role gave these values to everybody who has it."""
    rows, uses = [], set()
    for row in book.rows:
        if row.role == name:
            uses.add((holder_of(row), row.forum_id or BOARD))
        else:
            rows.append(row)
    made = [_rows(holder, place, Said({}, name), {name: values}) for holder, place in sorted(uses)]
    return book.given(
        sorted([*rows, *(row for each in made for row in each)], key=lambda row: row.role is None)
    )


def uses_of(book: Book, name: str) -> list[tuple[Holder, int]]:
    """Who has a role, and where."""
    return sorted({(holder_of(row), row.forum_id or BOARD) for row in book.rows if row.role == name})


def with_copied(book: Book, source: int, targets: Iterable[int]) -> Book:
    """The board if everybody were given at the targets what they are given at the source, and nothing else."""
    wanted = set(targets) - {source}
    rows = [row for row in book.rows if (row.forum_id or BOARD) not in wanted]
    copied = [row for row in book.rows if (row.forum_id or BOARD) == source]
    made = [row._replace(forum_id=target or None) for target in sorted(wanted) for row in copied]
    return book.given(sorted([*rows, *made], key=lambda row: row.role is None))


def with_moved(book: Book, forum_id: int, parent: int) -> Book:
    """The board with a forum below another place, BOARD for the top: every right follows from the tree."""
    below: dict[int, list[int]] = {}
    for place, above in book.tree:
        below.setdefault(parent if place == forum_id else above, []).append(place)
    order, waiting = list[tuple[int, int]](), [(place, BOARD) for place in below.get(BOARD, [])]
    while waiting:
        place, above = waiting.pop()
        order.append((place, above))
        waiting += [(child, place) for child in below.get(place, [])]
    return Book(book.rows, book.moderators, order)


def audiences(groups: Iterable[int], single: Holder | None = None) -> list[Audience]:
    """Guests, members, newcomers, a member in each group alone, and a single member."""
    found = [
        Audience(GUESTS, frozenset({GUESTS})),
        Audience(MEMBERS, frozenset({MEMBERS})),
        Audience(NEWCOMERS, frozenset({MEMBERS, NEWCOMERS})),
    ]
    for holder in [*(Holder("group", str(group)) for group in groups), *([single] if single else [])]:
        found.append(Audience(holder, frozenset({MEMBERS, holder})))
    return found


def effect(before: Book, after: Book, holders: Holders) -> Effect:
    """What it does to somebody who is all of these that a board is as `after`, and not as `before`."""
    old, new = before.rights_of(holders), after.rights_of(holders)
    if old.are_those(new):
        return _NOTHING
    seen, sees = _seen(before, old), _seen(after, new)
    read, reads = seen & old.where(May.READ), sees & new.where(May.READ)
    return Effect(sees - seen, seen - sees, reads - read, read - reads, _more(old, new), _more(new, old))


def loses_office(before: Book, after: Book, giver: Actor) -> bool:
    """Could the giver not give rights any more?"""
    is_giver = before.rights_of(before.holders(giver)).may(May.MANAGE_RIGHTS)
    return is_giver and not after.rights_of(after.holders(giver)).may(May.MANAGE_RIGHTS)


def is_gained(before: Book, after: Book, actor: Actor) -> bool:
    """Does anybody see or do more anywhere: whom anything is given to, each alone, or this actor with all that it is?"""
    alone = [frozenset({GUESTS}), frozenset({MEMBERS}), frozenset({MEMBERS, NEWCOMERS})]
    alone += [frozenset({MEMBERS, holder}) for holder, _place in before.sheet if holder.kind != "circle"]
    for holders in {*alone, before.holders(actor)}:
        done = effect(before, after, holders)
        if done.shown or done.opened or done.gained:
            return True
    return False


def _rows(holder: Holder, place: int, said: Said, roles: Mapping[str, Given]) -> list[GrantRow]:
    """As `grants` has them: the role's first, and a role that gives nothing as a row of nothing."""
    circle = holder.key if holder.kind == "circle" else ""
    group = int(holder.key) if holder.kind == "group" else None
    member = int(holder.key) if holder.kind == "member" else None
    by_role = [*roles.get(said.role, {}).items()] or [("", "")] if said.role else []
    pairs = [*((pair, said.role) for pair in by_role), *((pair, None) for pair in said.values.items())]
    return [
        GrantRow(place or None, circle, group, member, capability, value, role)
        for (capability, value), role in pairs
        if value or role
    ]


def _seen(book: Book, rights: Rights) -> frozenset[int]:
    """The forums in somebody's tree: those that may be seen, below others that may be."""
    found, may_see = set[int](), rights.where(May.SEE)
    for place, above in book.tree:
        if place in may_see and (above == BOARD or above in found):
            found.add(place)
    return frozenset(found)


def _more(less: Rights, more: Rights) -> dict[May, frozenset[int]]:
    """By plain numbers: flags take ten times as long."""
    found: dict[May, set[int]] = {}
    had = {place: int(mask) for place, mask in less.at.items()}
    for place, mask in more.at.items():
        gained = int(mask) & ~had.get(place, 0)
        if gained & _LOCAL:
            for number, each in _NUMBERS:
                if gained & _LOCAL & number:
                    found.setdefault(each, set()).add(place)
    gained = int(more.board) & ~int(less.board) & ~_LOCAL
    return {
        **{each: frozenset(places) for each, places in found.items()},
        **{each: frozenset({BOARD}) for number, each in _NUMBERS if gained & number},
    }
