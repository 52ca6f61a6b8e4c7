"""From a source to a document, and what it says and shows."""

import pytest
from hypothesis import given, strategies

from rostra.markup import document as doc
from rostra.markup import plain_text, read, render
from rostra.markup.html import html_of
from rostra.markup.markdown import read_markdown
from rostra.markup.rendering import _cleaner
from rostra.markup.targets import Target, host, target
from rostra.markup.words import own_words_of, words_of

MARKS = strategies.text(strategies.sampled_from("ab \n\n>*_~`#-1.[]()!<&|:\"'\\"), max_size=120)
TAGS = strategies.lists(
    strategies.sampled_from(
        ["[b]", "[/b]", "[i]", "[/i]", "[quote=alice]", "[/quote]", "[list]", "[*]", "[/list]", "[url=/x]", "[/url]", "[img]/p.png[/img]", "[code]", "[/code]", "[table]", "[tr]", "[td]", "[/table]", "[spoiler=x]", "[/spoiler]", "[center]", "[/center]", "||", "**", "`", ">", "-", "a", "bc", "\n", "\n\n", "[hr]", "[url]/y[/url]", "![](/z)"]
    ),
    max_size=25,
).map("".join)  # fmt: skip
ANY = strategies.text(max_size=300) | MARKS | TAGS


def one(source: str) -> doc.Block:
    """The only block of a source."""
    (block,) = read_markdown(source).blocks
    return block


def test_blocks_hold_what_was_meant() -> None:
    assert one("## A *title*") == doc.Heading(
        2, [doc.Words("A "), doc.Styled(doc.Style.EMPHASIS, [doc.Words("title")])]
    )
    assert one("> they\n> said") == doc.Quote(
        [doc.Paragraph([doc.Words("they"), doc.LineBreak(), doc.Words("said")])]
    )
    assert one("```py\nx = 1\n```") == doc.CodeBlock("x = 1\n", "py")
    assert one("***") == doc.Rule()


def test_a_list_knows_its_first_number_and_its_tasks() -> None:
    numbered = one("3. three\n4. four")
    assert isinstance(numbered, doc.List)
    assert numbered.start == 3
    tasks = one("- [ ] to do\n- [x] done\n- no task [x]")
    assert isinstance(tasks, doc.List)
    assert [item.is_done for item in tasks.items] == [False, True, None]
    assert words_of(doc.Document([tasks])) == "☐ to do\n☑ done\nno task [x]"


def test_a_table_keeps_head_rows_and_sides() -> None:
    table = one("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert isinstance(table, doc.Table)
    assert table.heads == 1
    assert [cell.side for cell in table.rows[1]] == [None, doc.Side.CENTER, doc.Side.END]
    assert words_of(doc.Document([table])) == "a\tb\tc\n1\t2\t3"
    assert '<td class="end">3</td>' in render("| a |\n|--:|\n| 3 |").html


@pytest.mark.parametrize("address", ["https://example.org/b", "www.example.org", "me@example.org"])
def test_an_address_ends_where_a_tag_of_bbcode_stands(address: str) -> None:
    html = render(f"see [b]{address}[/b]!", "both").html
    assert f'">{address}</a></strong>!' in html
    assert "\x02" not in html
    assert "\x03" not in html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[b]_x_[/b]", "<strong><em>x</em></strong>"), ("_[b]x[/b]_", "<em><strong>x</strong></em>"),
        ("[b]*x*[/b]", "<strong><em>x</em></strong>"), ("*[b]x[/b]*", "<em><strong>x</strong></em>"),
        ("[i]a\n[/i]b", "<em>a<br>\n</em>b"), ("**a [i]b** c[/i]", "<strong>a <em>b</em></strong><em> c</em>"),
        ("[b]\n> q\n\nx[/b]", None), ("\ue001 >\ue001> \x02", "\ufffd &gt;\ufffd&gt; \ufffd"),
    ],
)  # fmt: skip
def test_both_markups_find_their_marks_beside_each_others(typed: str, shown: str | None) -> None:
    html = render(f"{typed} [u]u[/u]", "both").html
    assert (shown or "<blockquote>") in html
    assert not set("\x02\x03\ue001") & set(html)


