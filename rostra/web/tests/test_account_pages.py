"""What the pages of accounts tell browsers, password managers and screen readers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Board

SignedIn = Callable[[str], Client]


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("path", "person", "fields"),
    [
        ("/sign-up/", "", {"username": "username", "email": "email", "password1": "new-password"}),
        ("/sign-in/", "", {"login": "username", "password": "current-password"}),
        ("/sign-in/forgotten/", "", {"email": "email"}),
        ("/sign-in/again/", "alice", {"": "username", "password": "current-password"}),
        (
            "/settings/account/",
            "alice",
            {
                "email": "email",
                "": "username",
                "oldpassword": "current-password",
                "password1": "new-password",
            },
        ),
    ],
)
def test_password_managers_know_what_each_field_is(
    board: Board, sends_mail: None, as_person: SignedIn, path: str, person: str, fields: dict[str, str]
) -> None:
    page = text((as_person(person) if person else Client()).get(path))
    for name, purpose in fields.items():
        wanted = f' name="{name}"' if name else f' value="{person}"'
        assert re.search(rf"<input[^>]*{wanted}[^>]* autocomplete=\"{purpose}\"", page), name
    assert "onpaste" not in page


def test_a_page_that_asks_again_does_so_in_the_boards_own_words(board: Board, as_person: SignedIn) -> None:
    page = text(as_person("alice").get("/sign-in/again/"))
    assert "Type your password once more" in page
    assert "placeholder" not in page
    wrong = text(as_person("alice").post("/sign-in/again/", {"password": "wrong wrong"}))
    assert 'aria-describedby="id_password_error"' in wrong
    assert 'id="id_password_error"' in wrong
