"""A board's own tags: what can be defined, what they stand for, and that nobody gets more out of them than that."""

import re
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostra.markup import (
    NONE,
    Conventions,
    Quoted,
    TooLongWithTags,
    TooManyOwnTags,
    TooMuchWork,
    Unfit,
    Unusable,
    Why,
    own_tag,
    quotation,
    read,
    render,
    shown,
)
from rostra.markup import document as doc
from rostra.markup.bbcode.expanding import MOST_ADDED, MOST_USES, expand
from rostra.markup.bbcode.tokens import TYPES, fitting
from rostra.markup.facts import facts_of
from rostra.markup.rendering import _cleaner
from tests.html5 import faults

NEWS = own_tag("[img-news={URL}]{TEXT}[/img-news]", "[center][url={URL}][b]{TEXT}[/b][/url][/center]")
WIKI = own_tag("[wiki]{INTTEXT}[/wiki]", "[url=https://example.org/wiki/{INTTEXT}]{INTTEXT}[/url]")
BOX = own_tag("[box]{TEXT}[/box]", "[quote]{TEXT}[/quote]")
SIZE = own_tag("[area w={NUMBER1} h={NUMBER2}][/area]", "{NUMBER1} by {NUMBER2} [hr]")
TINT = own_tag("[tint={COLOR}]{TEXT}[/tint]", "[color={COLOR}]{TEXT}[/color]")
SAID = own_tag(
    "[said who={INTTEXT} in={IDENTIFIER}]{TEXT}[/said]", "[quote={INTTEXT}]{TEXT}[/quote] #{IDENTIFIER}"
)
ALL = Conventions((NEWS, WIKI, BOX, SIZE, TINT, SAID))
BOTH_READ = pytest.mark.parametrize("markup", ["bbcode", "both"])


def written(source: str) -> str:
    return expand(source, ALL.tags).source


@BOTH_READ
def test_a_tag_is_read_as_what_it_stands_for(markup: str) -> None:
    typed = "[img-news=https://example.org/a]Hello [i]you[/i][/img-news]"
    meant = "[center][url=https://example.org/a][b]Hello [i]you[/i][/b][/url][/center]"
    assert render(typed, markup, conventions=ALL) == render(meant, markup)
    assert 'href="https://example.org/a"' in render(typed, markup, conventions=ALL).html
    assert (
        render(typed, markup, conventions=NONE).text == "[img-news=https://example.org/a]Hello you[/img-news]"
    )


@pytest.mark.parametrize("markup", ["markdown", "plain"])
def test_markups_without_tags_know_none(markup: str) -> None:
    assert render("[box]x[/box]", markup, conventions=ALL) == render("[box]x[/box]", markup)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("[AREA h=2 w=1][/area]", "1 by 2 [hr]"),
        ("[area w=1 h=2] [/area]", "1 by 2 [hr]"),
        ("[tint=#c00]x[/tint]", '[color="#c00"]x[/color]'),
        ("[tint=rgb(1, 2, 3)]x[/tint]", '[color="rgb(1, 2, 3)"]x[/color]'),
        ("[box]a[box]b[/box][/box]", "[quote]a[quote]b[/quote][/quote]"),
        ("[box][tint=red]x[/tint][/box]", '[quote][color="red"]x[/color][/quote]'),
        ("[box]a[tint=red]b[/box]c", "[quote]a[tint=red]b[/quote]c"),
        ("[said who=Ångström in=a-b]x[/said]", '[quote="Ångström"]x[/quote] #a-b'),
        ("[wiki]हिन्दी, 2[/wiki]", '[url="https://example.org/wiki/%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80%2C%202"]हिन्दी, 2[/url]'),
        ("[img-news=www.example.org]x[/img-news]", '[center][url="http://www.example.org"][b]x[/b][/url][/center]'),
        ("[img-news='/t/1?a=[b]']x[/img-news]", '[center][url="/t/1?a=%5Bb%5D"][b]x[/b][/url][/center]'),
    ],
)  # fmt: skip
def test_tokens_are_filled_in(typed: str, meant: str) -> None:
    assert written(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "[box]never closed",
        "closed only[/box]",
        "[box=1]a value too much[/box]",
        "[box a=1]an attribute too much[/box]",
        "[img-news]a value too few[/img-news]",
        "[img-news=javascript:alert(1)]x[/img-news]",
        "[img-news=https:evil]x[/img-news]",
        "[img-news=]x[/img-news]",
        "[area w=1 h=two][/area]",
        "[area w=1][/area]",
        "[area w=1 h=2]words[/area]",
        "[tint=url(x)]x[/tint]",
        '[said who="a]b" in=c]x[/said]',
        "[said who='a\"b' in=c]x[/said]",
        "[wiki]a[b]c[/b][/wiki]",
        "[wiki]a\nb[/wiki]",
        f"[wiki]{'a' * 401}[/wiki]",
        "[code][box]x[/box][/code]",
        "[noparse][box]x[/box]",
        "[quote='[box]x[/box]']y[/quote]",
        "[quote][box]a[/quote]b[/box]",
        "[box][quote]a[/box][/quote]",
        "[boxes]x[/boxes]",
    ],
)
def test_what_does_not_fit_stays_as_it_was_typed(typed: str) -> None:
    assert written(typed) == typed


