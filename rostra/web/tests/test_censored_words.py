"""The page where administrators say which words are not shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.board.actions import censor_word
from rostra.board.models import CensoredWord
from tests.cast import Board

SignedIn = Callable[[str], Client]
PAGE = "/manage/words/"


def _html(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("who", ["alice", "bob", "guest"])
def test_nobody_but_administrators_has_the_page(board: Board, as_person: SignedIn, who: str) -> None:
    censor_word(word="darn")
    browser = Client() if who == "guest" else as_person(who)
    assert browser.get(PAGE).status_code == (302 if who == "guest" else 403)
    for form in ({"word": "heck"}, {"remove": str(CensoredWord.objects.get().pk)}):
        assert browser.post(PAGE, form).status_code == 403
    assert list(CensoredWord.objects.values_list("word", flat=True)) == ["darn"]


def test_an_administrator_censors_a_word_and_shows_it_again(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(body="Darn it.")
    dora = as_person("dora")
    assert "No words." in _html(dora.get(PAGE))
    done = _html(dora.post(PAGE, {"word": " darn ", "instead": ""}, follow=True))
    assert "“darn” is not shown any more." in done
    assert "*** it." in _html(Client().get(topic.address))
    dora.post(PAGE, {"word": "DARN", "instead": "d—"})
    assert "d— it." in _html(Client().get(topic.address))
    word = CensoredWord.objects.get()
    gone = _html(dora.post(PAGE, {"remove": str(word.pk)}, follow=True))
    assert "“DARN” is shown again." in gone
    assert "Darn it." in _html(Client().get(topic.address))


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"word": " "}, "Type a word"),
        ({"word": "***"}, "Type a word"),
        ({"word": "a*b*c*"}, "A word can hold 2 stars at most."),
        ({"word": "x" * 61}, "The word has 61 characters; at most 60 are allowed."),
        ({"word": "darn", "instead": "y" * 61}, "At most 60 characters can stand in its place."),
        ({"word": "a\0b"}, "Type a word"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept_in_the_form(
    board: Board, as_person: SignedIn, form: dict[str, str], fault: str
) -> None:
    answer = as_person("dora").post(PAGE, form)
    assert answer.status_code == 422
    assert fault in _html(answer)
    assert not CensoredWord.objects.exists()


def test_the_list_has_an_end(board: Board, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rostra.board.actions.MOST_CENSORED", 1)
    dora = as_person("dora")
    assert dora.post(PAGE, {"word": "one"}).status_code == 302
    assert "The list is full: 1 words." in _html(dora.post(PAGE, {"word": "two"}))
    assert dora.post(PAGE, {"word": "ONE", "instead": "1"}).status_code == 302, "it is there already"
