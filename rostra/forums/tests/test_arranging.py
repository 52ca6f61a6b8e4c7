"""The tree is changed by who was given that, keeps its shape, and loses nothing."""

from typing import Any

import pytest

from rostra.accounts.actors import GUEST
from rostra.accounts.models import Group
from rostra.board.queries import stamp
from rostra.forums import arranging
from rostra.forums.actions import found_forum
from rostra.forums.arranging import (
    Described,
    add_forum,
    describe_forum,
    drop_forum,
    move_forum,
    shift_forum,
    why_not_empty,
)
from rostra.forums.giving import give, set_forum_password
from rostra.forums.models import Forum, Grant
from rostra.forums.policy import is_moderator
from rostra.forums.queries import forest
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, Holder
from tests.cast import Board


def _names() -> list[str]:
    tree = forest(stamp().structure)
    return [node.name for root in tree.roots for node in root.walk()]


def _give(board: Board, name: str) -> None:
    holder = Holder("member", str(board.people[name].pk))
    give(giver=board.actor("dora"), holder=holder, place=BOARD, values={"manage_forums": "yes"})


@pytest.mark.parametrize("name", ["guest", "alice", "bob"])
def test_nobody_else_changes_the_tree(board: Board, name: str) -> None:
    actor, europe = GUEST if name == "guest" else board.actor(name), board.europe.pk
    calls: list[Any] = [
        lambda: add_forum(manager=actor, kind="forum", parent=None, said=Described("X")),
        lambda: describe_forum(manager=actor, forum_id=europe, said=Described("X")),
        lambda: move_forum(manager=actor, forum_id=europe, parent=None),
        lambda: shift_forum(manager=actor, forum_id=europe, step=1),
        lambda: drop_forum(manager=actor, forum_id=europe),
    ]
    before = _names()
    for call in calls:
        with pytest.raises(Refused, match="Change the tree of forums"):
            call()
    assert _names() == before


def test_a_member_with_that_right_adds_describes_orders_moves_and_deletes(board: Board) -> None:
    _give(board, "alice")
    alice = board.actor("alice")
    made = add_forum(
        manager=alice, kind="forum", parent=board.category.pk, said=Described("Africa", "From\r\nCairo")
    )
    assert _names() == ["The world", "Europe", "Asia", "Africa"]
    assert made.description == "From\nCairo"
    describe_forum(manager=alice, forum_id=made.pk, said=Described("The  Africas", is_closed=True))
    node = board.node(made)
    assert (node.name, node.slug, node.is_closed) == ("The Africas", "the-africas", True)
    shift_forum(manager=alice, forum_id=made.pk, step=-1)
    assert _names() == ["The world", "Europe", "The Africas", "Asia"]
    shift_forum(manager=alice, forum_id=board.europe.pk, step=-1)
    assert _names()[1] == "Europe"
    move_forum(manager=alice, forum_id=made.pk, parent=board.asia.pk)
    assert board.node(made).ancestors[-1].name == "Asia"
    drop_forum(manager=alice, forum_id=made.pk)
    assert _names() == ["The world", "Europe", "Asia"]
    with pytest.raises(Gone):
        describe_forum(manager=alice, forum_id=made.pk, said=Described("X"))


def test_forums_at_the_same_place_are_put_in_order_too(board: Board) -> None:
    Forum.objects.filter(parent=board.category).update(place=5)
    for name in ("Africa", "America"):
        found_forum(name=name, parent=board.category, place=5)
    shift_forum(manager=board.actor("dora"), forum_id=board.asia.pk, step=1)
    assert _names() == ["The world", "Europe", "Africa", "Asia", "America"]


def test_nothing_stands_below_itself_or_below_a_link(board: Board) -> None:
    dora = board.actor("dora")
    link = add_forum(
        manager=dora, kind="link", parent=None, said=Described("Elsewhere", link="https://a.example/")
    )
    inner = add_forum(manager=dora, kind="forum", parent=board.europe.pk, said=Described("Balkans"))
    for parent in (board.europe.pk, inner.pk):
        with pytest.raises(Invalid, match="cannot stand below itself"):
            move_forum(manager=dora, forum_id=board.europe.pk, parent=parent)
    with pytest.raises(Invalid, match="is a link"):
        move_forum(manager=dora, forum_id=board.europe.pk, parent=link.pk)
    with pytest.raises(Invalid, match="not there any more"):
        move_forum(manager=dora, forum_id=board.europe.pk, parent=999)


