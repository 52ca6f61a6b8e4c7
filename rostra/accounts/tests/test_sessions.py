"""Sessions: whose they are, when they end, and keys that come in a cookie and so from anybody."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from rostra.accounts.actions import set_password
from rostra.accounts.models import SignIn, User
from tests.cast import PASSWORD, Board

SignedIn = Callable[[str], Client]


@pytest.mark.parametrize("key", ['"\\000abc"', "nothing", "ü", '"a b"', "x" * 4000])
def test_a_cookie_that_is_no_key_is_a_guest_s(board: Board, client: Client, key: str) -> None:
    answer = client.get("/", headers={"Cookie": f"session={key}"})
    assert answer.status_code == 200
    assert "Sign in" in answer.content.decode()


def is_member(client: Client) -> bool:
    return "Sign out" in client.get("/").content.decode()


def test_an_account_that_is_switched_off_is_out_at_once(board: Board, as_person: SignedIn) -> None:
    alice = as_person("alice")
    assert is_member(alice)
    User.objects.filter(name="alice").update(is_active=False)
    assert not is_member(alice)


def test_a_session_that_began_under_another_password_is_nobody_s(board: Board, as_person: SignedIn) -> None:
    alice = as_person("alice")
    User.objects.filter(name="alice").update(password="another hash")
    assert not is_member(alice)


def test_a_new_password_ends_every_session_of_the_account_and_no_other(board: Board) -> None:
    clients = {name: Client() for name in ("alice", "carol")}
    for name, client in clients.items():
        client.post("/sign-in/", {"login": name, "password": PASSWORD})
    assert Session.objects.count() == SignIn.objects.count() == 2
    set_password(user=board.people["alice"], password="quite another phrase")
    assert [is_member(client) for client in clients.values()] == [False, True]
    assert Session.objects.count() == SignIn.objects.count() == 1
