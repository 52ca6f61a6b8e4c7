"""What a change of rights would do, and where rights come from."""

import pytest

from rostra.board.queries import stamp
from rostra.forums.effects import (
    Effect,
    Said,
    audiences,
    effect,
    loses_office,
    said,
    with_copied,
    with_role,
    with_said,
)
from rostra.forums.giving import Stale, copy_grants, define_role, drop_role, give, give_role, say
from rostra.forums.models import Grant, Role
from rostra.forums.policy import may
from rostra.forums.queries import forest
from rostra.forums.reasons import Source, reason, why
from rostra.forums.rights import Book
from rostra.forums.roles import presets, roles
from rostra.kernel.refusals import Invalid, Refused
from rostra.permissions.capabilities import BY_NAME, May
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, NEWCOMERS, Holder, Value
from tests.cast import Board

NOTHING_SAID = Said({})


def _book() -> Book:
    return forest(stamp().structure).book


def test_a_hidden_category_takes_the_forums_below_it_along(board: Board) -> None:
    now = _book()
    then = with_said(now, GUESTS, board.category.pk, Said({"see": "no"}), {})
    found = effect(now, then, frozenset({GUESTS}))
    everything = {board.category.pk, board.europe.pk, board.asia.pk}
    assert found.hidden == found.closed == everything
    assert not found.shown | found.opened
    assert not found.gained
    assert effect(then, now, frozenset({GUESTS})).shown == everything
    assert effect(now, then, frozenset({MEMBERS})).is_none


def test_reading_and_seeing_are_told_apart(board: Board) -> None:
    now = _book()
    found = effect(now, with_said(now, GUESTS, board.asia.pk, Said({"read": "no"}), {}), frozenset({GUESTS}))
    assert found == Effect(
        frozenset(), frozenset(), frozenset(), frozenset({board.asia.pk}), {}, {May.READ: frozenset({board.asia.pk})}
    )  # fmt: skip


def test_what_holds_for_the_board_is_told_of_the_board(board: Board) -> None:
    now = _book()
    mods = Holder("group", str(board.moderators.pk))
    found = effect(
        now, with_said(now, mods, BOARD, Said({"manage_rights": "yes"}), {}), frozenset({MEMBERS, mods})
    )
    assert found.gained == {May.MANAGE_RIGHTS: frozenset({BOARD})}


@pytest.mark.parametrize("role", ["", "Silence", "Nothing"])
def test_what_would_be_is_what_is_when_it_was_said(board: Board, role: str) -> None:
    dora = board.actor("dora")
    define_role(giver=dora, name="Silence", values={"reply": "no", "begin": "never"})
    define_role(giver=dora, name="Nothing", values={})
    give(giver=dora, holder=MEMBERS, place=board.europe.pk, values={"report": "never"})
    says = Said({"reply": "yes", "see": "no"}, role)
    known = {each.name: each.values for each in roles()}
    foreseen = with_said(_book(), MEMBERS, board.europe.pk, says, known)
    say(
        giver=dora, holder=MEMBERS, place=board.europe.pk, says=says, seen=said(_book(), MEMBERS, board.europe.pk)
    )  # fmt: skip
    assert said(_book(), MEMBERS, board.europe.pk) == says == said(foreseen, MEMBERS, board.europe.pk)
    assert foreseen.sheet == _book().sheet


def test_a_role_that_would_give_something_else_is_foreseen_where_it_is_had(board: Board) -> None:
    dora = board.actor("dora")
    define_role(giver=dora, name="Silence", values={"reply": "no"})
    give_role(giver=dora, holder=MEMBERS, place=board.asia.pk, role="Silence")
    give(giver=dora, holder=MEMBERS, place=board.asia.pk, values={"begin": "yes"})
    for values in ({"begin": "no", "see": "no"}, {}, {"reply": "never"}):
        foreseen = with_role(_book(), "Silence", values)
        define_role(giver=dora, name="Silence", values=values)
        assert foreseen.sheet == _book().sheet


def test_what_would_be_copied_is_foreseen(board: Board) -> None:
    dora = board.actor("dora")
    define_role(giver=dora, name="Silence", values={"reply": "no"})
    give_role(giver=dora, holder=MEMBERS, place=board.asia.pk, role="Silence")
    give(giver=dora, holder=GUESTS, place=board.europe.pk, values={"see": "no"})
    foreseen = with_copied(_book(), board.asia.pk, [board.europe.pk])
    copy_grants(giver=dora, source=board.asia.pk, targets=[board.europe.pk])
    assert foreseen.sheet == _book().sheet


