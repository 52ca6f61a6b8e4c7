"""Looking at the board as others do: what they see and no more, nothing written, and no guest's page mixed up with it."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.accounts.actions import join_group
from rostra.accounts.models import Group
from rostra.forums.giving import give
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, NEWCOMERS, Holder
from rostra.topics.models import Post
from tests.cast import Board
from tests.door import Guest

SignedIn = Callable[[str], Client]
BAR = "You see the board as it is for:"


@pytest.fixture
def readers(board: Board) -> Group:
    """Asia is for this group alone; nobody is in it."""
    group, dora = Group.objects.create(name="Readers"), board.actor("dora")
    for holder, value in ((GUESTS, "no"), (MEMBERS, "no"), (Holder("group", str(group.pk)), "yes")):
        give(giver=dora, holder=holder, place=board.asia.pk, values={"see": value})
    board.topic(title="Zanzibar", forum=board.asia)
    return group


def looking(browser: Client, key: str) -> Client:
    """The browser, once somebody looks at the board as a holder."""
    assert browser.post("/manage/view/", {"holder": key}).headers["Location"] == "/"
    return browser


def page(browser: Client, address: str = "/") -> str:
    """What is on a page."""
    return browser.get(address).content.decode()


def test_one_sees_what_they_see_until_one_ends_it(board: Board, as_person: SignedIn, readers: Group) -> None:
    dora = as_person("dora")
    for key, name, sees in (
        ("circle-guests", "Guests", False),
        ("circle-members", "Members", False),
        (f"group-{readers.pk}", "Readers", True),
    ):
        assert "Zanzibar" in page(dora)
        looking(dora, key)
        for address in ("/", "/active/", f"/f/{board.europe.pk}-europe/", "/manage/rights/"):
            assert f"{BAR} {name}" in page(dora, address)
        assert ("Zanzibar" in page(dora)) is sees
        assert ("Zanzibar" in page(dora, "/active/")) is sees
        assert (dora.get(f"/f/{board.asia.pk}-asia/").status_code == 200) is sees
        assert 'href="/sign-in/"' not in page(dora)
        assert dora.post("/manage/view/", {"do": "end"}).headers["Location"] == "/manage/view/"
        assert BAR not in page(dora)


def test_nothing_is_written_meanwhile(board: Board, as_person: SignedIn, readers: Group) -> None:
    topic = board.topic()
    dora, posts = looking(as_person("dora"), f"group-{readers.pk}"), Post.objects.count()
    assert "You look at the board as others see it" in page(dora, topic.address)
    for address, form in (
        (f"{topic.address}reply", {"body": "Hello.", "token": "t"}),
        ("/settings/profile/", {"location": "Here", "about": ""}),
        ("/settings/account/password/", {"oldpassword": "x"}),
        ("/manage/rights/", {"place": "0", "holder": "circle-guests"}),
        ("/read/", {}),
        ("/sign-in/again/", {"password": "x"}),
    ):
        answer = dora.post(address, form)
        assert answer.status_code == 403
        assert "You look at the board as others see it" in answer.content.decode(), "no view was asked"
    assert Post.objects.count() == posts
    assert dora.get("/settings/profile/").status_code == 403, "nobody is led to the sign-in page"
    assert dora.post("/sign-out/").status_code == 302
    assert BAR not in page(dora)


def test_what_a_group_may_not_write_is_said(board: Board, as_person: SignedIn, readers: Group) -> None:
    give(giver=board.actor("dora"), holder=MEMBERS, place=board.europe.pk, values={"begin": "no"})
    dora = looking(as_person("dora"), f"group-{readers.pk}")
    assert "you may not do this: Begin topics." in page(dora, f"/f/{board.europe.pk}-europe/")


def test_newcomers_are_members_too(board: Board, as_person: SignedIn) -> None:
    give(giver=board.actor("dora"), holder=MEMBERS, place=board.asia.pk, values={"see": "never"})
    give(giver=board.actor("dora"), holder=NEWCOMERS, place=board.europe.pk, values={"see": "never"})
    assert f"/f/{board.europe.pk}-" in page(looking(as_person("dora"), "circle-members"))
    seen = page(looking(as_person("dora"), "circle-newcomers"))
    assert f"/f/{board.europe.pk}-" not in seen
    assert f"/f/{board.asia.pk}-" not in seen


@pytest.mark.parametrize("who", ["guest", "carol", "bob"])
def test_the_cookie_counts_only_for_those_who_give_rights(
    board: Board, as_person: SignedIn, readers: Group, who: str
) -> None:
    browser = Client() if who == "guest" else as_person(who)
    browser.cookies["view_as"] = f"group-{readers.pk}"
    assert BAR not in page(browser)
    assert "Zanzibar" not in page(browser)
    assert browser.post("/manage/view/", {"holder": f"group-{readers.pk}"}).status_code == 403


def test_a_member_who_gives_rights_may_look_and_loses_it_with_that_right(
    board: Board, as_person: SignedIn, readers: Group
) -> None:
    me = Holder("member", str(board.people["alice"].pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"manage_rights": "yes"})
    alice = looking(as_person("alice"), f"group-{readers.pk}")
    assert BAR in page(alice)
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"manage_rights": ""})
    assert BAR not in page(alice)


@pytest.mark.parametrize("key", ["circle-administrators", "member-1", "group-999", "", "x", "group-\0"])
def test_as_nobody_else_can_one_look(board: Board, as_person: SignedIn, key: str) -> None:
    dora = as_person("dora")
    assert dora.post("/manage/view/", {"holder": key}).status_code == 404
    dora.cookies["view_as"] = key
    assert BAR not in page(dora)


@pytest.fixture
def cookies(board: Board, as_person: SignedIn, readers: Group) -> dict[str, str]:
    """The cookies of who looks as the readers, and as guests. They are had before `guest` is there: Django's client would
    close the connection under it."""
    found = {}
    for key in (f"group-{readers.pk}", "circle-guests"):
        morsels = looking(as_person("dora"), key).cookies.items()
        found[key] = "; ".join(f"{name}={morsel.value}" for name, morsel in morsels)
    return found


def test_guests_kept_pages_are_not_mixed_up_with_it(
    board: Board, readers: Group, cookies: dict[str, str], guest: Guest
) -> None:
    as_readers = cookies[f"group-{readers.pk}"]
    for address in ("/", f"/f/{board.category.pk}-the-world/", "/active/"):
        first = guest.get(address, HTTP_COOKIE=as_readers)[2].decode()
        assert BAR in first
        assert f"/f/{board.asia.pk}-" in first or "Zanzibar" in first
        as_guest = guest.get(address)[2].decode()
        assert BAR not in as_guest
        assert "Zanzibar" not in as_guest
        again = guest.get(address, HTTP_COOKIE=as_readers)
        assert BAR in again[2].decode(), "the guest's page was kept, and is not served"
        assert "ETag" not in again[1]
        assert guest.get(address, HTTP_COOKIE="view_as=circle-members")[2].decode() == as_guest
    assert BAR in guest.get("/", HTTP_COOKIE=cookies["circle-guests"])[2].decode()
    assert BAR not in guest.get("/")[2].decode()


def test_looking_does_not_change_who_is_in_a_group(board: Board, as_person: SignedIn, readers: Group) -> None:
    looking(as_person("dora"), f"group-{readers.pk}")
    assert not readers.members.exists()
    join_group(user=board.people["carol"], group=readers)
    assert "Zanzibar" in page(as_person("carol"))
