"""Limits: by network and by account, with 429, Retry-After and what was typed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, RequestFactory

from rostra.kernel.clock import now
from rostra.web import ratelimits
from rostra.web.clients import client_address, client_network
from tests.cast import PASSWORD, Board
from tests.post import letters, link_in

SignedIn = Callable[[str], Client]


@pytest.fixture
def at_most(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    def limit(what: str, most: int) -> None:
        _, seconds, words = ratelimits.LIMITS[what]
        monkeypatch.setitem(ratelimits.LIMITS, what, (most, seconds, words))

    return limit


def fail(login: str = "alice", **more: Any) -> Any:
    return Client(**more).post("/sign-in/", {"login": login, "password": "wrong wrong"})


def test_too_many_wrong_passwords_close_the_account_for_a_while_and_say_for_how_long(
    board: Board, at_most: Callable[[str, int], None]
) -> None:
    at_most("sign-in as", 3)
    assert [fail().status_code for _ in range(3)] == [200, 200, 200]
    response = Client().post("/sign-in/", {"login": "ALICE", "password": PASSWORD})
    assert response.status_code == 429
    assert 290 <= int(response.headers["Retry-After"]) <= 300
    page = response.content.decode()
    assert "ALICE" in page
    assert PASSWORD not in page
    assert fail("bob").status_code == 200, "another account is not closed"
    with time_machine.travel(now() + timedelta(seconds=301)):
        assert Client().post("/sign-in/", {"login": "alice", "password": PASSWORD}).status_code == 302


def test_too_many_wrong_passwords_close_the_network(
    board: Board, at_most: Callable[[str, int], None]
) -> None:
    at_most("sign-in from", 3)
    for login in ("alice", "bob", "carol"):
        fail(login)
    assert fail("dora").status_code == 429
    assert fail("dora", REMOTE_ADDR="198.51.100.7").status_code == 200


def test_a_stranger_elsewhere_does_not_shut_the_owner_of_an_account_out(board: Board) -> None:
    for network in range(20):
        fail(REMOTE_ADDR=f"198.51.{network}.1")
    assert Client().post("/sign-in/", {"login": "alice", "password": PASSWORD}).status_code == 302


def test_an_account_that_is_guessed_at_from_everywhere_is_closed_for_a_while(
    board: Board, at_most: Callable[[str, int], None]
) -> None:
    at_most("sign-in anywhere as", 3)
    for network in range(3):
        assert fail(REMOTE_ADDR=f"198.51.{network}.1").status_code == 200
    assert fail(REMOTE_ADDR="198.51.100.7").status_code == 429


def test_right_passwords_are_not_counted(board: Board, at_most: Callable[[str, int], None]) -> None:
    at_most("sign-in as", 1)
    for _ in range(4):
        assert Client().post("/sign-in/", {"login": "alice", "password": PASSWORD}).status_code == 302


def test_new_accounts_are_limited_by_network_and_attempts_at_a_name_are_not(
    board: Board, at_most: Callable[[str, int], None]
) -> None:
    at_most("sign-up from", 1)
    typed = {"username": "alice", "email": "x@example.org", "password1": "a long enough secret"}
    for _ in range(3):
        assert Client().post("/sign-up/", typed).status_code == 200
    assert Client().post("/sign-up/", {**typed, "username": "First"}).status_code == 302
    response = Client().post("/sign-up/", {**typed, "username": "Second", "email": "y@example.org"})
    assert response.status_code == 429
    page = response.content.decode()
    assert "Second" in page
    assert "y@example.org" in page
    assert typed["password1"] not in page
    assert 3590 <= int(response.headers["Retry-After"]) <= 3600


def test_requests_for_mail_are_limited_by_address_and_by_network(
    board: Board, sends_mail: None, at_most: Callable[[str, int], None]
) -> None:
    at_most("mail to", 2)
    answers = [
        Client().post("/sign-in/forgotten/", {"email": "alice@example.org"}).status_code for _ in range(3)
    ]
    assert answers == [302, 302, 429]
    assert len(letters("alice@example.org")) == 2
    at_most("mail from", 3)
    assert Client().post("/sign-in/forgotten/", {"email": "bob@example.org"}).status_code == 429


def test_a_confirmation_is_sent_again_a_few_times_only(
    board: Board, sends_mail: None, client: Client, at_most: Callable[[str, int], None]
) -> None:
    at_most("mail to", 2)
    client.post(
        "/sign-up/", {"username": "Émile", "email": "e@example.org", "password1": "a long enough secret"}
    )
    assert client.post("/sign-up/confirm/").status_code == 302
    assert client.post("/sign-up/confirm/").status_code == 429
    assert len(letters("e@example.org")) == 2


def test_whether_an_address_has_an_account_does_not_show_in_the_limits(
    board: Board, sends_mail: None, at_most: Callable[[str, int], None]
) -> None:
    at_most("mail to", 2)
    seen = []
    for name, email in (("Known", "alice@example.org"), ("Fresh", "fresh@example.org")):
        client = Client()
        client.post("/sign-up/", {"username": name, "email": email, "password1": "a long enough secret"})
        seen.append([client.post("/sign-up/confirm/").status_code for _ in range(2)])
    assert seen[0] == seen[1] == [302, 429]


def test_limits_can_be_switched_off(board: Board, settings: Any, at_most: Callable[[str, int], None]) -> None:
    at_most("sign-in as", 1)
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"rate_limits": False})
    assert [fail().status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize(
    ("behind", "forwarded", "address"),
    [
        (False, "203.0.113.9", "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (True, "", "192.0.2.1"),
        (True, "not an address", "unknown"),
    ],
)
def test_the_proxy_is_believed_only_when_the_settings_say_that_there_is_one(
    settings: Any, behind: bool, forwarded: str, address: str
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"behind_proxy": behind})
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers=headers)) == address


def test_an_ipv6_network_counts_as_one() -> None:
    one, other, third = (
        client_network(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:2::3", "2001:db8:1:2:ffff::4", "2001:db8:1:3::3")
    )
    assert one == other != third


def test_a_new_password_opens_a_closed_account(
    board: Board, sends_mail: None, client: Client, at_most: Callable[[str, int], None]
) -> None:
    at_most("sign-in as", 1)
    at_most("sign-in anywhere as", 1)
    fail()
    assert fail().status_code == fail(REMOTE_ADDR="198.51.100.7").status_code == 429
    client.post("/sign-in/forgotten/", {"email": "alice@example.org"})
    form = client.get(link_in(letters()[0]), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "quite another phrase"})
    typed = {"login": "alice", "password": "quite another phrase"}
    assert client.post("/sign-in/", typed).status_code == 302


def test_links_are_guessed_at_a_limited_pace(board: Board, at_most: Callable[[str, int], None]) -> None:
    at_most("link from", 2)
    for address in ("/sign-in/forgotten/1-nonsense/", "/sign-up/confirm/nonsense/"):
        ratelimits.forgive("link from", "127.0.0.1")
        assert [Client().get(address).status_code == 429 for _ in range(3)] == [False, False, True]


@pytest.mark.parametrize("login", ["alice", "alice@example.org", "nobody", "nobody@example.org"])
def test_a_wrong_sign_in_makes_one_hash_whoever_it_was_meant_for(
    board: Board, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    assert fail(login).status_code == 200
    assert len(made) == 1


def test_a_form_that_expired_does_not_show_the_password(board: Board) -> None:
    client = Client(enforce_csrf_checks=True)
    typed = {"login": "alice", "password": "not for everybody"}
    page = client.post("/sign-in/", typed, headers={"Sec-Fetch-Site": "same-origin"}).content.decode()
    assert "not for everybody" not in page
    assert "alice" in page
