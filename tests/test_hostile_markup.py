"""Texts that were made to do harm, when they lie beside the checkout: rendered, they hold only what is allowed."""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from rostra.kernel.text import excerpt
from rostra.markup import MARKUPS, Quoted, Unfit, quotation, read, render, shown
from rostra.markup.html import html_of
from rostra.markup.rendering import _cleaner, _document
from tests.html5 import elements, faults

HOSTILE = Path(__file__).parents[2] / "shared" / "data" / "adversarial"
NO_TEXTS = pytest.mark.skipif(not HOSTILE.exists(), reason="the hostile texts are not beside the checkout")
PATHOLOGICAL = HOSTILE / "pathological-markup.tar.gz"


def sets() -> list[str]:
    """The names of the sets of texts."""
    return sorted(path.parent.name for path in HOSTILE.glob("*/dev.jsonl"))


def texts(name: str) -> Iterator[str]:
    """The texts of a set."""
    for line in (HOSTILE / name / "dev.jsonl").read_text().split("\n"):
        if line:
            yield json.loads(line)["input"]


@NO_TEXTS
@pytest.mark.parametrize("name", sets())
def test_nothing_but_what_is_allowed_comes_out(name: str) -> None:
    number = 0
    for source in texts(name):
        for markup in MARKUPS:
            html = render(source, markup).html
            assert faults(html_of(_document(source, markup))) == [], ("the first wall", markup, source)
            assert faults(html) == [], (markup, source)
            assert _cleaner.clean(html) == html, (markup, source)
            number += 1
    assert number >= 4


@NO_TEXTS
def test_the_sets_are_those_that_are_meant() -> None:
    assert len(sets()) >= 15
    assert sum(1 for name in sets() for _ in texts(name)) > 5000


@NO_TEXTS
@pytest.mark.parametrize("name", [name for name in sets() if name.startswith(("xss", "naughty", "html"))])
def test_quotations_and_excerpts_of_hostile_texts_are_harmless_too(name: str) -> None:
    for source in texts(name):
        for markup in ("markdown", "both"):
            quoted = quotation(Quoted(source, source[:60], 5), markup)
            assert faults(render(quoted, markup).html) == [], source
            assert list(elements(str(escape(excerpt(render(source, markup).own, 50))))) == [], source


@NO_TEXTS
def test_long_and_deep_texts_are_rendered_or_refused() -> None:
    answers = set()
    with tarfile.open(PATHOLOGICAL) as packed:
        for member in packed.getmembers():
            if not member.isfile() or not member.name.endswith((".txt", ".md")):
                continue
            source = packed.extractfile(member).read().decode(errors="replace")[:50_000]  # type: ignore[union-attr]
            for markup in MARKUPS:
                try:
                    assert faults(shown(read(source, markup)).html) == [], member.name
                    answers.add("rendered")
                except Unfit as fault:
                    answers.add(type(fault).__name__)
    assert answers == {"rendered", "TooDeep", "TooManyLines", "TooMuchWork"}


TAGS = st.lists(
    st.sampled_from(
        ["[b]", "[/b]", "[i]", "[/i]", "[quote=alice post_id=5]", "[/quote]", "[list]", "[*]", "[/list]", "[url]", "[/url]",
         "[url=javascript:x]", "[url=https://example.org/]", "[img]", "[/img]", "[code]", "[/code]", "[table]", "[tr]", "[td]",
         "[/table]", "[spoiler=x]", "[/spoiler]", "[center]", "[/center]", "||", "**", "*", "`", "> ", "\n", "\n\n", "- ",
         "1. ", "<script>", "[x](", ")", "https://example.org/a_b", "alice", " ", "&lt;", "\x02", "\x03", "\ue001", "[color=#f00]",
         "[/color]", "[size=150]", "[/size]", "[hr]", "|", "---", "```\n", "[noparse]", "[/noparse]"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(TAGS | st.text(max_size=200), st.sampled_from(MARKUPS))
def test_any_text_is_rendered_without_a_fault_and_the_same_twice(source: str, markup: str) -> None:
    rendered = shown(read(source, markup))
    assert faults(rendered.html) == []
    assert shown(read(source, markup)) == rendered
    assert _cleaner.clean(rendered.html) == rendered.html
