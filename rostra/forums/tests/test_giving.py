"""What is given in the database, and what people may do then."""

from dataclasses import replace

import pytest

from rostra.accounts.actors import GUEST, Actor
from rostra.accounts.models import Group
from rostra.board.queries import stamp
from rostra.forums import queries
from rostra.forums.giving import copy_grants, define_role, give, give_role, set_forum_password
from rostra.forums.models import Grant
from rostra.forums.policy import is_moderator, may
from rostra.forums.queries import NONE_CLOSED, Forest, closed_to, forest, forget
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, Refused
from rostra.permissions.capabilities import MODERATING, May
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, NEWCOMERS, Holder
from tests.cast import Board


def _tree() -> Forest:
    return forest(stamp().structure)


def test_where_nothing_was_given_everybody_reads_and_members_write(board: Board) -> None:
    alice, node = board.actor("alice"), board.node()
    assert may(GUEST, node, May.READ)
    assert not may(GUEST, node, May.REPLY)
    assert may(alice, node, May.REPLY)
    assert not is_moderator(alice, node)
    assert closed_to(_tree(), GUEST) == NONE_CLOSED
    assert _tree().seen_by(GUEST) is _tree()


def test_moderators_have_their_office_in_their_forums_and_administrators_everywhere(board: Board) -> None:
    bob, dora = board.actor("bob"), board.actor("dora")
    assert may(bob, board.node(board.europe), MODERATING)
    assert not is_moderator(bob, board.node(board.asia))
    assert may(dora, board.node(board.asia), MODERATING | May.MANAGE_RIGHTS)


def test_a_hidden_forum_is_not_in_the_tree_of_those_who_may_not_see_it(board: Board) -> None:
    give(giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"see": "no"})
    seen = _tree().seen_by(GUEST)
    assert board.asia.pk not in seen.by_id
    assert [node.id for node in seen.roots[0].children] == [board.europe.pk]
    assert closed_to(_tree(), GUEST) == f",{board.asia.pk},"
    assert board.asia.pk in _tree().seen_by(board.actor("alice")).by_id
    assert _tree().seen_by(GUEST) is seen, "it is made once"


def test_what_stands_below_a_hidden_category_is_hidden_with_it(board: Board) -> None:
    dora = board.actor("dora")
    give(giver=dora, holder=GUESTS, place=board.category.pk, values={"see": "no"})
    give(giver=dora, holder=GUESTS, place=board.asia.pk, values={"see": "yes"})
    assert not _tree().seen_by(GUEST).by_id
    assert str(board.asia.pk) in closed_to(_tree(), GUEST)


def test_scopes_of_moderators_can_be_narrowed(board: Board) -> None:
    mods = Holder("group", str(board.moderators.pk))
    give(
        giver=board.actor("dora"),
        holder=mods,
        place=board.europe.pk,
        values={"mod_ban": "no", "mod_purge": "never"},
    )
    bob, node = board.actor("bob"), board.node()
    assert may(bob, node, May.MOD_LOCK)
    assert not may(bob, node, May.MOD_BAN)
    assert not may(bob, node, May.MOD_PURGE)


def test_a_role_gives_all_its_values_and_changes_for_everybody_who_has_it(board: Board) -> None:
    dora, carol = board.actor("dora"), board.actor("carol")
    define_role(giver=dora, name="Read only", values={"begin": "never", "reply": "never"})
    give_role(giver=dora, holder=Holder("member", str(carol.id)), place=board.europe.pk, role="Read only")
    assert not may(carol, board.node(), May.REPLY)
    assert may(carol, board.node(board.asia), May.REPLY)
    define_role(giver=dora, name="Read only", values={"begin": "never"})
    assert may(carol, board.node(), May.REPLY)
    give_role(giver=dora, holder=Holder("member", str(carol.id)), place=board.europe.pk, role="")
    assert may(carol, board.node(), May.BEGIN)


def test_a_value_stands_before_what_a_role_gives_at_the_same_place(board: Board) -> None:
    dora = board.actor("dora")
    give(giver=dora, holder=MEMBERS, place=board.europe.pk, values={"reply": "yes"})
    define_role(giver=dora, name="Silence", values={"reply": "no", "begin": "no"})
    give_role(giver=dora, holder=MEMBERS, place=board.europe.pk, role="Silence")
    assert may(board.actor("alice"), board.node(), May.REPLY)
    assert not may(board.actor("alice"), board.node(), May.BEGIN)


def test_an_empty_value_takes_back_what_was_said(board: Board) -> None:
    dora = board.actor("dora")
    give(giver=dora, holder=MEMBERS, place=BOARD, values={"begin": "never"})
    assert not may(board.actor("alice"), board.node(), May.BEGIN)
    give(giver=dora, holder=MEMBERS, place=BOARD, values={"begin": ""})
    assert may(board.actor("alice"), board.node(), May.BEGIN)
    assert not Grant.objects.exists()


