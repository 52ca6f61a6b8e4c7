"""Forums with a password: who types it finds what is in them, nobody else does, and no guest's kept page tells it."""

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.test import Client

from rostra.accounts.actors import GUEST
from rostra.board.queries import stamp
from rostra.forums.giving import give, opens, set_forum_password
from rostra.forums.models import Forum, ForumModerators
from rostra.forums.policy import why_not_read, why_not_write
from rostra.forums.queries import NONE_CLOSED, closed_to, forest
from rostra.kernel.refusals import Invalid, Refused
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import BOARD, GUESTS
from rostra.topics.queries import TopicRow
from tests.cast import Board
from tests.door import Guest

SignedIn = Callable[[str], Client]
SECRET, SESAME = "Zanzibar", "open sesame"


@pytest.fixture
def topic(board: Board) -> TopicRow:
    """A topic in Asia, which has a password."""
    made = board.topic(title=f"{SECRET} plans", forum=board.asia)
    lock(board, SESAME)
    return made


def lock(board: Board, password: str, forum: Forum | None = None) -> None:
    """Give Asia, or another forum, a password."""
    set_forum_password(giver=board.actor("dora"), place=(forum or board.asia).pk, password=password)


def address(board: Board, forum: Forum | None = None) -> str:
    """Where the password is typed."""
    one = forum or board.asia
    return f"/f/{one.pk}-{one.slug}/password"


@pytest.mark.parametrize("who", ["guest", "carol"])
def test_who_types_the_password_goes_on_to_where_they_came_from(
    board: Board, as_person: SignedIn, topic: TopicRow, who: str
) -> None:
    browser = Client() if who == "guest" else as_person(who)
    asked = browser.get(topic.address)
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith(address(board))
    form = browser.get(asked.headers["Location"]).content.decode()
    assert f'name="next" value="{topic.address}"' in form
    wrong = browser.post(address(board), {"password": "sesame", "next": topic.address})
    assert (wrong.status_code, "This is not the password" in wrong.content.decode()) == (422, True)
    assert SECRET not in browser.get("/").content.decode()
    right = browser.post(address(board), {"password": SESAME, "next": topic.address})
    assert right.headers["Location"] == topic.address
    for page in (topic.address, "/", "/active/", f"/f/{board.asia.pk}-asia/"):
        assert SECRET in browser.get(page).content.decode()
    other = as_person("alice") if who == "guest" else Client()
    assert SECRET not in other.get("/active/").content.decode()
    lock(board, "another")
    assert SECRET not in browser.get("/active/").content.decode(), "this one was not typed"
    lock(board, "")
    assert SECRET in other.get("/active/").content.decode()


@pytest.fixture
def cookie(board: Board, topic: TopicRow) -> str:
    """That of a guest who has typed the password, had before `guest` is there."""
    browser = Client()
    browser.post(address(board), {"password": SESAME})
    return f"opened_forums={browser.cookies['opened_forums'].value}"


def test_what_a_guest_opened_comes_from_no_kept_page_and_leaves_none(
    board: Board, topic: TopicRow, cookie: str, guest: Guest
) -> None:
    for page in ("/", "/active/", topic.address, f"/f/{board.asia.pk}-asia/"):
        for _visit in range(2):
            assert SECRET not in guest.get(page)[2].decode()
            assert SECRET in guest.get(page, HTTP_COOKIE=cookie)[2].decode()
    for page in ("/feed/", "/sitemap-1.xml"):
        assert SECRET.lower() not in guest.get(page, HTTP_COOKIE=cookie)[2].decode().lower()


def test_a_forged_cookie_opens_nothing(board: Board, topic: TopicRow) -> None:
    node = board.node(board.asia)
    for value in (f'["{node.lock}"]', node.lock, "x:y:z", ""):
        browser = Client()
        browser.cookies = SimpleCookie({"opened_forums": value})
        assert SECRET not in browser.get("/active/").content.decode()


