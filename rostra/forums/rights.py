"""Who may do what in which forum: what is given, read once for each version of the tree, and what follows from it.

Rights are compiled once for each set of holders and shared by everybody who is that set. They live as long as the tree
that they belong to: every change of forums, groups or grants makes another.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from rostra.accounts.actors import Actor
from rostra.accounts.barring import Barred
from rostra.kernel.clock import now
from rostra.kernel.statements import Statement
from rostra.permissions.capabilities import ALL, BY_NAME, MODERATING, NOTHING, READING, WRITING, May
from rostra.permissions.resolution import (
    BOARD,
    GUESTS,
    MEMBERS,
    NEWCOMERS,
    Holder,
    Masks,
    Rights,
    Sheet,
    Tree,
    Value,
    by_holder,
    rights_of,
)

MOST_SETS = 2_000  # compiled rights, and members whose groups are remembered, in memory
# What holds where nothing was given: everybody reads, members write.
BASE: Sheet = {
    (GUESTS, BOARD): Masks(yes=READING),
    (MEMBERS, BOARD): Masks(yes=READING | WRITING),
}
Holders = frozenset[Holder]
BARRED = "barred"  # a kind of holder: in the forum of its key, and below, nothing is given but what guests have too
ADMINISTRATORS: Holders = frozenset({Holder("circle", "administrators")})


class GrantRow(NamedTuple):
    """A grant with the values of its role, one row each."""

    forum_id: int | None
    circle: str
    group_id: int | None
    member_id: int | None
    capability: str
    value: str
    role: str | None


_GRANTS = Statement(
    "forums.grants",
    GrantRow,
    """SELECT g.forum_id, g.circle, g.group_id, g.member_id, COALESCE(v.capability, g.capability),
              COALESCE(v.value, g.value), r.name
       FROM forums_grant g LEFT JOIN forums_role r ON r.id = g.role_id LEFT JOIN forums_rolevalue v ON v.role_id = r.id""",
)


def grants() -> list[GrantRow]:
    """Everything that was given; what a role gives comes first."""
    return sorted(_GRANTS.all(), key=lambda row: row.role is None)


def holder_of(row: GrantRow) -> Holder:
    """Whom a grant is for."""
    if row.circle:
        return Holder("circle", row.circle)
    return Holder("group", str(row.group_id)) if row.group_id else Holder("member", str(row.member_id))


class Book:
    """All that is given on a board, and the rights that were asked for."""

    def __init__(self, rows: Iterable[GrantRow], moderators: Iterable[tuple[int, int]], tree: Tree) -> None:
        self.tree = tree
        self.above = dict(tree)
        self.rows = list(rows)
        self.moderators = list(moderators)
        self.sheet = _sheet(self.rows, self.moderators)
        self._by_holder = by_holder(self.sheet)
        self._personal = {holder.key for holder in self._by_holder if holder.kind == "member"}
        self._rights: dict[Holders, Rights] = {
            ADMINISTRATORS: Rights(ALL, {place: ALL for place, _above in tree})
        }
        self._groups: dict[int, frozenset[int]] = {}
        self._last: tuple[Actor | None, Rights] = None, self._rights[ADMINISTRATORS]

    def rights(self, actor: Actor) -> Rights:
        """What somebody may do. A page asks many times for the same actor."""
        known = self._last
        if known[0] is not actor:
            self._last = known = actor, self.rights_of(self.holders(actor))
        return known[1]

    def rights_of(self, holders: Holders) -> Rights:
        """What somebody may do who is all of these."""
        found = self._rights.get(holders)
        if found is None:
            found = self._compiled(holders)
            if len(self._rights) >= MOST_SETS:
                self._rights = {ADMINISTRATORS: self._rights[ADMINISTRATORS]}
            self._rights[holders] = found
        return found

    def holders(self, actor: Actor) -> Holders:
        """What an actor is, as far as anything is given to it."""
        if actor.stands_for:
            return frozenset(Holder(*each) for each in actor.stands_for)
        if actor.is_admin:
            return ADMINISTRATORS
        if actor.id is None or actor.is_banned:
            return frozenset({GUESTS})
        found = {MEMBERS, *(Holder("group", str(group)) for group in self._groups_of(actor))}
        if is_newcomer(actor):
            found.add(NEWCOMERS)
        if str(actor.id) in self._personal:
            found.add(Holder("member", str(actor.id)))
        found.update(Holder(BARRED, str(each.place)) for each in actor.barred_now)
        return frozenset(found)

    def bar_at(self, actor: Actor, place: int) -> Barred | None:
        """The ban by which an actor is as a guest is at a place: the nearest above it; None without one."""
        bans = {each.place: each for each in actor.barred_now} if not actor.is_admin else {}
        here: int | None = place
        while bans and here:
            if here in bans:
                return bans[here]
            here = self.above.get(here)
        return None

    def _compiled(self, holders: Holders) -> Rights:
        bars = {int(holder.key) for holder in holders if holder.kind == BARRED}
        if not bars:
            return rights_of(holders, self._by_holder, self.tree)
        own = self.rights_of(frozenset(holder for holder in holders if holder.kind != BARRED))
        as_guest, at = self.rights_of(frozenset({GUESTS})), dict(own.at)
        for place, above in self.tree:  # what is above comes first
            if place in bars or above in bars:
                bars.add(place)
                at[place] &= as_guest.at[place]
        return Rights(own.board, at)

    def kinds_of_readers(self) -> list[Holders]:
        """Every kind of person that something was given to: guests, newcomers, members, and members of each group."""
        others = [
            frozenset({MEMBERS, holder}) for holder in self._by_holder if holder not in (GUESTS, MEMBERS)
        ]
        return [frozenset({GUESTS}), frozenset({MEMBERS}), frozenset({MEMBERS, NEWCOMERS}), *others]

    def given(self, rows: Iterable[GrantRow]) -> "Book":
        """The same board with something else given: to see what a change would do."""
        return Book(rows, self.moderators, self.tree)

    def _groups_of(self, actor: Actor) -> frozenset[int]:
        """Joining or leaving a group makes another tree, so what was read once for this one holds."""
        number = actor.id or 0
        found = self._groups.get(number)
        if found is None:
            if len(self._groups) >= MOST_SETS:
                self._groups = {}
            found = self._groups[number] = actor.groups
        return found


def is_newcomer(actor: Actor) -> bool:
    """Is this member still new here? It ends by itself, with days and posts."""
    board = settings.ROSTRA
    if actor.joined_at is None:
        return False
    is_young = bool(board.newcomer_days) and (now() - actor.joined_at).days < board.newcomer_days
    return is_young or actor.post_count < board.newcomer_posts


class StillNew(NamedTuple):
    """What is left until a member is no newcomer: both must be over. `ends_at` is None where days do not count."""

    ends_at: datetime | None
    posts_left: int


def still_new(actor: Actor) -> StillNew | None:
    """How long this member is a newcomer yet; None for one who is none."""
    if actor.joined_at is None or not is_newcomer(actor):
        return None
    board = settings.ROSTRA
    ends_at = actor.joined_at + timedelta(days=board.newcomer_days)
    return StillNew(ends_at if ends_at > now() else None, max(0, board.newcomer_posts - actor.post_count))


def _sheet(
    rows: Iterable[GrantRow], moderators: Iterable[tuple[int, int]]
) -> dict[tuple[Holder, int], Masks]:
    """The base, over it what moderator groups have by their office, over that the grants in their order."""
    sheet = dict(BASE)
    for forum, group in moderators:
        place = Holder("group", str(group)), forum
        sheet[place] = sheet.get(place, Masks())._replace(yes=sheet.get(place, Masks()).yes | MODERATING)
    for row in rows:
        capability = BY_NAME.get(row.capability)
        if capability is not None:
            place = holder_of(row), row.forum_id or BOARD
            sheet[place] = _with(sheet.get(place, Masks()), capability, Value(row.value))
    return sheet


def _with(masks: Masks, capability: May, value: Value) -> Masks:
    one = {each.value: capability if each is value else NOTHING for each in Value}
    return Masks(one["yes"], one["no"], one["never"]).below(masks)
