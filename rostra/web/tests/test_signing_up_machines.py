"""What keeps programs from signing up, and lets people through, without asking anybody else."""

from typing import Any

import pytest
from django.test import Client

from rostra.accounts.models import User
from tests.cast import Board

EMILE = {"username": "Émile", "email": "emile@example.org", "password1": "a long enough secret"}


@pytest.fixture
def asking(board: Board, settings: Any) -> Client:
    """A board that asks a question of who signs up."""
    asked = {"signup_question": "Which city does our name come from?", "signup_answers": "Rome, Roma"}
    settings.ROSTRA = settings.ROSTRA.model_copy(update=asked)
    return Client()


def joined() -> bool:
    return User.objects.filter(name="Émile").exists()


def test_the_question_of_the_board_is_asked_and_nothing_typed_is_lost(asking: Client) -> None:
    assert "Which city does our name come from?" in asking.get("/sign-up/").content.decode()
    for answer in ("", "Athens"):
        page = asking.post("/sign-up/", {**EMILE, "answer": answer}).content.decode()
        assert 'value="Émile"' in page
        assert ("This is not the answer." in page) is bool(answer)
    assert not joined()


@pytest.mark.parametrize("answer", ["Rome", " roma ", "ROMA"])
def test_who_knows_the_answer_signs_up(asking: Client, answer: str) -> None:
    assert asking.post("/sign-up/", {**EMILE, "answer": answer}).status_code == 302
    assert joined()


def test_who_fills_in_what_people_do_not_see_does_not_sign_up(board: Board, client: Client) -> None:
    page = client.post("/sign-up/", {**EMILE, "homepage": "https://pills.example"}).content.decode()
    assert "Leave the hidden field" in page
    assert not joined()
    assert client.post("/sign-up/", {**EMILE, "homepage": ""}).status_code == 302
