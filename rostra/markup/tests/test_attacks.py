"""What was tried against the markup, and does not work."""

import pytest

from rostra.kernel.text import excerpt
from rostra.markup import TooLarge, TooManyMarks, own_words, read, render, shown
from rostra.markup import document as doc
from rostra.markup.words import words_of

FORMATS = "[b][i][u][s][sub][sup][color=red][size=150][del][strike]"


def test_signs_between_the_markups_cannot_be_forged() -> None:
    forged = "&#xe001; &gt;&#xe001;&gt; &#x2;&#xe001;&#x3; \x02\ue001\x03 >\ue001\x03"
    html = render(f"[img]https://example.org/p.png[/img] {forged} [b]x[/b]", "both").html
    assert html.count("p.png") == 2  # the address and its words
    assert html.count("<strong>") == 1
    shown(read("[b]x " + "&gt;&#xe001;&gt;y" * 900, "both"))


@pytest.mark.parametrize("markup", ["markdown", "both"])
def test_a_title_that_is_referred_to_again_and_again_makes_no_bomb(markup: str) -> None:
    source = "[a]: /x '" + "y" * 50_000 + "'\n\n" + "[a]" * 1400
    assert len(shown(read(source, markup)).html) < 500_000


def test_more_html_than_a_page_may_hold_is_refused() -> None:
    with pytest.raises(TooLarge):
        shown(doc.Document([doc.Paragraph([doc.Words("<" * 300_000)])]))


@pytest.mark.parametrize("markup", ["bbcode", "both"])
def test_few_formats_are_open_at_once(markup: str) -> None:
    html = shown(read(FORMATS * 9 + "x\n\n" * 1700, markup)).html
    assert len(html) < 700_000
    assert "[strike]" in html


def test_a_table_of_more_cells_than_anybody_reads_is_refused() -> None:
    with pytest.raises(TooManyMarks):
        read("|a" * 900 + "|\n" + "|-" * 900 + "|\n" + "|a\n" * 4000)


@pytest.mark.parametrize(
    "source",
    [
        "[code]\n[^1]: hello\n[/code] [b]x[/b]",
        "```\n[^1]: hello\n```\n[b]x[/b]",
        "[list]\n[*]a\n[^x]: [/list]\nhello",
    ],
)
def test_no_text_is_lost_to_what_looks_like_a_footnote(source: str) -> None:
    assert "hello" in words_of(read(source, "both"))


@pytest.mark.parametrize("markup", ["bbcode", "both"])
def test_cells_of_tables_keep_all_words(markup: str) -> None:
    source = "[table][tr][td]a[code]CODE[/code][list][*]ITEM[/list][quote]Q[/quote]b[/td][/tr][/table]"
    words = words_of(read(source, markup))
    assert [each in words for each in ("a", "CODE", "ITEM", "Q", "b")] == [True] * 5


def test_hidden_words_stay_out_of_excerpts() -> None:
    rendered = render("Who did it? ||The *butler*|| \n\n[spoiler=The end]the butler[/spoiler]", "both")
    for own in (rendered.own, own_words(rendered.html)):
        assert "butler" not in own
        assert excerpt(own, 50).startswith("Who did it? …")
    assert "The butler" in rendered.text


def test_a_post_that_is_all_quotation_hides_them_too() -> None:
    rendered = render("[quote=alice]It was [spoiler]the butler[/spoiler] or ||the butler||[/quote]", "both")
    for own in (rendered.own, own_words(rendered.html)):
        assert "It was" in own
        assert "butler" not in own


def test_half_a_character_breaks_nothing() -> None:
    for markup in ("markdown", "bbcode", "both", "plain"):
        assert "?" in render("a \ud800 b", markup).text


@pytest.mark.parametrize("markup", ["markdown", "bbcode", "both", "plain"])
def test_what_is_longer_than_an_address_is_text(markup: str) -> None:
    assert "<a" not in render("http://a.b/(" * 200, markup).html
    assert render("see http://a.b/(c) now", markup).html.count("<a") == 1