@pytest.mark.parametrize(
    "typed", ["`[box]x[/box]`", "```\n[box]x[/box]\n```", "~~~\n[box]x[/box]", "`` [wiki]x[/wiki] ``"]
)
def test_no_tag_in_code_is_one(typed: str) -> None:
    assert render(typed, "both", conventions=ALL) == render(typed, "both")


def test_no_tag_in_a_footnote_is_one() -> None:
    typed = "See[^1] [wiki]x[/wiki].\n\n[^1]: The [tint=red]one\n\nothers[/tint]"
    assert render(typed, "both", conventions=ALL).text == "See[1] x.\nothers[/tint]\nThe [tint=red]one"


@pytest.mark.parametrize(
    ("usage", "template", "field", "why"),
    [
        ("[b]{TEXT}[/b]", "[i]{TEXT}[/i]", "usage", Why.NAME_TAKEN),
        ("[Code]{TEXT}[/Code]", "[i]{TEXT}[/i]", "usage", Why.NAME_TAKEN),
        ("[News]{TEXT}[/News]", "[i]{TEXT}[/i]", "usage", Why.NAME_FORM),
        ("[1a]{TEXT}[/1a]", "[i]{TEXT}[/i]", "usage", Why.NAME_FORM),
        (f"[{'a' * 31}]{{TEXT}}[/{'a' * 31}]", "[i]{TEXT}[/i]", "usage", Why.NAME_FORM),
        ("[x]{TEXT}[/y]", "[i]{TEXT}[/i]", "usage", Why.OTHER_CLOSING),
        ("[x]{TEXT}", "{TEXT}", "usage", Why.NO_USAGE),
        ("[x]some {TEXT}[/x]", "{TEXT}", "usage", Why.NO_USAGE),
        ("[x=a{URL}]{TEXT}[/x]", "{TEXT}", "usage", Why.NO_USAGE),
        ("<x>{TEXT}</x>", "{TEXT}", "usage", Why.NO_USAGE),
        ("[x]{HTML}[/x]", "{HTML}", "usage", Why.NO_TYPE),
        ("[x={TEXT1}]{TEXT2}[/x]", "{TEXT2}", "usage", Why.TEXT_AS_VALUE),
        ("[x a={TEXT}][/x]", "y", "usage", Why.TEXT_AS_VALUE),
        ("[x a={NUMBER} b={NUMBER}][/x]", "{NUMBER}", "usage", Why.GIVEN_TWICE),
        ("[x a={NUMBER1} A={NUMBER2}][/x]", "{NUMBER1}", "usage", Why.ATTRIBUTE_TWICE),
        (f"[x]{{TEXT}}[/x]{' ' * 200}.", "{TEXT}", "usage", Why.TOO_LONG),
        ("[x]{TEXT}[/x]", "a" * 1001, "template", Why.TOO_LONG),
        ("[x]{TEXT}[/x]", "  ", "template", Why.EMPTY),
        ("[x]{TEXT}[/x]", "[b]nothing[/b]", "template", Why.TEXT_NOT_ONCE),
        ("[x]{TEXT}[/x]", "{TEXT}{TEXT}", "template", Why.TEXT_NOT_ONCE),
        ("[x]{TEXT}[/x]", "[url={URL}]{TEXT}[/url]", "template", Why.NOT_IN_USAGE),
        ("[x]{TEXT}[/x]", "[url={TEXT}]y[/url]", "template", Why.TEXT_AS_VALUE),
        ("[x]{TEXT}[/x]", "[url]{TEXT}[/url]", "template", Why.TEXT_AS_VALUE),
        ("[x]{TEXT}[/x]", "[img]{TEXT}[/img]", "template", Why.TEXT_AS_VALUE),
        ("[x]{TEXT}[/x]", "[code]{TEXT}[/code]", "template", Why.TEXT_AS_VALUE),
        ("[x]{TEXT}[/x]", "[b]{TEXT}", "template", Why.NOT_CLOSED),
        ("[x]{TEXT}[/x]", "[code]y {TEXT}", "template", Why.NOT_CLOSED),
        ("[x]{TEXT}[/x]", "[b][i]{TEXT}[/b][/i]", "template", Why.NOT_OPENED),
        ("[x]{TEXT}[/x]", "{TEXT}[/b]", "template", Why.NOT_OPENED),
        ("[x]{TEXT}[/x]", "[x]{TEXT}[/x]", "template", Why.UNKNOWN_TAG),
        ("[x]{TEXT}[/x]", "[other]{TEXT}[/other]", "template", Why.UNKNOWN_TAG),
        ("[x]{TEXT}[/x]", '[url="/y]{TEXT}[/url]', "template", Why.UNFINISHED),
        ("[x]{TEXT}[/x]", "[b]{TEXT}[/b y]", "template", Why.UNFINISHED),
        ("[x={IDENTIFIER}]{TEXT}[/x]", "[{IDENTIFIER}]{TEXT}", "template", Why.NAME_FILLED_IN),
        ("[x={IDENTIFIER}]{TEXT}[/x]", "{TEXT}[/u{IDENTIFIER}]", "template", Why.NAME_FILLED_IN),
        ("[x={IDENTIFIER}]{TEXT}[/x]", "[b:{IDENTIFIER}]{TEXT}", "template", Why.NAME_FILLED_IN),
    ],
)  # fmt: skip
def test_a_definition_that_is_none_is_refused_by_its_name(
    usage: str, template: str, field: str, why: Why
) -> None:
    with pytest.raises(Unusable) as fault:
        own_tag(usage, template)
    assert (fault.value.field, fault.value.why) == (field, why)


