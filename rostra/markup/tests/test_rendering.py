"""From Markdown to safe HTML and plain text."""

import re

import pytest
from hypothesis import given, strategies

from rostra.markup import Quoted, quotation, read, render
from rostra.markup import document as doc
from rostra.markup.rendering import TAGS
from rostra.markup.words import words_of

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
        '<p dir="auto"><a class="image" href="https://example.org/map.png" rel="nofollow ugc noopener">a map</a></p>'
    )


def test_headings_start_below_the_pages_own() -> None:
    assert render("# One\n\n###### Six").html == '<h3 dir="auto">One</h3>\n<h6 dir="auto">Six</h6>'


def test_own_words_leave_quotations_out() -> None:
    assert render("> they\n> > he\n\nmine\n\n> again").own == "mine"
    assert render("> only theirs").own == "only theirs"


def test_a_quotation_names_author_and_post_and_leaves_older_ones_out() -> None:
    quoted = Quoted(
        "> old\n\n[quote=alice]older[quote]oldest[/quote][/quote]New *words*", 'Old_"Whig"', 7, 3, 60
    )
    assert quotation(quoted, "markdown") == '> **Old\\_"Whig"** [#7](/p/7):\n>\n> New *words*\n\n'
    for markup in ("both", "bbcode"):
        assert (
            quotation(quoted, markup)
            == '[quote="Old_\\"Whig\\"" post_id=7 time=60 user_id=3]New *words*[/quote]\n\n'
        )


@pytest.mark.parametrize("into", ["markdown", "bbcode", "both"])
@pytest.mark.parametrize("name", ['Old_"Whig" [b]\\', "www.al.com", "a.www.b.org", "[i]x[/i]", "@alice"])
def test_a_quotation_is_read_back_as_what_it_is(into: str, name: str) -> None:
    quoted = Quoted("What [i]they[/i] *say*.", name, 7, 3, 60)
    (quote,) = read(quotation(quoted, into), into).blocks
    assert isinstance(quote, doc.Quote)
    assert (quote.author, quote.post) == (quoted.author, 7)
    assert quote.said_at == (None if into == "markdown" else 60)


@pytest.mark.parametrize(
    "source",
    [
        "a[/quote]b", "> [/quote] EVIL", "hello [/q[/quote]uote] EVIL", "hello [[quote]x[/quote]/quote] EVIL",
        "hello [/quote:12345678] EVIL", "[quote]" * 10 + "deep" + "[/quote]" * 11 + "EVIL", "hello [code]foo", "[noparse]foo",
        "[list][*]a[/*]", "hello[^1]\n\n[^1]: text", "```\nopen", "~~~\nopen", "`open", "[url]x", "[b]bold", "||open",
        "see [code][quote][/code] and this", "[code=python]\n>>> 1+1\n[/code] x", "> only\n> quoted", "\\", "[quote]", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("into", ["markdown", "bbcode", "both"])
@pytest.mark.parametrize("answer", ["mine", "```\nmine\n```", "mine [/quote]", "[^1]: mine"])
def test_words_stay_in_their_quotation_and_answers_out_of_it(source: str, into: str, answer: str) -> None:
    blocks = read(quotation(Quoted(source, "alice", 7), into) + answer, into).blocks
    assert isinstance(blocks[0], doc.Quote)
    assert blocks[0].post == 7
    assert "mine" not in words_of(doc.Document(blocks[:1]))
    assert "EVIL" not in words_of(doc.Document(blocks[1:]))


def test_code_in_a_quoted_post_is_kept() -> None:
    quoted = quotation(
        Quoted("see [code][quote][/code] and this\n\n```\n> x\n```\n> theirs\nmine", "alice", 7), "both"
    )
    assert "[code][quote][/code] and this" in quoted
    assert "> x" in quoted
    assert "theirs" not in quoted
    assert "mine" in quoted


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
