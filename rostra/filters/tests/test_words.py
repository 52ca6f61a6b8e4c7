"""Which titles a word finds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.filters.words import Words, tidy_word, word_key
from rostra.kernel.text import folded

FOUND = [
    ("tunnel", "Who pays for the TUNNEL?"),
    ("Élysée", "elysee and its windows"),
    ("elysee", "L’Élysée"),
    ("straße", "STRASSE der Woche"),
    ("elect*", "After the elections"),
    ("elect*", "Elect me"),
    ("night train", "The  Night\tTrain to Vienna"),
    ("night tr*", "A night tram"),
    ("c++", "C++ in parliament"),
    ("выборы", "Выборы в мае"),
    ("政治", "日本の政治家"),
    ("การเมือง", "ข่าวการเมืองวันนี้"),
    ("انتخابات", "انتِخَابات جديدة"),
    ("лён", "Лен и хлопок"),
    ("ﬁsh", "Fish and chips"),
    ("2026", "Elections (2026)"),
]
NOT_FOUND = [
    ("tunnel", "Tunnels everywhere"),
    ("tunnel", "A carpal-tunnelling"),
    ("elect*", "Reelect nobody"),
    ("night train", "Night of the train"),
    ("night train", "Midnight train"),
    ("night train", "Night trains"),
    ("か", "が"),
    ("हिंद", "हिंदी"),
    ("мои", "мой"),
    ("іх", "їх"),
]


@pytest.mark.parametrize(("word", "title"), FOUND)
def test_a_word_is_found_whatever_its_case_and_accents(word: str, title: str) -> None:
    assert Words([word_key(word)]).are_in(title)
    assert Words([word_key(unicodedata.normalize("NFD", word))]).are_in(unicodedata.normalize("NFD", title))


@pytest.mark.parametrize(("word", "title"), NOT_FOUND)
def test_only_whole_words_are_found(word: str, title: str) -> None:
    assert not Words([word_key(word)]).are_in(title)


def test_many_words_are_one_question() -> None:
    words = Words([word_key(word) for word in ("tax*", "rent", "budget day", "税")])
    assert [words.are_in(title) for title in ("Taxes", "No rent", "On budget day", "消費税", "Renting")] == [
        True,
        True,
        True,
        True,
        False,
    ]


def test_what_cannot_be_seen_does_not_hide_in_a_word() -> None:
    assert tidy_word(" a\u202eb\u0007  c ") == "ab c"


@given(words=st.lists(st.text(min_size=1), max_size=6), place=st.integers(0, 5), star=st.booleans())
def test_a_title_is_found_by_each_of_its_words(words: list[str], place: int, star: bool) -> None:
    title = " ".join(words)
    wanted = [key for key in folded(title).split() if key.isalnum()]
    if wanted:
        key = wanted[place % len(wanted)]
        assert Words([f"{key}*" if star else key]).are_in(title)


@given(text=st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