def test_what_others_said_meanwhile_is_not_written_over(board: Board) -> None:
    dora = board.actor("dora")
    give(giver=dora, holder=GUESTS, place=BOARD, values={"see": "no"})
    with pytest.raises(Stale):
        say(giver=dora, holder=GUESTS, place=BOARD, says=Said({"read": "no"}), seen=NOTHING_SAID)
    assert said(_book(), GUESTS, BOARD) == Said({"see": "no"})


def test_nobody_takes_the_right_to_give_from_oneself_by_accident(board: Board) -> None:
    alice, me = board.actor("alice"), Holder("member", str(board.people["alice"].pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"manage_rights": "yes"})
    seen = said(_book(), me, BOARD)
    with pytest.raises(Refused, match="could not undo it"):
        say(giver=alice, holder=me, place=BOARD, says=NOTHING_SAID, seen=seen)
    with pytest.raises(Refused):
        say(
            giver=alice, holder=MEMBERS, place=BOARD, says=Said({"manage_rights": "never"}), seen=NOTHING_SAID
        )
    assert may(alice, board.node(), May.SEE)
    assert said(_book(), me, BOARD) == seen, "nothing was written"
    say(giver=alice, holder=me, place=BOARD, says=NOTHING_SAID, seen=seen, accepts_loss=True)
    with pytest.raises(Refused):
        give(giver=alice, holder=me, place=BOARD, values={"manage_rights": "yes"})


def test_administrators_cannot_lock_themselves_out(board: Board) -> None:
    now = _book()
    then = with_said(now, MEMBERS, BOARD, Said({"manage_rights": "never"}), {})
    assert not loses_office(now, then, board.actor("dora"))
    assert not loses_office(now, then, board.actor("alice")), "who never had it loses nothing"


def test_a_role_in_use_stays(board: Board) -> None:
    dora = board.actor("dora")
    define_role(giver=dora, name="Silence", values={"reply": "no"})
    give_role(giver=dora, holder=MEMBERS, place=BOARD, role="Silence")
    with pytest.raises(Invalid, match="in use"):
        drop_role(giver=dora, name="Silence")
    with pytest.raises(Refused):
        drop_role(giver=board.actor("bob"), name="Silence")
    give_role(giver=dora, holder=MEMBERS, place=BOARD, role="")
    drop_role(giver=dora, name="Silence")
    assert not Role.objects.exists()
    assert not Grant.objects.exists()


def test_presets_give_only_what_there_is(board: Board) -> None:
    for each in presets():
        define_role(giver=board.actor("dora"), name=each.name, values=each.values, about=each.about)
        assert each.values.keys() <= BY_NAME.keys()
    assert {role.name for role in roles()} == {each.name for each in presets()}


def test_each_reason_names_the_place_and_what_said_it(board: Board) -> None:
    dora, mods = board.actor("dora"), Holder("group", str(board.moderators.pk))
    define_role(giver=dora, name="Silence", values={"reply": "never"})
    give_role(giver=dora, holder=NEWCOMERS, place=board.category.pk, role="Silence")
    give(giver=dora, holder=mods, place=board.europe.pk, values={"mod_ban": "no"})
    book, here = _book(), board.europe.pk
    answer = why(book, May.REPLY, here, frozenset({MEMBERS, NEWCOMERS, mods}))
    assert not answer.is_allowed
    told = [(each.holder, each.value, each.said_at, each.source, each.role) for each in answer.reasons]
    assert told == [
        (MEMBERS, Value.YES, BOARD, Source.BEGINNING, ""),
        (NEWCOMERS, Value.NEVER, board.category.pk, Source.ROLE, "Silence"),
        (mods, None, None, None, ""),
    ]
    assert [each.holder for each in answer.reasons if each.is_deciding] == [NEWCOMERS]
    assert reason(book, May.MOD_LOCK, here, mods).source is Source.OFFICE
    assert reason(book, May.MOD_BAN, here, mods)[1:4] == (Value.NO, here, Source.GIVEN)


def test_whom_a_change_is_told_of(board: Board) -> None:
    single = Holder("member", "7")
    found = audiences([board.moderators.pk], single)
    assert [each.named for each in found] == [
        GUESTS, MEMBERS, NEWCOMERS, Holder("group", str(board.moderators.pk)), single,
    ]  # fmt: skip
    assert all(MEMBERS in each.holders for each in found[1:])