def test_html_in_a_template_is_shown_as_text() -> None:
    tag = own_tag("[x]{TEXT}[/x]", "<script>alert(1)</script>{TEXT}")
    for markup in ("bbcode", "both"):
        html = render("[x]y[/x]", markup, conventions=Conventions((tag,))).html
        assert "&lt;script&gt;" in html
        assert faults(html) == []


def test_items_of_a_list_end_by_themselves() -> None:
    tag = own_tag("[pair={SIMPLETEXT}]{TEXT}[/pair]", "[list][*]{SIMPLETEXT}[*][b]{TEXT}[/b][/list]")
    assert render("[pair=a]b[/pair]", "bbcode", conventions=Conventions((tag,))).html.count("<li") == 2


def test_only_so_many_tags_are_read_in_a_text() -> None:
    read("[wiki]x[/wiki]" * MOST_USES, "both", conventions=ALL)
    with pytest.raises(TooManyOwnTags) as fault:
        read("[wiki]x[/wiki]" * (MOST_USES + 1), "both", conventions=ALL)
    assert (fault.value.number, fault.value.most) == (MOST_USES + 1, MOST_USES)
    assert render("[wiki]x[/wiki]" * (MOST_USES + 1), "bbcode", conventions=ALL).text.endswith(
        "x[wiki]x[/wiki]"
    )


