"""Differences by words: both texts can always be read out of the pieces."""

import difflib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.web.changes import _MOST_LOOKS, words_changed

texts = st.text(alphabet="ab .,\n\u05d0é", max_size=120)


@given(old=texts, new=texts)
def test_both_texts_are_in_the_pieces(old: str, new: str) -> None:
    pieces = words_changed(old, new)
    assert "".join(text for sign, text in pieces if sign != "+") == old
    assert "".join(text for sign, text in pieces if sign != "-") == new
    assert all(text for _, text in pieces)


def test_only_the_words_that_changed_are_marked() -> None:
    assert words_changed("We met in Paris today.", "We met in Rome today.") == [
        ("", "We met in"), ("-", " Paris"), ("+", " Rome"), ("", " today."),
    ]  # fmt: skip


@pytest.mark.parametrize("piece", ["word ", "a\n", "a b ", "x\n\ny\n"])
def test_what_repeats_itself_is_not_compared_at_length(piece: str) -> None:
    old, new = piece * 5000, "other\n" + piece * 4999
    assert [sign for sign, _ in words_changed(old, new)] == ["-", "+"]


def test_a_text_in_which_every_second_line_changed_is_compared_within_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    look = difflib.SequenceMatcher.find_longest_match

    def counted(self: Any, alo: int, ahi: int, blo: int, bhi: int) -> difflib.Match:
        looked.append(ahi - alo)
        return look(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(difflib.SequenceMatcher, "find_longest_match", counted)
    old = "".join(f"{number}\nx\n" for number in range(4000))
    new = old.replace("x", "y")
    pieces = words_changed(old, new)
    assert 0 < sum(looked) <= _MOST_LOOKS
    assert "".join(text for sign, text in pieces if sign != "+") == old
    assert "".join(text for sign, text in pieces if sign != "-") == new


def test_a_change_in_a_long_text_is_still_found_by_words() -> None:
    lines = [f"Line {number} says something of its own." for number in range(1000)]
    changed = [*lines[:500], lines[500].replace("something", "nothing"), *lines[501:]]
    pieces = words_changed("\n".join(lines), "\n".join(changed))
    assert [piece for piece in pieces if piece[0]] == [("-", " something"), ("+", " nothing")]
