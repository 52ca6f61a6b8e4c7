"""Texts made to take long are shown or refused soon; what people write is not refused."""

import gzip
import json
import time
from contextlib import suppress
from pathlib import Path

import pytest

from bench import hostile
from rostra.markup import MARKUPS, Unfit, read, shown
from rostra.markup.limits import LONGEST, TooMuchWork, check

THREADS = Path(__file__).parents[2] / "shared" / "data" / "threads.jsonl.gz"
SECONDS = (
    1.5  # ten times what `bench markup` allows: for a slow machine; what grows by the square takes far longer
)
KNOWN = dict(hostile.known())


def seconds(text: str, markup: str) -> float:
    """CPU time of rendering a text, or of refusing it."""
    began = time.process_time()
    with suppress(Unfit):
        shown(read(text, markup))
    return time.process_time() - began


@pytest.mark.parametrize("name", KNOWN)
def test_what_took_long_once_is_soon_shown_or_refused(name: str) -> None:
    assert max(seconds(KNOWN[name], markup) for markup in MARKUPS) < SECONDS


def test_what_is_put_together_by_chance_is_soon_shown_or_refused() -> None:
    for name, text in hostile.found(40):  # others with other seeds: `bench markup --seed`
        assert max(seconds(text, markup) for markup in MARKUPS) < SECONDS, name


@pytest.mark.parametrize(
    "text", ["- " * 10 + "a\n", "> > > > a\n\nb\n\n", "http://a.b/ ", "[b]x[/b]", "*a* ", "a@b.co ", ">" * 12 + "[hr]"]
)  # fmt: skip
def test_more_of_anything_than_anybody_writes_is_too_much_work(text: str) -> None:
    with pytest.raises(TooMuchWork):
        check(text * (LONGEST // len(text) // (len(text.split("\n")) + 1)))


def test_a_long_letter_is_no_work() -> None:
    check("A sentence of a letter, and *another* one that goes on for a while.\n\n" * 1300)


@pytest.mark.skipif(not THREADS.exists(), reason="the threads are not beside the checkout")
def test_no_real_post_is_refused() -> None:
    number = 0
    with gzip.open(THREADS, "rt") as lines:
        for post in (post for line in lines for post in json.loads(line)["posts"]):
            if len(post["body"]) <= 60_000:
                read(post["body"], "both")
                number += 1
    assert number > 20_000


@pytest.mark.parametrize("markup", ["markdown", "both", "plain"])
def test_a_line_of_signs_is_an_ornament(markup: str) -> None:
    text = ">" * 70 + "\n" + "*" * 20 + " words " + "*" * 20
    html = shown(read(text, markup)).html
    assert "<blockquote>" not in html
    assert "<strong>" not in html
    assert "<blockquote>" in shown(read(">" * 5 + " words", markup)).html
