"""Pieces of pages are kept within bounds: by their number, and by what they weigh."""

from rostra.web import showing
from rostra.web.fragments import Fragments, Pieces


def made(number: int) -> bytes:
    return b"x" * 1000


def test_of_too_many_pieces_the_oldest_go() -> None:
    pieces = Pieces(made, most=10)
    for number in range(25):
        pieces.piece(number, number)
    assert list(pieces._kept) == [(showing.key(), number) for number in range(15, 25)]
    assert pieces._size == 10 * 1000


def test_pieces_weigh_no_more_than_the_limit_however_few_they_are() -> None:
    pieces = Pieces(made, most=100_000, megabytes=1)
    for number in range(3000):
        pieces.piece(number, number)
        assert pieces._size <= 1024 * 1024
    assert len(pieces._kept) == 1024 * 1024 // 1000
    assert pieces._size == sum(len(piece) for piece in pieces._kept.values())


def test_a_piece_larger_than_the_limit_is_made_and_stands_alone() -> None:
    pieces = Pieces(lambda: b"x" * 2_000_000, megabytes=1)
    assert len(pieces.piece("big")) == 2_000_000
    pieces._make = lambda: b"small"
    assert pieces.piece("small") == b"small"
    assert list(pieces._kept) == [(showing.key(), "small")]
    assert pieces._size == 5


def test_the_same_piece_again_weighs_nothing_more_and_forgetting_weighs_nothing() -> None:
    since = Fragments("topics/since.html", most=3)
    for _ in range(5):
        since.piece("one", dict)
    assert since._size == len(since.piece("one", dict))
    since._keep(("another locality", "one"), "y" * 10)
    since._keep(("another locality", "one"), "y" * 4)
    assert since._size == len(since.piece("one", dict)) + 4
    since.forget()
    assert (len(since._kept), since._size) == (0, 0)