def test_the_tree_has_an_end(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "MOST_LEVELS", 3)
    dora = board.actor("dora")
    third = add_forum(manager=dora, kind="forum", parent=board.europe.pk, said=Described("Third"))
    with pytest.raises(Invalid, match="more than 3 levels"):
        add_forum(manager=dora, kind="forum", parent=third.pk, said=Described("Fourth"))
    with pytest.raises(Invalid, match="more than 3 levels"):
        move_forum(manager=dora, forum_id=board.europe.pk, parent=board.asia.pk)
    move_forum(manager=dora, forum_id=board.europe.pk, parent=None)
    monkeypatch.setattr(arranging, "MOST_FORUMS", 4)
    with pytest.raises(Refused, match="4 forums"):
        add_forum(manager=dora, kind="forum", parent=None, said=Described("Fifth"))


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("forum", Described(" \u200b "), "name"),
        ("forum", Described("x" * 121), "name"),
        ("forum", Described("a", description="x" * 5_001), "description"),
        ("forum", Described("a", rules="a\0b"), "rules"),
        ("link", Described("a", link="javascript:alert(1)"), "link"),
        ("meadow", Described("a"), "kind"),
    ],
)
def test_what_cannot_be_said_of_a_forum_is_named_by_its_field(
    board: Board, kind: str, said: Described, field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        add_forum(manager=board.actor("dora"), kind=kind, parent=None, said=said)
    assert list(invalid.value.faults) == [field]


def test_a_forum_with_something_in_it_stays(board: Board) -> None:
    dora = board.actor("dora")
    with pytest.raises(Refused, match="something in it"):
        drop_forum(manager=dora, forum_id=board.category.pk)
    board.topic()
    with pytest.raises(Refused, match="something in it"):
        drop_forum(manager=dora, forum_id=board.europe.pk)
    give(giver=dora, holder=MEMBERS, place=board.asia.pk, values={"reply": "no"})
    assert why_not_empty(board.asia.pk) is None
    drop_forum(manager=dora, forum_id=board.asia.pk)
    assert not Grant.objects.filter(forum_id=board.asia.pk).exists()
    assert _names() == ["The world", "Europe"]


def test_moving_opens_no_closed_forum_for_who_gives_no_rights(board: Board) -> None:
    _give(board, "carol")
    staff = found_forum(name="Staff", kind="category")
    for holder in (GUESTS, MEMBERS):
        give(giver=board.actor("dora"), holder=holder, place=staff.pk, values={"see": "no", "read": "no"})
    secret = found_forum(name="Secret", parent=staff)
    for parent in (board.category.pk, None):
        with pytest.raises(Refused, match="may not give rights"):
            move_forum(manager=board.actor("carol"), forum_id=secret.pk, parent=parent)
    assert board.node(secret).ancestors[-1].name == "Staff"
    move_forum(manager=board.actor("dora"), forum_id=secret.pk, parent=None)
    assert not board.node(secret).ancestors
    move_forum(manager=board.actor("carol"), forum_id=secret.pk, parent=staff.pk)
    assert board.node(secret).ancestors, "what takes rights away is only a move"


def test_moving_makes_nobody_a_moderator_for_who_gives_no_rights(board: Board) -> None:
    board.moderate(board.asia, Group.objects.create(name="Asians"), "carol")
    _give(board, "carol")
    with pytest.raises(Refused, match="may not give rights"):
        move_forum(manager=board.actor("carol"), forum_id=board.europe.pk, parent=board.asia.pk)
    assert not is_moderator(board.actor("carol"), board.node())
    holder = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), holder=holder, place=BOARD, values={"manage_rights": "yes"})
    move_forum(manager=board.actor("carol"), forum_id=board.europe.pk, parent=board.asia.pk)
    assert is_moderator(board.actor("carol"), board.node())


def test_moving_takes_off_no_password_for_who_gives_no_rights(board: Board) -> None:
    _give(board, "alice")
    set_forum_password(giver=board.actor("dora"), place=board.asia.pk, password="a b c")
    inner = found_forum(name="Japan", parent=board.asia)
    with pytest.raises(Refused, match="may not give rights"):
        move_forum(manager=board.actor("alice"), forum_id=inner.pk, parent=board.category.pk)