def test_moderators_of_the_forum_and_administrators_need_none(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    assert SECRET not in as_person("bob").get("/active/").content.decode()
    assert SECRET in as_person("dora").get("/active/").content.decode()
    lock(board, "")
    ForumModerators.objects.create(forum=board.asia, group=board.moderators)
    lock(board, SESAME)
    bob = as_person("bob")
    assert SECRET in bob.get(topic.address).content.decode()
    assert bob.get(address(board)).status_code == 302


def test_a_password_holds_for_what_is_below_and_each_is_typed(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    lock(board, "the world", board.category)
    carol = as_person("carol")
    carol.post(address(board), {"password": SESAME})
    asked = carol.get(topic.address)
    assert asked.headers["Location"].startswith(address(board, board.category))
    carol.post(address(board, board.category), {"password": "the world"})
    assert SECRET in carol.get(topic.address).content.decode()


def test_nothing_is_written_where_the_password_was_not_typed(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    carol, node = board.actor("carol"), board.node(board.asia)
    assert why_not_read(carol, node)
    assert why_not_write(carol, node, May.REPLY)
    answer = as_person("carol").post(f"{topic.address}reply", {"body": "Hello.", "token": "t"})
    assert answer.status_code == 403
    assert "has a password" in answer.content.decode()


def test_wrong_passwords_are_counted_by_network(board: Board, topic: TopicRow, settings: Any) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"rate_limits": True})
    browser = Client()
    for _try in range(20):
        assert browser.post(address(board), {"password": "x"}).status_code == 422
    late = Client().post(address(board), {"password": SESAME})
    assert late.status_code == 429
    assert "Retry-After" in late.headers


def test_who_may_not_see_or_read_cannot_type_it(board: Board, topic: TopicRow) -> None:
    give(giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"read": "no"})
    assert Client().post(address(board), {"password": SESAME}).status_code == 403
    give(giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"see": "no"})
    assert Client().post(address(board), {"password": SESAME}).status_code == 404


def test_one_is_led_to_no_other_host(board: Board, topic: TopicRow) -> None:
    for there in ("https://example.org/", "//example.org/x", "javascript:alert(1)"):
        answer = Client().post(address(board), {"password": SESAME, "next": there})
        assert answer.headers["Location"] == f"/f/{board.asia.pk}-asia/"


def test_a_board_without_passwords_asks_for_none(board: Board) -> None:
    tree = forest(stamp().structure)
    assert tree.locked_to(GUEST) == frozenset()
    assert closed_to(tree, GUEST) == NONE_CLOSED
    assert not opens(place=board.asia.pk, password="")
    assert Client().get(address(board)).headers["Location"] == f"/f/{board.asia.pk}-asia/"


def test_an_administrator_sets_and_removes_it(board: Board, as_person: SignedIn) -> None:
    dora, page = as_person("dora"), "/manage/passwords/"
    assert dora.post(page, {"place": board.asia.pk, "password": SESAME}).status_code == 302
    shown = dora.get(page).content.decode()
    assert re.search(r"<li><p[^>]*>Asia</p>", shown)
    assert SESAME not in shown + Forum.objects.get(id=board.asia.pk).password
    assert opens(place=board.asia.pk, password=SESAME)
    assert dora.post(page, {"remove": board.asia.pk}).status_code == 302
    assert "No forum has a password." in dora.get(page).content.decode()
    for form in (
        {"place": board.asia.pk, "password": ""},
        {"place": 0, "password": "x"},
        {"place": 99, "password": "x"},
    ):
        assert dora.post(page, form).status_code == 422
    assert as_person("bob").post(page, {"place": board.asia.pk, "password": "x"}).status_code == 403
    with pytest.raises(Refused):
        set_forum_password(giver=board.actor("bob"), place=board.asia.pk, password="x")
    with pytest.raises(Invalid):
        set_forum_password(giver=board.actor("dora"), place=BOARD, password="x")


def test_the_session_keeps_it_through_pages_of_accounts(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    carol = as_person("carol")
    carol.post(address(board), {"password": SESAME})
    carol.get("/settings/profile/")
    assert SECRET in carol.get("/active/").content.decode()