def test_footnotes_are_numbered_and_stand_at_the_end() -> None:
    document = read(
        "Said[^a] and said[^b], again[^a], not[^c].\n\n[^b]: In *Lisbon*.\n[^a]: In Tbilisi.\n\nEnd.",
        "markdown",
    )
    notes = document.blocks[-1]
    assert isinstance(notes, doc.Notes)
    assert words_of(document) == "Said[1] and said[2], again[1], not[^c].\nEnd.\nIn Tbilisi.\nIn Lisbon."
    both = read(
        "[quote]Said[^a].[/quote]And[^b], [b]again[^a][/b].\n\n[^b]: In *Lisbon*.\n[^a]: In Tbilisi.", "both"
    )
    assert words_of(both) == "Said[1].\nAnd[2], again[1].\nIn Tbilisi.\nIn Lisbon."
    assert '<ol class="notes">' in render("x[^1]\n\n[^1]: y").html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [(":smile: :+1:", "\U0001f604 \U0001f44d"), ("at 10:30:45", "at 10:30:45"), (":nonsense:", ":nonsense:"), ("a:smile:b", "a:smile:b")],
)  # fmt: skip
def test_names_of_emoji_become_signs(typed: str, shown: str) -> None:
    assert words_of(read(typed, "both")) == shown
    assert words_of(read(f"`{typed}`", "both")) == typed


def test_a_link_to_where_none_may_lead_is_its_words() -> None:
    assert one("[press *me*](irc://example.org/x)") == doc.Paragraph(
        [doc.Words("press "), doc.Styled(doc.Style.EMPHASIS, [doc.Words("me")])]
    )
    assert one("![a cat](irc://example.org/x)") == doc.Paragraph([doc.Words("a cat")])


def test_own_words_end_where_a_quotation_begins() -> None:
    assert own_words_of(read_markdown("mine\n\n> theirs\n> > older\n\nmine too")) == "mine\nmine too"
    assert own_words_of(read_markdown("> theirs")) == "theirs"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=c#d",
        "http://[::1]/",
        "mailto:alice@example.org",
        "/t/12-a-topic/",
        "#p5",
        "?page=2",
        "a/b.png",
        "ftp://example.org/x",
        "//example.org/x",
        "",
    ],
)
def test_addresses_of_allowed_schemes_and_within_the_board_are_targets(address: str) -> None:
    assert target(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "///", "https:evil.example", "https:///evil", "http://", "mailto:",
        "blob:https://example.org/x", "irc://example.org/x", "https://a\u202eb.example/", "x" * 2001,
    ],
)  # fmt: skip
def test_no_other_address_is_a_target(address: str) -> None:
    assert target(address) is None


def test_what_browsers_would_read_as_something_else_is_escaped() -> None:
    assert target("/\\evil.example") == "/%5Cevil.example"
    assert target('https://example.org/"><b>') == "https://example.org/%22%3E%3Cb%3E"


def test_a_target_names_its_host() -> None:
    assert [host(Target(address)) for address in ("https://User@EXAMPLE.org:8/x", "/t/1", "mailto:a@b.c")] == [
        "example.org", "", "",
    ]  # fmt: skip


@given(ANY, strategies.sampled_from(["markdown", "bbcode", "both", "plain"]))
def test_the_words_of_the_document_are_those_of_the_html(source: str, markup: str) -> None:
    html, document = render(source, markup).html, read(source, markup)
    without_heads(document.blocks)
    assert plain_text(html).split() == words_of(document).split()


def without_heads(blocks: list[doc.Block]) -> None:
    """Take the heads of quotations away: HTML shows them in another way than plain text."""
    for block in blocks:
        if isinstance(block, doc.Quote):
            block.author, block.post, block.said_at = "", None, None
        if isinstance(block, doc.Quote | doc.Spoiler | doc.Aligned):
            without_heads(block.children)
        elif isinstance(block, doc.List):
            for item in block.items:
                without_heads(item.children)


@given(ANY)
def test_the_second_wall_finds_nothing_to_take_away(source: str) -> None:
    html = html_of(read_markdown(source))
    assert plain_text(_cleaner.clean(html)) == plain_text(html)
    assert _cleaner.clean(html).count("<") == html.count("<")
    assert _cleaner.clean(_cleaner.clean(html)) == _cleaner.clean(html)