def test_what_is_written_out_has_limits_too() -> None:
    long = Conventions((own_tag("[x]{URL}[/x]", "{URL} " * 160),))
    typed = f"[x]/{'a' * 300}[/x]" * 150
    assert len(expand(typed, long.tags).source) <= len(typed) + MOST_ADDED
    with pytest.raises(TooLongWithTags):
        read(typed, "bbcode", conventions=long)
    dense = Conventions((own_tag("[x]{TEXT}[/x]", "[b][/b]" * 100 + "{TEXT}"),))
    with pytest.raises(TooMuchWork):
        read("[x]y[/x]" * 20, "bbcode", conventions=dense)


@BOTH_READ
def test_a_quotation_keeps_the_tags_as_they_were_typed_and_holds(markup: str) -> None:
    quoted = quotation(Quoted("[box]said[/box]", "alice", 5), markup, ALL)
    assert "[box]said[/box]" in quoted
    answered = read(f"{quoted}[box]answer[/box]", markup, conventions=ALL).blocks
    assert [type(block) for block in answered] == [doc.Quote, doc.Quote]
    assert isinstance(answered[0], doc.Quote)
    assert answered[0].post == 5


def test_a_quotation_that_own_tags_would_end_is_made_of_words() -> None:
    breaking = Conventions((own_tag("[x]{TEXT}[/x]", "[quote]{TEXT}[/quote]"),))
    for source in ("[x][/quote]out[/x]", "[x]a", "a[/x]", "[x][quote]b[/x]"):
        made = quotation(Quoted(source, "alice", 5), "both", breaking)
        blocks = read(f"{made}mine", "both", conventions=breaking).blocks
        assert len(blocks) == 2, (source, made)
        assert isinstance(blocks[0], doc.Quote)


def test_a_quotation_is_read_back_with_the_boards_tags() -> None:
    fence = Conventions((own_tag("[x]{INTTEXT}[/x]", "a\n```\n{INTTEXT}"),))
    made = quotation(Quoted("Look: [x]a[/x]", "alice", 5), "both", fence)
    blocks = read(f"{made}mine", "both", conventions=fence).blocks
    assert [type(block) for block in blocks] == [doc.Quote, doc.Paragraph]
    assert "[x]" not in made


PIECES = ["[b]", "[/b]", "[i]", "[/i]", "[quote]", "[/quote]", "[list]", "[*]", "[/list]", "[url={URL}]", "[/url]", "[code]",
          "[/code]", "[img]{URL}[/img]", "[color={COLOR}]", "[/color]", "[size={NUMBER}]", "[/size]", "[hr]", "[center]",
          "[/center]", "{TEXT}", "{URL}", "{NUMBER}", "{COLOR}", "{INTTEXT}", "{SIMPLETEXT}", "{IDENTIFIER}", "<b>", "`", "\n",
          "> ", "**", "[", "]", "text ", '[quote="{INTTEXT}" post_id={NUMBER}]', "[table][tr][td]", "[/td][/tr][/table]", "||",
          "[spoiler={SIMPLETEXT}]", "[/spoiler]", "\ue001", "[^1]"]  # fmt: skip
USAGES = [
    "[own]{TEXT}[/own]", "[own={URL}]{TEXT}[/own]", "[own a={NUMBER} b={COLOR}]{TEXT}[/own]", "[own]{URL}[/own]",
    "[own={INTTEXT}]{SIMPLETEXT}[/own]", "[own a={IDENTIFIER}][/own]", "[own]{INTTEXT}[/own]",
]  # fmt: skip
TEMPLATES = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=30)
WRAPS = st.sampled_from(["[b]{TEXT}[/b]", "[quote]{TEXT}[/quote]", "[list][*]{TEXT}[/list]", "[url={URL}]{TEXT}[/url]", "{TEXT}",
                         "[table][tr][td]{TEXT}[/td][/tr][/table]", "[url]{URL}[/url]", "[code]{INTTEXT}[/code]\n", "`{INTTEXT}"])  # fmt: skip
