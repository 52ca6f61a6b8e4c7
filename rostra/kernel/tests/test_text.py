"""Cutting text."""

import pytest
import regex
from hypothesis import given, strategies

from rostra.kernel.paging import page_of, page_window, read_key
from rostra.kernel.text import CUT_MARK, excerpt, name_key, one_line, slug, tidy_name


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Short.", "Short."),
        (
            "so American traitor Russell Bentley kidnapped and no one",
            "so American traitor Russell Bentley kidnapped and[…]",
        ),
        (
            'It\'s the Elite of the USA that is "jealous of everybody else" and so on',
            "It's the Elite of the USA that is[…]",
        ),
        (
            "I recently heard a video where Penn Jillette (whose name is here)",
            "I recently heard a video where Penn Jillette[…]",
        ),
        (
            '"We still have significant disagreements over the treaty"',
            '"We still have significant disagreements over the[…]"',
        ),
        ("x" * 80, "x" * 50 + CUT_MARK),
        ("👨‍👩‍👧‍👦" * 60, "👨‍👩‍👧‍👦" * 50 + CUT_MARK),
    ],
)
def test_an_excerpt_ends_where_a_reader_would_end_it(text: str, cut: str) -> None:
    assert excerpt(text, 50) == cut


@given(strategies.text(max_size=300), strategies.integers(1, 80))
def test_an_excerpt_is_whole_graphemes_of_the_text_and_never_too_long(text: str, length: int) -> None:
    cut = excerpt(text, length)
    line = one_line(text)
    if cut == line:
        return
    head = cut[: cut.rindex(CUT_MARK)]
    graphemes = regex.findall(r"\X", line)
    assert len(regex.findall(r"\X", head)) <= length
    assert any("".join(graphemes[:number]).rstrip() == head for number in range(length + 1))


def test_a_slug_keeps_other_alphabets_and_is_never_empty() -> None:
    assert slug("Выборы в Думу!", "topic") == "выборы-в-думу"
    assert slug("???", "topic") == "topic"


def test_names_that_read_alike_have_one_key() -> None:
    assert name_key("Old  Whig") == name_key("old whig") == name_key("ＯＬＤ WHIG")
    assert tidy_name("al\u200bice") == "alice"


def test_pages_follow_from_positions() -> None:
    assert [page_of(position, 20) for position in (1, 20, 21, 40, 41)] == [1, 1, 2, 2, 3]
    assert page_window(5, 9) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert page_window(10, 20) == [1, 2, None, 9, 10, 11, None, 19, 20]


@pytest.mark.parametrize("text", ["", "~", "yesterday~3", "2024-04-20T10:00:00~3", "2024-04-20T10:00:00Z~x"])
def test_a_key_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_key(text)