def test_newcomers_become_members_by_days_and_posts(board: Board, settings: object) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"newcomer_posts": 2})  # type: ignore[attr-defined]
    give(giver=board.actor("dora"), holder=NEWCOMERS, place=BOARD, values={"begin": "never"})
    alice = board.actor("alice")
    assert not may(alice, board.node(), May.BEGIN)
    grown = Actor(alice.id, alice.name, joined_at=alice.joined_at, post_count=2)
    assert may(grown, board.node(), May.BEGIN)


def test_grants_of_one_forum_can_be_copied_to_another(board: Board) -> None:
    dora = board.actor("dora")
    give(giver=dora, holder=GUESTS, place=board.europe.pk, values={"see": "no"})
    give(giver=dora, holder=MEMBERS, place=board.asia.pk, values={"reply": "no"})
    copy_grants(giver=dora, source=board.europe.pk, targets=[board.asia.pk])
    assert not _tree().seen_by(GUEST).by_id.keys() & {board.europe.pk, board.asia.pk}
    assert may(board.actor("alice"), board.node(board.asia), May.REPLY)


def test_nobody_gives_rights_who_was_not_given_that(board: Board) -> None:
    for stranger in (GUEST, board.actor("alice"), board.actor("bob")):
        with pytest.raises(Refused):
            give(giver=stranger, holder=MEMBERS, place=BOARD, values={"manage_rights": "yes"})
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    ("holder", "place", "values", "field"),
    [
        (MEMBERS, BOARD, {"fly": "yes"}, "capability"),
        (MEMBERS, BOARD, {"reply": "perhaps"}, "value"),
        (MEMBERS, 999, {"reply": "yes"}, "place"),
        (Holder("group", "999"), BOARD, {"reply": "yes"}, "holder"),
        (Holder("circle", "friends"), BOARD, {"reply": "yes"}, "holder"),
        (MEMBERS, 1, {"manage_board": "yes"}, "capability"),
    ],
)
def test_what_cannot_be_given_is_said(
    board: Board, holder: Holder, place: int, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        give(giver=board.actor("dora"), holder=holder, place=place, values=values)
    assert list(refused.value.faults) == [field]
    assert not Grant.objects.exists()


def test_groups_that_go_take_their_grants_along(board: Board) -> None:
    group = Group.objects.create(name="Readers")
    give(giver=board.actor("dora"), holder=Holder("group", str(group.pk)), place=BOARD, values={"see": "yes"})
    group.delete()
    assert not Grant.objects.exists()


def test_rights_that_were_rolled_back_are_not_in_memory(board: Board) -> None:
    def given_and_read_and_undone() -> None:
        with change(is_structural=True):
            key = f"{board.asia.pk}/circle/guests/mod_edit"
            Grant.objects.create(
                key=key, circle="guests", forum=board.asia, capability="mod_edit", value="yes"
            )
            assert _tree().book.rights(GUEST).may(May.MOD_EDIT, board.asia.pk)
            raise ZeroDivisionError

    forget()  # as when another process made the version that this one reads next
    with pytest.raises(ZeroDivisionError):
        given_and_read_and_undone()
    assert not _tree().book.rights(GUEST).may(May.MOD_EDIT, board.asia.pk)


@pytest.mark.parametrize("prefix", ["0", "+", " ", "\u0661", "1" * 30])
def test_a_holder_has_one_key(board: Board, prefix: str) -> None:
    alice = str(board.people["alice"].pk)
    give(giver=board.actor("dora"), holder=Holder("member", alice), place=BOARD, values={"reply": "never"})
    for kind, number in (("member", alice), ("group", str(board.moderators.pk))):
        with pytest.raises(Invalid):
            give(
                giver=board.actor("dora"),
                holder=Holder(kind, prefix + number),
                place=BOARD,
                values={"reply": "yes"},
            )
    assert [grant.value for grant in Grant.objects.all()] == ["never"]


def test_which_forums_are_closed_is_found_once_for_each_rights_and_opened_passwords(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_forum_password(giver=board.actor("dora"), place=board.asia.pk, password="sesame")
    tree, found = _tree(), []
    opener = replace(GUEST, opened=frozenset(tree.by_id[board.asia.pk].locks))
    once = queries._closed_to

    def counted(forest: Forest, actor: Actor) -> str:
        found.append(actor)
        return once(forest, actor)

    monkeypatch.setattr(queries, "_closed_to", counted)
    for _again in range(3):
        assert closed_to(tree, GUEST) == f",{board.asia.pk},"
        assert closed_to(tree, opener) == closed_to(tree, board.actor("dora")) == NONE_CLOSED
    assert len(found) == 3
    rights = tree.book.rights(GUEST)
    assert rights.where(May.READ) is rights.where(May.READ)
