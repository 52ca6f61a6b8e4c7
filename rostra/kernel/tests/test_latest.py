"""What is kept for one version."""

from functools import partial

from rostra.kernel.changes import change
from rostra.kernel.latest import Latest, LatestOfEach
from tests.cast import Board


def test_a_value_is_read_once_for_each_version_and_again_when_forgotten() -> None:
    latest: Latest[str] = Latest()
    read: list[str] = []

    def reading(text: str) -> str:
        read.append(text)
        return text

    assert [latest.at(version, partial(reading, f"of {version}")) for version in (1, 1, 2, 2, 1)] == [
        "of 1", "of 1", "of 2", "of 2", "of 1",
    ]  # fmt: skip
    latest.forget()
    assert latest.at(1, lambda: reading("anew")) == "anew"
    assert read == ["of 1", "of 2", "of 1", "anew"]


def test_each_key_is_read_once_for_a_version_and_again_for_the_next() -> None:
    reads: list[str] = []
    latest: LatestOfEach[str] = LatestOfEach()

    def read(words: str) -> str:
        reads.append(words)
        return words

    assert latest.at(1, "europe", lambda: read("one")) == "one"
    assert latest.at(1, "asia", lambda: read("two")) == "two"
    assert latest.at(1, "europe", lambda: read("never")) == "one"
    assert latest.at(2, "europe", lambda: read("three")) == "three"
    assert latest.at(1, "europe", lambda: read("four")) == "four"
    latest.forget()
    assert latest.at(1, "europe", lambda: read("five")) == "five"
    assert reads == ["one", "two", "three", "four", "five"]


def test_what_is_read_inside_a_change_is_kept_as_long_as_the_change_and_no_longer(board: Board) -> None:
    one: Latest[str] = Latest()
    each: LatestOfEach[str] = LatestOfEach()
    reads: list[str] = []

    def read(words: str) -> str:
        reads.append(words)
        return words

    assert one.at(1, lambda: read("known before")) == "known before"
    with change():
        assert one.at(1, lambda: read("never")) == "known before"
        for _again in range(2):
            assert one.at(2, lambda: read("not committed")) == "not committed"
            assert each.at(2, "europe", lambda: read("nor this")) == "nor this"
    assert one.at(2, lambda: read("committed")) == "committed"
    assert each.at(2, "europe", lambda: read("and this")) == "and this"
    assert reads == ["known before", "not committed", "nor this", "committed", "and this"]
