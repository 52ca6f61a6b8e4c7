"""Groups: who makes them, who is in them, and how one joins and leaves."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.accounts.grouping import appoint, found_group, put_in
from rostra.accounts.models import Group, JoinRequest, Membership
from rostra.board.queries import stamp
from rostra.forums.giving import give
from rostra.forums.policy import may
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import BOARD, Holder
from rostra.web.tests.test_rights_pages import text
from tests.cast import Board

SignedIn = Callable[[str], Client]
HOME, MANAGE = "/groups/", "/manage/groups/"


def names(group: Group) -> set[str]:
    """Who is in it."""
    return set(group.members.values_list("name", flat=True))


@pytest.fixture
def choir(board: Board) -> Group:
    """Alice leads it; one asks to join."""
    group = found_group(name="Choir", about="We sing.", joining="request")
    put_in(member_id=board.people["alice"].pk, group_id=group.pk)
    appoint(member_id=board.people["alice"].pk, group_id=group.pk, is_leader=True)
    return group


def test_guests_are_led_to_the_sign_in_page(board: Board, choir: Group) -> None:
    for address in (HOME, f"{HOME}{choir.pk}/"):
        assert Client().get(address).headers["Location"].startswith("/sign-in/")
    assert Client().post(f"{HOME}{choir.pk}/", {"do": "ask"}).status_code == 403


def test_one_asks_and_a_leader_accepts(board: Board, as_person: SignedIn, choir: Group) -> None:
    carol, alice, page = as_person("carol"), as_person("alice"), f"{HOME}{choir.pk}/"
    assert "We sing." in text(carol.get(HOME))
    assert "A leader decides." in text(carol.post(page, {"do": "ask"}, follow=True))
    carol.post(page, {"do": "ask"})
    assert JoinRequest.objects.count() == 1
    assert "You have asked to join." in text(carol.get(HOME))
    assert "Who asks to join" not in text(carol.get(page))
    assert "Who asks to join" in text(alice.get(page))
    assert "Taken in." in text(
        alice.post(page, {"do": "accept", "member": board.people["carol"].pk}, follow=True)
    )
    assert names(choir) == {"alice", "carol"}
    assert not JoinRequest.objects.exists()
    assert "does not ask to join any more" in text(alice.post(page, {"do": "accept", "member": 999}))
    carol.post(page, {"do": "leave"})
    assert names(choir) == {"alice"}


def test_a_request_is_refused_or_taken_back(board: Board, as_person: SignedIn, choir: Group) -> None:
    carol, alice, page = as_person("carol"), as_person("alice"), f"{HOME}{choir.pk}/"
    carol.post(page, {"do": "ask"})
    alice.post(page, {"do": "refuse", "member": board.people["carol"].pk})
    assert not JoinRequest.objects.exists()
    carol.post(page, {"do": "ask"})
    carol.post(page, {"do": "withdraw"})
    assert not JoinRequest.objects.exists()
    assert names(choir) == {"alice"}


def test_only_leaders_decide_and_not_about_leaders(board: Board, as_person: SignedIn, choir: Group) -> None:
    bob, carol, page = as_person("bob"), board.people["carol"], f"{HOME}{choir.pk}/"
    as_person("carol").post(page, {"do": "ask"})
    for what in ("accept", "refuse", "remove"):
        assert bob.post(page, {"do": what, "member": carol.pk}).status_code == 403
        assert as_person("carol").post(page, {"do": what, "member": carol.pk}).status_code == 403
    assert JoinRequest.objects.count() == 1
    put_in(member_id=carol.pk, group_id=choir.pk)
    alice = as_person("alice")
    assert alice.post(page, {"do": "remove", "member": board.people["alice"].pk}).status_code == 422
    assert alice.post(page, {"do": "remove", "member": carol.pk}).status_code == 302
    assert names(choir) == {"alice"}


@pytest.mark.parametrize(
    ("joining", "do", "is_in"),
    [
        ("open", "join", True),
        ("request", "join", False),
        ("closed", "join", False),
        ("closed", "ask", False),
        ("open", "ask", False),
    ],
)
def test_one_joins_by_oneself_only_where_it_is_open(
    board: Board, as_person: SignedIn, joining: str, do: str, is_in: bool
) -> None:
    group = found_group(name="Readers", joining=joining)
    answer = as_person("carol").post(f"{HOME}{group.pk}/", {"do": do})
    assert answer.status_code == (302 if is_in else 403)
    assert names(group) == ({"carol"} if is_in else set())
    assert not JoinRequest.objects.exists()


def test_a_closed_group_is_not_left_by_oneself(board: Board, as_person: SignedIn) -> None:
    bob, page = as_person("bob"), f"{HOME}{board.moderators.pk}/"
    assert "Leave this group" not in text(bob.get(page))
    assert bob.post(page, {"do": "leave"}).status_code == 403
    assert names(board.moderators) == {"bob"}


def test_of_a_hidden_group_only_its_members_know(board: Board, as_person: SignedIn) -> None:
    group = found_group(name="Secret", joining="open", is_hidden=True)
    put_in(member_id=board.people["alice"].pk, group_id=group.pk)
    carol, alice = as_person("carol"), as_person("alice")
    assert "Secret" not in text(carol.get(HOME))
    assert carol.get(f"{HOME}{group.pk}/").status_code == 404
    assert carol.post(f"{HOME}{group.pk}/", {"do": "join"}).status_code == 404
    assert "Secret" in text(alice.get(HOME))
    assert alice.post(f"{HOME}{group.pk}/", {"do": "leave"}).headers["Location"] == HOME


def test_joining_and_leaving_changes_what_one_may_do_at_once(board: Board, as_person: SignedIn) -> None:
    group = found_group(name="Lockers", joining="open")
    give(
        giver=board.actor("dora"),
        holder=Holder("group", str(group.pk)),
        place=BOARD,
        values={"mod_lock": "yes"},
    )
    carol, page = as_person("carol"), f"{HOME}{group.pk}/"
    before = stamp().structure
    assert not may(board.actor("carol"), board.node(), May.MOD_LOCK)
    carol.post(page, {"do": "join"})
    assert may(board.actor("carol"), board.node(), May.MOD_LOCK)
    carol.post(page, {"do": "leave"})
    assert not may(board.actor("carol"), board.node(), May.MOD_LOCK)
    assert stamp().structure > before


def test_an_administrator_makes_and_describes_a_group(board: Board, as_person: SignedIn) -> None:
    dora = as_person("dora")
    made = dora.post(MANAGE, {"name": " The  choir ", "about": "We sing.", "joining": "open"})
    group = Group.objects.get(name="The choir")
    assert made.headers["Location"].startswith(f"{MANAGE}{group.pk}/")
    form = {"do": "describe", "name": "Choir", "about": "", "joining": "closed", "hidden": "yes"}
    assert "Saved." in text(dora.post(f"{MANAGE}{group.pk}/", form, follow=True))
    group.refresh_from_db()
    assert (group.name, group.about, group.joining, group.is_hidden) == ("Choir", "", "closed", True)
    for wrong in (
        {"name": ""},
        {"name": "x" * 81},
        {"about": "x" * 2001},
        {"joining": "x"},
        {"name": "Europe Mods"},
    ):
        assert dora.post(f"{MANAGE}{group.pk}/", {**form, **wrong}).status_code == 422
        assert dora.post(MANAGE, {"name": "New", "joining": "open", **wrong}).status_code == 422
    assert Group.objects.count() == 2
    assert dora.get(f"{MANAGE}999/").status_code == 404


def test_an_administrator_puts_in_takes_out_and_appoints(
    board: Board, as_person: SignedIn, choir: Group
) -> None:
    dora, page, carol = as_person("dora"), f"{MANAGE}{choir.pk}/", board.people["carol"]
    assert dora.post(page, {"do": "add", "name": "CAROL"}).status_code == 302
    missing = dora.post(page, {"do": "add", "name": "nobody"})
    assert (missing.status_code, "Nobody is called “nobody” here." in text(missing)) == (422, True)
    dora.post(page, {"do": "lead", "member": carol.pk})
    assert Membership.objects.get(group=choir, user=carol).is_leader
    dora.post(page, {"do": "follow", "member": carol.pk})
    assert not Membership.objects.get(group=choir, user=carol).is_leader
    dora.post(page, {"do": "remove", "member": carol.pk})
    assert names(choir) == {"alice"}
    as_person("carol").post(f"{HOME}{choir.pk}/", {"do": "ask"})
    assert "Who asks to join" in text(dora.get(page))
    dora.post(page, {"do": "accept", "member": carol.pk})
    assert names(choir) == {"alice", "carol"}


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_who_may_not_give_rights_manages_no_groups(
    board: Board, as_person: SignedIn, choir: Group, who: str
) -> None:
    browser = as_person(who)
    for address in (MANAGE, f"{MANAGE}{choir.pk}/"):
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"do": "add", "name": who}).status_code == 403
    assert names(choir) == {"alice"}


def test_who_gives_rights_by_a_group_does_not_take_oneself_out(board: Board, as_person: SignedIn) -> None:
    group = found_group(name="Keepers")
    give(
        giver=board.actor("dora"),
        holder=Holder("group", str(group.pk)),
        place=BOARD,
        values={"manage_rights": "yes"},
    )
    put_in(member_id=board.people["carol"].pk, group_id=group.pk)
    carol = as_person("carol")
    assert (
        carol.post(f"{MANAGE}{group.pk}/", {"do": "remove", "member": board.people["carol"].pk}).status_code
        == 422
    )
    assert names(group) == {"carol"}
