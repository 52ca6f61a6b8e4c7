"""Finding members and helping them, and the board's own settings, for who was given that."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.accounts import searching
from rostra.accounts.actions import join, welcome
from rostra.accounts.models import SignIn, User
from rostra.board.queries import profile, stamp
from rostra.forums.giving import give
from rostra.moderation.sanctions import FOR_EVER
from rostra.permissions.resolution import BOARD, Holder
from tests.cast import PASSWORD, Board

SignedIn = Callable[[str], Client]
MEMBERS, SETTINGS = "/manage/members/", "/manage/board/"


def text(response: Any) -> str:
    """The page as people read it."""
    return html.unescape(response.content.decode())


def _give(board: Board, name: str, capability: str) -> None:
    holder = Holder("member", str(board.people[name].pk))
    give(giver=board.actor("dora"), holder=holder, place=BOARD, values={capability: "yes"})


def _waiting(name: str, email: str) -> User:
    user = User(name=name, email=email, is_waiting=True)
    user.set_password(PASSWORD)
    welcome(user=user)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    return user


@pytest.mark.parametrize("capability", ["manage_members", "manage_board"])
def test_these_pages_are_for_who_was_given_that(
    board: Board, client: Client, as_person: SignedIn, capability: str
) -> None:
    addresses = {
        "manage_members": [MEMBERS, f"{MEMBERS}{board.people['carol'].pk}/"],
        "manage_board": [SETTINGS],
    }[capability]
    for address in addresses:
        assert client.get(address).headers["Location"].startswith("/sign-in/")
        for name in ("alice", "bob"):
            assert as_person(name).get(address).status_code == 403
            assert as_person(name).post(address, {"do": "close", "read_only": "x"}).status_code in (403, 405)
    _give(board, "alice", capability)
    alice = as_person("alice")
    assert f'href="{addresses[0]}"' in text(alice.get("/"))
    for address in addresses:
        assert alice.get(address).status_code == 200
    others = {MEMBERS, SETTINGS, "/manage/rights/", "/manage/forums/"} - set(addresses)
    assert all(alice.get(other).status_code == 403 for other in others)


def test_members_are_found_by_how_a_name_or_an_address_begins(board: Board, as_person: SignedIn) -> None:
    dora = as_person("dora")
    join(name="Álvaro", email="al@b.example", password=PASSWORD)
    join(name="50% off_", email="", password=PASSWORD)
    for asked, found in (("AL", {"alice"}), ("álv", {"Álvaro"}), ("50%", {"50% off_"}), ("5_", set()), ("al@", {"Álvaro"}),
                         ("alice@EX", {"alice"}), ("ice", set()), ("@", set())):  # fmt: skip
        page = text(dora.get(MEMBERS, {"q": asked})).split("<main")[1]
        names = ("alice", "Álvaro", "bob", "50% off_")
        assert {name for name in names if f"<bdi>{name}</bdi></a>" in page} == found, asked
    assert "Nobody begins like that." in text(dora.get(MEMBERS, {"q": "zz"}))
    assert dora.get(MEMBERS, {"q": "a\0b"}).status_code == 200


def test_a_long_list_is_read_page_by_page(
    board: Board, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "ON_A_PAGE", 2)
    for number in range(5):
        join(name=f"zed {number}", email="", password=None)
    User.objects.filter(name__startswith="zed").update(email="zed@example.org")
    for asked in ("zed", "zed@"):
        after, seen = "", []
        for _page in range(3):
            page = searching.accounts_beginning(asked, after)
            seen += [row.name for row in page.rows]
            after = page.after
        assert seen == [f"zed {number}" for number in range(5)]
        assert after == ""
    assert "after=zed" in text(as_person("dora").get(MEMBERS, {"q": "zed"}))


def test_an_index_finds_them(board: Board) -> None:
    with CaptureQueriesContext(connection) as queries:
        for asked in ("ali", "ali@"):
            searching.accounts_beginning(asked)
            searching.accounts_beginning(asked, "alice 3")
        searching.accounts_waiting()
    assert len(queries) == 5
    for each in queries:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
            words = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            cursor.execute(f"{words} {each['sql']}".replace("%", "%%"))
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
        assert "INDEX" in plan.upper(), plan
        assert "SCAN accounts_user\n" not in f"{plan}\n", plan


def test_the_page_of_an_account_says_what_holds_for_it(board: Board, as_person: SignedIn) -> None:
    bob, carol = board.people["bob"], board.people["carol"]
    User.objects.filter(id=carol.pk).update(banned_until=FOR_EVER)
    dora = as_person("dora")
    page = text(dora.get(f"{MEMBERS}{bob.pk}/"))
    for words in ("bob@example.org", "Europe Mods", "nothing in particular"):
        assert words in page
    assert "banned" in text(dora.get(f"{MEMBERS}{carol.pk}/"))
    assert "banned" in text(dora.get(MEMBERS, {"q": "carol"}))
    assert dora.get(f"{MEMBERS}999999/").status_code == 404


def test_an_address_is_counted_as_confirmed(board: Board, as_person: SignedIn) -> None:
    erin, twin = _waiting("erin", "erin@example.org"), _waiting("twin", "alice@example.org")
    dora = as_person("dora")
    assert "erin@example.org" in text(dora.get(MEMBERS))
    answer = dora.post(f"{MEMBERS}{erin.pk}/", {"do": "confirm"})
    assert answer.headers["Location"] == f"{MEMBERS}{erin.pk}/?done=confirmed"
    assert "account is a member's" in text(dora.get(answer.headers["Location"]))
    assert not User.objects.get(id=erin.pk).is_waiting
    assert EmailAddress.objects.get(user=erin).verified
    browser = Client()
    browser.post("/sign-in/", {"login": "erin", "password": PASSWORD})
    assert "/settings/" in text(browser.get("/"))
    assert dora.post(f"{MEMBERS}{twin.pk}/", {"do": "confirm"}).status_code == 403
    assert User.objects.get(id=twin.pk).is_waiting


def test_an_account_is_signed_out_everywhere(board: Board, as_person: SignedIn) -> None:
    browser = Client()
    browser.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    assert SignIn.objects.filter(user=board.people["alice"]).exists()
    dora = as_person("dora")
    dora.post(f"{MEMBERS}{board.people['alice'].pk}/", {"do": "end"})
    assert not SignIn.objects.filter(user=board.people["alice"]).exists()
    assert "/settings/" not in text(browser.get("/"))


def test_administrators_are_left_to_administrators(board: Board, as_person: SignedIn) -> None:
    _give(board, "alice", "manage_members")
    address = f"{MEMBERS}{board.people['dora'].pk}/"
    alice = as_person("alice")
    assert "look after their accounts themselves" in text(alice.get(address))
    assert alice.post(address, {"do": "end"}).status_code == 403


def test_the_board_gets_another_name(board: Board, as_person: SignedIn) -> None:
    dora = as_person("dora")
    typed = {"do": "describe", "name": "Agora  <b>", "short_name": "A", "tagline": ""}
    assert dora.post(SETTINGS, typed).status_code == 302
    known = profile(stamp().structure)
    assert (known.name, known.short_name, known.tagline, known.language) == ("Agora <b>", "A", "", "en")
    assert "Agora <b>" in text(dora.get("/"))
    refused = dora.post(SETTINGS, {**typed, "name": " ", "short_name": "x" * 21, "tagline": "kept <i>"})
    assert refused.status_code == 422
    page = text(refused)
    assert 'id="name_fault"' in page
    assert 'id="short_name_fault"' in page
    assert 'value="kept <i>"' in page


def test_the_board_is_closed_with_a_reason_and_opened_again(board: Board, as_person: SignedIn) -> None:
    dora, topic = as_person("dora"), board.topic()
    without = dora.post(SETTINGS, {"do": "close", "read_only": " "})
    assert without.status_code == 422
    assert 'id="read_only_fault"' in text(without)
    assert dora.post(SETTINGS, {"do": "close", "read_only": "We move house."}).status_code == 302
    assert "We move house." in text(as_person("alice").get(f"{topic.address}reply"))
    refused = dora.post(SETTINGS, {"do": "describe", "name": "X", "short_name": "X"})
    assert refused.status_code == 403
    assert dora.post(SETTINGS, {"do": "open"}).status_code == 302
    assert profile(stamp().structure).read_only == ""
