"""Markdown against the examples of the CommonMark and GitHub specifications, when they lie beside the checkout."""

import json
import re
from pathlib import Path

import pytest

from rostra.markup.display import Display, displayed
from rostra.markup.html import html_of
from rostra.markup.markdown import read_markdown

EXAMPLES = Path(__file__).parents[2] / "shared" / "data" / "adversarial"
NO_EXAMPLES = pytest.mark.skipif(
    not EXAMPLES.exists(), reason="the specifications' examples are not beside the checkout"
)
# Where we differ, and why.
SCHEME = "only http, https, ftp and mailto may be linked"
# Bare addresses are links by an extension of GitHub's; its examples have these numbers, and all others are without it.
EXTENSION = range(621, 632)
EXCEPTIONS = {
    "markdown-commonmark": {599: SCHEME, 601: SCHEME},
    "markdown-gfm": {
        607: SCHEME, 609: SCHEME,
        630: "linkify-it finds no mail address with a plus sign behind one that is none",
    },
}  # fmt: skip
_RAW_HTML = re.compile(r"</?[a-zA-Z][^<>:@]*>|<div|<!|<\?")
# What our pages do on purpose: directions, relations, classes, headings below the page's own, pictures as links, lines
# kept as typed; and what means the same.
_OURS = re.compile(r' (?:dir="auto"|rel="[^"]*"|class="[^"]*"|align="[^"]*")')
_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"(?: title="([^"]*)")? ?/?>')
_BOX = re.compile(r'<input (checked="" )?disabled="" type="checkbox"> ')
_BETWEEN = re.compile(r"\s*(</?(?:li|blockquote|ul|ol|p|h[1-6]|table|thead|tbody|tr|th|td|pre|hr)[^>]*>)\s*")


def normal(html: str, deeper: int = 0) -> str:
    """HTML without what is ours on purpose."""
    html = re.sub(
        r"(</?h)([1-6])", lambda found: f"{found[1]}{min(int(found[2]) + deeper, 6)}", _OURS.sub("", html)
    )
    html = _PICTURE.sub(_as_link, _BOX.sub(lambda found: "☑ " if found[1] else "☐ ", html))
    html = re.sub(r"<(br|hr) ?/>", r"<\1>", html).replace("<br>\n", "\n")
    html = (
        html.replace("<del>", "<s>")
        .replace("</del>", "</s>")
        .replace("&#39;", "'")
        .replace("&#34;", "&quot;")
    )
    return _BETWEEN.sub(r"\1", html).strip()


def _as_link(found: re.Match[str]) -> str:
    title = f' title="{found[3]}"' if found[3] else ""
    return f'<a href="{found[1]}"{title}>{found[2] or found[1]}</a>'


def examples(name: str) -> dict[int, tuple[str, str]]:
    """Source and HTML of a specification's examples by number, without those that use raw HTML."""
    found = {}
    for line in (EXAMPLES / name / "dev.jsonl").read_text().splitlines():
        record = json.loads(line)
        number = re.fullmatch(r"spec\.txt example (\d+)", record["title"])
        raw = _RAW_HTML.search(record["input"])
        if number and not (raw and raw[0] in record["expected"]):
            found[int(number[1])] = record["input"], record["expected"]
    return found


def _html(name: str, number: int, source: str) -> str:
    links_bare = name == "markdown-gfm" and number in EXTENSION
    return displayed(html_of(read_markdown(source)), Display(links_bare=links_bare))


@NO_EXAMPLES
@pytest.mark.parametrize("name", EXCEPTIONS)
def test_examples_come_out_as_specified(name: str) -> None:
    all_of_them = examples(name)
    different = {
        number
        for number, (source, html) in all_of_them.items()
        if normal(_html(name, number, source)) != normal(html, 2)
    }
    assert len(all_of_them) > 280
    assert different == set(EXCEPTIONS[name])
