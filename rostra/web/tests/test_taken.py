"""What sign-up refuses although it looked fine: addresses that no server takes, names taken in the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.accounts.actions import change_address
from rostra.accounts.models import User
from rostra.web.accounts import adapter
from tests.cast import PASSWORD, Board
from tests.post import letters, link_in

SignedIn = Callable[[str], Client]
EMILE = {"username": "Émile", "email": "emile@example.org", "password1": "a long enough secret"}


def text(response: Any) -> str:
    return str(response.content.decode())


def long_address(length: int) -> str:
    """A valid address of so many characters."""
    domain = ".".join(["a" * 60] * 3) + ".org"
    return "w" * (length - len(domain) - 1) + "@" + domain


def test_an_address_longer_than_any_mail_server_takes_is_refused(
    board: Board, sends_mail: None, as_person: SignedIn
) -> None:
    address = long_address(255)
    told = "at most 254 characters; this one has 255"
    assert told in text(Client().post("/sign-up/", {**EMILE, "email": address}))
    assert told in text(Client().post("/sign-in/forgotten/", {"email": address}))
    form = {"email": address, "password": PASSWORD}
    assert told in text(as_person("alice").post("/settings/account/address/", form))
    assert Client().post("/sign-up/", {**EMILE, "email": long_address(254)}).status_code == 302


def test_two_who_sign_up_with_one_name_at_the_same_moment_make_one_account(
    board: Board, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "why_not_name", lambda name: None)  # nobody had it when it was looked at
    page = text(client.post("/sign-up/", {**EMILE, "username": "Alice"}))
    assert "is taken" in page
    assert EMILE["email"] in page
    assert User.objects.filter(name_key="alice").count() == 1


def test_a_link_does_not_confirm_an_address_that_became_a_member_s_meanwhile(
    board: Board, sends_mail: None, client: Client
) -> None:
    client.post("/sign-up/", EMILE)
    link = link_in(letters()[0])
    change_address(user_id=board.people["alice"].pk, address=EMILE["email"])
    response = client.post(link)
    assert (response.status_code, "belongs to another account" in text(response)) == (422, True)
    assert User.objects.get(name="Émile").is_waiting