TYPED = st.lists(
    st.sampled_from(
        ["[own]", "[/own]", "[own=https://example.org/]", "[own=javascript:x]", "[own a=1 b=red]", "[own a='x\" y=z']", "[own=a b]",
         "[own a=b]", "https://example.org/?[x]=\"'", "[quote]", "[/quote]", "[code]", "[/code]", "`", "```\n", "[b]", "[/b]", "x",
         "\n", "\n\n", "> ", "<i>", "]", "[", "Ω", "[url]", "[/url]", "[^1]: ", "[noparse]", "\x02\ue001\x03"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(
    st.sampled_from(USAGES),
    TEMPLATES | WRAPS,
    TYPED | st.text(max_size=100),
    st.sampled_from(["bbcode", "both"]),
)
def test_any_definition_and_any_text_give_only_what_is_allowed(
    usage: str, template: str, source: str, markup: str
) -> None:
    try:
        conventions = Conventions((own_tag(usage, template),))
    except Unusable:
        return  # refused, which the next test is about
    try:
        html = shown(read(source, markup, conventions=conventions)).html
    except Unfit:
        html = render(source, markup, conventions=conventions).html
    assert faults(html) == []
    assert _cleaner.clean(html) == html


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_definition_is_taken_or_refused(usage: str, template: str) -> None:
    for each in (usage, f"[own]{usage}[/own]", "[own]{TEXT}[/own]"):
        with suppress(Unusable):
            assert own_tag(each, template).name


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=60) | TYPED)
def test_no_value_ends_the_attribute_or_the_tag_that_it_stands_in(kind: str, typed: str) -> None:
    value = fitting(kind, typed)
    assert value is None or not re.search(r"[\"'\[\]{}\\`\n\r\x00-\x08<>]", value)


HARD = [
    "[x]",
    "[x][/x]",
    "[/x]",
    "[v]",
    "[v]a[/v]",
    "[x a=",
    "[quote]",
    "[quote][x]",
    "[/quote][/x]",
    "[code]",
    "[v]" + "a" * 50,
    "[x",
    "[",
]


@pytest.mark.parametrize("piece", HARD)
def test_writing_out_takes_time_in_step_with_the_text(piece: str) -> None:
    tags = (own_tag("[x]{TEXT}[/x]", "[b]{TEXT}[/b]"), own_tag("[v]{NUMBER}[/v]", "{NUMBER}"))

    def seconds(characters: int) -> float:
        source = piece * (characters // len(piece))
        begun = process_time()  # CPU: others use this machine too
        expand(source, tags)
        return process_time() - begun

    short = min(seconds(4_000) for _ in range(3))
    long = min(seconds(64_000) for _ in range(2))
    assert long < 16 * short * 3 + 0.02, (short, long)


@pytest.mark.parametrize(
    ("template", "typed", "href"),
    [
        ("[url=https://r.example/?u={URL}&sure=yes]x[/url]", "http://a/?x=1&sure=no#",
         "https://r.example/?u=http%3A%2F%2Fa%2F%3Fx%3D1%26sure%3Dno%23&sure=yes"),
        ("[url=https://trusted.example{URL}]x[/url]", "@evil.example/", None),
        ("[url=https://trusted.example/{URL}]x[/url]", "@evil.example/", "https://trusted.example/%40evil.example%2F"),
        ("[url={URL}]x[/url]", "http://a/?x=1&y=2", "http://a/?x=1&y=2"),
        ("[url]{URL}[/url]", "http://a/?x=1&y=2", "http://a/?x=1&y=2"),
    ],
)  # fmt: skip
def test_nobody_leaves_the_host_that_a_template_names(template: str, typed: str, href: str | None) -> None:
    agreed = Conventions((own_tag("[own={URL}][/own]", template),))
    links = facts_of(read(f"[own={typed}][/own]", "bbcode", conventions=agreed)).links
    assert [link for link in links if "evil.example/" in link] == []
    assert href is None or links == [href]


def test_a_colour_stands_on_one_line() -> None:
    agreed = Conventions((own_tag("[own]{COLOR}[/own]", "{COLOR}"),))
    assert render("[own]rgb(1,\n\n2,3)[/own]", "bbcode", conventions=agreed).text.startswith("[own]")
