"""Blocks in another language than the board's say so."""

import pytest

from rostra.markup import Conventions, render

ENGLISH = "The council voted last night on whether the old tunnel should be opened again for freight trains."
GERMAN = "Der Rat hat gestern Abend darüber abgestimmt, ob der alte Tunnel wieder für Güterzüge geöffnet werden soll."
RUSSIAN = "Вчера вечером совет голосовал о том, следует ли снова открыть старый туннель для грузовых поездов."
HEBREW = "אתמול בערב הצביעה המועצה בשאלה אם לפתוח מחדש את המנהרה הישנה לרכבות משא בין שתי הערים הגדולות."


def html(source: str, board: str = "en", markup: str = "both") -> str:
    return render(source, markup, conventions=Conventions((), board)).html


def test_a_text_in_the_boards_language_says_nothing() -> None:
    assert "lang=" not in html(f"{ENGLISH}\n\n- {ENGLISH}\n\n# {ENGLISH}\n\n> {ENGLISH}")
    assert "lang=" not in html(GERMAN, "de")
    assert "lang=" not in html(GERMAN, "de-AT")


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (RUSSIAN, "ru"), (HEBREW, "he")])
def test_each_block_in_another_language_names_it(text: str, language: str) -> None:
    made = html(f"{ENGLISH}\n\n{text}\n\n> {text}\n\n- {text}\n\n## {text}\n\n{ENGLISH}")
    assert made.count(f'lang="{language}"') == 4
    assert f'<p dir="auto" lang="{language}">' in made
    assert f'<li dir="auto" lang="{language}">' in made
    assert f'<h4 dir="auto" lang="{language}">' in made
    assert made.count(f'<p dir="auto">{ENGLISH}') == 2


def test_what_is_short_or_no_language_at_all_says_nothing() -> None:
    for source in (
        "Der Tunnel!",
        "0 1 2 3 4 5 6 7 8 9 " * 20,
        "x = y + z; " * 20,
        "\x0b\x0c" + "a b c d " * 30,
        "…" * 100,
    ):
        assert "lang=" not in html(source), source


def test_without_a_board_no_language_is_named() -> None:
    assert "lang=" not in html(GERMAN, "")


def test_words_stay_as_they_are() -> None:
    source = f"{ENGLISH}\n\n{GERMAN}"
    assert render(source, "both", conventions=Conventions((), "en")).text == render(source, "both").text
