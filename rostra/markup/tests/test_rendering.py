"""From Markdown to safe HTML and plain text."""

import re

import pytest
from hypothesis import given, strategies

from rostra.markup import quotation, render
from rostra.markup.rendering import TAGS

ALLOWED = re.compile(r"</?([a-z0-9]+)([^>]*)>")


def test_html_is_text_and_links_are_marked() -> None:
    html = render("<b>x</b> [a](https://example.org) https://example.com").html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert html.count('rel="nofollow ugc noopener"') == 2


@pytest.mark.parametrize(
    "bad",
    ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JaVaScRiPt:alert(1)", "file:///etc/passwd"],
)
def test_bad_schemes_never_become_links(bad: str) -> None:
    assert "href" not in render(f"[x]({bad}) <{bad}>").html


def test_pictures_become_links_so_that_no_other_host_is_asked() -> None:
    assert render("![a map](https://example.org/map.png)").html == (
        '<p dir="auto"><a href="https://example.org/map.png" rel="nofollow ugc noopener">a map</a></p>'
    )


def test_headings_start_below_the_pages_own() -> None:
    assert render("# One\n\n###### Six").html == '<h3 dir="auto">One</h3>\n<h6 dir="auto">Six</h6>'


def test_own_words_leave_quotations_out() -> None:
    assert render("> they\n> > he\n\nmine\n\n> again").own == "mine"
    assert render("> only theirs").own == "only theirs"


def test_a_quotation_names_author_and_post_and_leaves_older_ones_out() -> None:
    assert (
        quotation("> old\n\nNew *words*", author="Old_Whig", post=7)
        == "> **Old\\_Whig** [#7](/p/7):\n>\n> New *words*\n\n"
    )


def test_plain_posts_keep_lines_and_quotation_marks_only() -> None:
    html = render("# no heading\n    no code\n> quoted\n\n*stars*", "plain").html
    assert "<h3" not in html
    assert "<code>" not in html
    assert "<em>" not in html
    assert "<blockquote>" in html


@given(strategies.text(max_size=400), strategies.sampled_from(["markdown", "plain"]))
def test_any_text_renders_to_allowed_tags_only_and_twice_the_same(source: str, markup: str) -> None:
    first = render(source, markup)
    assert first == render(source, markup)
    for tag, attributes in ALLOWED.findall(first.html):
        assert tag in TAGS
        assert not re.search(r"\bon[a-z]+\s*=|style\s*=|javascript:", re.sub(r'"[^"]*"', '""', attributes))
