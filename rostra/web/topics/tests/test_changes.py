"""Differences by words: both texts can always be read out of the pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.web.topics.changes import words_changed

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
