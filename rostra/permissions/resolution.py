"""What somebody may do, out of what was given to whom and where.

A holder is a group, a single member, or a circle that everybody belongs to by being a guest, a member, a newcomer. At
each place of the tree (a forum; the board stands above all of them) a holder can be given a capability with one of three
values. A place without a value of its own has that of the place above it, for this holder. Of all holders that somebody
is, one NEVER forbids; otherwise one YES allows; otherwise it is not allowed. These are phpBB's rules, with inheritance
added: a board that gives a value everywhere has exactly phpBB's rights.

`rights_of` computes it with bits for all capabilities and places at once; `decided` computes one answer with its reasons.
The tests hold them against each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rostra.permissions.capabilities import NOTHING, May

MOST_PLACES = 512  # answers of `Rights.where` in memory, for all rights of this process
BOARD = 0  # the place above all forums


class Value(StrEnum):
    """What a holder is given; NO takes back what is given above."""

    YES = "yes"
    NO = "no"
    NEVER = "never"


class Holder(NamedTuple):
    """Whom something is given to: `kind` is circle, group or member; `key` the circle's name or the id as text."""

    kind: str
    key: str


GUESTS, MEMBERS, NEWCOMERS = (Holder("circle", name) for name in ("guests", "members", "newcomers"))
CIRCLES = (GUESTS, MEMBERS, NEWCOMERS)


class Masks(NamedTuple):
    """What a holder is given at one place."""

    yes: May = NOTHING
    no: May = NOTHING
    never: May = NOTHING

    @property
    def given(self) -> May:
        """What has a value here, whichever."""
        return self.yes | self.no | self.never

    def below(self, above: "Masks") -> "Masks":
        """What holds here when this is given here, and `above` holds above."""
        free = ~self.given
        return Masks(self.yes | above.yes & free, self.no | above.no & free, self.never | above.never & free)

    def value(self, capability: May) -> Value | None:
        """What is given of one capability."""
        for value, mask in ((Value.NEVER, self.never), (Value.YES, self.yes), (Value.NO, self.no)):
            if mask & capability:
                return value
        return None


Sheet = Mapping[tuple[Holder, int], Masks]
ByHolder = Mapping[Holder, Mapping[int, Masks]]
# Places with the place above each, which comes before it.
Tree = Sequence[tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Rights:
    """What somebody may do, on the board and at each place. They are compiled, and stay as they are."""

    board: May
    at: Mapping[int, May]

    def may(self, capability: May, place: int = BOARD) -> bool:
        """May this be done there? Not at a place that is not there."""
        mask = self.board if place == BOARD else self.at.get(place, NOTHING)
        return mask & capability == capability

    def where(self, capability: May) -> frozenset[int]:
        """All places where this may be done. A page asks many times for the same."""
        return _places_of(self, capability)

    def are_those(self, other: "Rights") -> bool:
        """Is the same allowed by both?"""
        return self.board == other.board and self.at == other.at


@lru_cache(maxsize=MOST_PLACES)
def _places_of(rights: Rights, capability: May) -> frozenset[int]:
    """Of 500 places each takes 20 to 30 KB, so they are kept for those who were here last, not with all rights."""
    wanted = int(capability)
    return frozenset(place for place, mask in rights.at.items() if int(mask) & wanted == wanted)


class Opinion(NamedTuple):
    """What one holder is given of a capability at a place, and where that was said; None where nothing was."""

    holder: Holder
    value: Value | None
    said_at: int | None


class Decision(NamedTuple):
    """Whether something may be done, and why: the opinions in the order of the holders, and those that decided."""

    is_allowed: bool
    opinions: list[Opinion]
    deciding: list[Opinion]


def rights_of(holders: Iterable[Holder], sheet: ByHolder, tree: Tree) -> Rights:
    """What somebody may do who is all of these holders."""
    said: dict[int, dict[Holder, Masks]] = {}  # by place: most say nothing of their own
    for holder in holders:
        for place, masks in sheet.get(holder, {}).items():
            said.setdefault(place, {})[holder] = masks
    held: dict[int, Mapping[Holder, Masks]] = {BOARD: said.get(BOARD, {})}
    at: dict[int, May] = {BOARD: _combined(held[BOARD].values())}
    for place, above in tree:
        if place not in said:
            held[place], at[place] = held[above], at[above]
            continue
        inherited = held[above]
        here = {holder: masks.below(inherited.get(holder, Masks())) for holder, masks in said[place].items()}
        held[place] = {**inherited, **here}
        at[place] = _combined(held[place].values())
    return Rights(at.pop(BOARD), at)


def by_holder(sheet: Sheet) -> ByHolder:
    """The same sheet, to look up a holder: it is made once, and asked for each set of holders."""
    found: dict[Holder, dict[int, Masks]] = {}
    for (holder, place), masks in sheet.items():
        found.setdefault(holder, {})[place] = masks
    return found


def _combined(masks: Iterable[Masks]) -> May:
    yes = never = NOTHING
    for each in masks:
        yes |= each.yes
        never |= each.never
    return yes & ~never


def decided(
    capability: May, place: int, holders: Iterable[Holder], sheet: Sheet, above: Mapping[int, int]
) -> Decision:
    """One answer with its reasons; `above` is the place above each forum."""
    opinions = [_opinion(capability, place, holder, sheet, above) for holder in holders]
    never = [each for each in opinions if each.value is Value.NEVER]
    yes = [each for each in opinions if each.value is Value.YES]
    return Decision(bool(yes) and not never, opinions, never or yes)


def _opinion(capability: May, place: int, holder: Holder, sheet: Sheet, above: Mapping[int, int]) -> Opinion:
    here: int | None = place
    while here is not None:
        masks = sheet.get((holder, here))
        value = masks.value(capability) if masks else None
        if value is not None:
            return Opinion(holder, value, here)
        here = above.get(here, BOARD) if here != BOARD else None
    return Opinion(holder, None, None)
