"""The three values, circles, groups and members, and what is inherited down the tree."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rostra.permissions.capabilities import (
    ABOUT,
    ALL,
    BY_NAME,
    MODERATING,
    NOTHING,
    READING,
    May,
    mask_of,
    names_of,
)
from rostra.permissions.resolution import (
    BOARD,
    CIRCLES,
    GUESTS,
    MEMBERS,
    MOST_PLACES,
    NEWCOMERS,
    Holder,
    Masks,
    Rights,
    Sheet,
    Tree,
    Value,
    _places_of,
    by_holder,
    decided,
)
from rostra.permissions.resolution import rights_of as rights_by_holder

EUROPE_MODS, ALICE = Holder("group", "7"), Holder("member", "3")
# 1 > 2 > 3, and 4 beside them.
TREE = [(1, BOARD), (2, 1), (3, 2), (4, BOARD)]
ABOVE = dict(TREE)


def rights_of(holders: Iterable[Holder], sheet: Sheet, tree: Tree) -> Rights:
    """What somebody may do by a sheet."""
    return rights_by_holder(holders, by_holder(sheet), tree)


def test_every_capability_has_words_and_a_name_of_its_own() -> None:
    assert set(ABOUT) == set(May)
    assert len(BY_NAME) == len(May)
    assert mask_of(names_of(ALL)) == ALL
    assert names_of(May.SEE | May.REPLY) == ["see", "reply"]
    assert May.MOD_WARN in MODERATING
    assert May.REPLY not in MODERATING


def test_every_capability_is_asked_for_somewhere() -> None:
    package = Path(__file__).parents[2]
    beside = {package / "permissions/capabilities.py", package / "forums/roles.py"}  # they name all
    code = "".join(
        path.read_text()
        for path in package.rglob("*.py")
        if path not in beside and "tests" not in path.parts[-2:]
    )
    asked = {each for each in May if re.search(rf"\bMay\.{each.name}\b", code)}
    asked |= {each for each in May if each & READING}  # by this name
    assert set(May) == asked


def test_what_is_given_on_the_board_holds_in_every_forum() -> None:
    rights = rights_of([MEMBERS], {(MEMBERS, BOARD): Masks(yes=May.READ)}, TREE)
    assert rights.where(May.READ) == {1, 2, 3, 4}
    assert rights.may(May.READ)
    assert not rights.may(May.REPLY, 1)


def test_what_is_given_in_a_forum_holds_below_it_and_nowhere_else() -> None:
    assert rights_of([MEMBERS], {(MEMBERS, 2): Masks(yes=May.READ)}, TREE).where(May.READ) == {2, 3}


def test_no_takes_back_for_its_own_holder_only() -> None:
    sheet = {
        (MEMBERS, BOARD): Masks(yes=May.READ),
        (MEMBERS, 2): Masks(no=May.READ),
        (EUROPE_MODS, 3): Masks(yes=May.READ),
    }
    assert rights_of([MEMBERS], sheet, TREE).where(May.READ) == {1, 4}
    assert rights_of([MEMBERS, EUROPE_MODS], sheet, TREE).where(May.READ) == {1, 3, 4}


def test_never_wins_over_every_other_holder_until_its_own_holder_is_given_more_below() -> None:
    sheet = {
        (MEMBERS, BOARD): Masks(yes=May.REPLY),
        (NEWCOMERS, 1): Masks(never=May.REPLY),
        (ALICE, 2): Masks(yes=May.REPLY),
        (NEWCOMERS, 3): Masks(no=May.REPLY),
    }
    rights = rights_of([MEMBERS, NEWCOMERS, ALICE], sheet, TREE)
    assert rights.where(May.REPLY) == {3, 4}


def test_several_capabilities_are_asked_together() -> None:
    rights = rights_of([GUESTS], {(GUESTS, 1): Masks(yes=May.SEE), (GUESTS, 2): Masks(yes=May.READ)}, TREE)
    assert rights.where(May.SEE | May.READ) == {2, 3}


def test_a_place_that_is_not_there_allows_nothing() -> None:
    assert not rights_of([GUESTS], {(GUESTS, BOARD): Masks(yes=ALL)}, TREE).may(May.SEE, 99)


def test_a_decision_names_what_decided_it() -> None:
    sheet = {
        (MEMBERS, BOARD): Masks(yes=May.REPLY),
        (NEWCOMERS, 1): Masks(never=May.REPLY),
    }
    found = decided(May.REPLY, 3, [MEMBERS, NEWCOMERS], sheet, ABOVE)
    assert not found.is_allowed
    assert found.deciding == [(NEWCOMERS, Value.NEVER, 1)]
    assert decided(May.REPLY, 4, [MEMBERS, NEWCOMERS], sheet, ABOVE).deciding == [(MEMBERS, Value.YES, BOARD)]
    nothing = decided(May.BEGIN, 4, [MEMBERS], sheet, ABOVE)
    assert (nothing.is_allowed, nothing.opinions, nothing.deciding) == (False, [(MEMBERS, None, None)], [])


def test_what_others_are_given_is_not_gone_through() -> None:
    class Sheet(dict[Holder, dict[int, Masks]]):
        def __iter__(self) -> Iterator[Holder]:
            raise AssertionError

        items = values = keys = __iter__  # type: ignore[assignment]

    sheet = Sheet({MEMBERS: {2: Masks(yes=May.READ)}, ALICE: {1: Masks(yes=May.READ)}})
    assert rights_by_holder([MEMBERS, EUROPE_MODS], sheet, TREE).where(May.READ) == {2, 3}


HOLDERS = [*CIRCLES, EUROPE_MODS, ALICE]
trees = st.lists(st.integers(0, 5), min_size=1, max_size=6).map(
    lambda above: [(place + 1, min(parent, place)) for place, parent in enumerate(above)]
)
givens = st.lists(
    st.tuples(st.sampled_from(HOLDERS), st.integers(0, 6), st.sampled_from(list(May)[:3]), st.sampled_from(Value)),
    max_size=25,
)  # fmt: skip


@given(trees, givens, st.sets(st.sampled_from(HOLDERS)))
def test_may_i_which_may_i_and_why_agree(
    tree: list[tuple[int, int]], found: list[tuple[Holder, int, May, Value]], holders: set[Holder]
) -> None:
    last = {(holder, place, capability): value for holder, place, capability, value in found}
    sheet: dict[tuple[Holder, int], Masks] = {}
    for (holder, place, capability), value in last.items():
        masks = sheet.get((holder, place), Masks())
        sheet[holder, place] = masks._replace(**{value.value: getattr(masks, value.value) | capability})
    rights = rights_of(holders, sheet, tree)
    for capability in list(May)[:4]:
        where = rights.where(capability)
        for place, _above in tree:
            why = decided(capability, place, holders, sheet, dict(tree))
            assert rights.may(capability, place) == why.is_allowed == (place in where)
        assert rights.may(capability) == decided(capability, BOARD, holders, sheet, dict(tree)).is_allowed


def test_where_something_may_be_done_is_kept_for_those_who_were_here_last_only() -> None:
    everybody = [Rights(NOTHING, {1: May.READ, number + 2: May.READ}) for number in range(MOST_PLACES + 50)]
    for number, rights in enumerate(everybody):
        assert rights.where(May.READ) == {1, number + 2}
    assert _places_of.cache_info().currsize <= MOST_PLACES
    assert everybody[0].where(May.READ) == {1, 2}
    assert everybody[0].where(May.READ) is everybody[0].where(May.READ)
