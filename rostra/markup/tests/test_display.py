"""Kept HTML as it is shown: links, faces, pictures and words are decided when a post is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.markup import plain_text, render
from rostra.markup.censoring import Censored, censored
from rostra.markup.display import PLAIN, Display, displayed
from tests.html5 import elements, faults

FACES = Display(draws_faces=True)
PICTURES = Display(shows_pictures=True)
ALL = Display(False, True, True, (Censored("foo*", "***"), Censored("<b>", "&"), Censored("a", "é")))


def shown(source: str, display: Display, markup: str = "both") -> str:
    return displayed(render(source, markup).html, display)


def test_nothing_is_changed_where_nothing_was_chosen() -> None:
    html = render("See https://a.example/x :-) ![map](https://a.example/m.png)", "both").html
    assert displayed(html, PLAIN) == html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Well :-)", "Well 🙂"), (":) first", "🙂 first"), ("so ;) and :D.", "so 😉 and 😃."), ("[b]x[/b] :lol:", "x 😂"),
        ("(item 8)", "(item 8)"), ("at 10:30 :Dora", "at 10:30 :Dora"), ("http://a.example", "http://a.example"),
        ('"quoted";)', '"quoted";)'), ("`:)` :code:", ":) :code:"), ("```\n:)\n```", ":)"), ("A < B :|", "A < B 😐"),
    ],
)  # fmt: skip
def test_signs_that_stand_alone_become_faces(source: str, expected: str) -> None:
    assert plain_text(shown(source, FACES)) == expected


def test_bare_addresses_can_be_words_and_named_links_stay() -> None:
    long = "https://a.example/" + "x" * 80
    html = shown(
        f"https://a.example/x www.b.example me@c.example {long} [law](https://d.example)", Display(False)
    )
    assert [node.attributes["href"] for node in elements(html) if node.tag == "a"] == ["https://d.example"]
    assert "www.b.example me@c.example" in html


def test_a_picture_is_shown_lazily_with_its_name_and_size_and_tells_its_host_no_page() -> None:
    html = shown("![a map|640x480](https://a.example/m.png)", PICTURES)
    assert html == (
        '<p dir="auto"><a class="image" data-size="640x480" href="https://a.example/m.png" rel="nofollow ugc noopener">'
        '<img src="https://a.example/m.png" alt="a map" width="640" height="480" loading="lazy" decoding="async" '
        'referrerpolicy="no-referrer"></a></p>'
    )


@pytest.mark.parametrize(
    ("source", "alt", "size"),
    [
        ("[img]https://a.example/b/m.png?x=1[/img]", "m.png", None),
        ("[img=30x40]https://a.example/m.png[/img]", "m.png", "30"),
        ("[img width=30 height=40 alt='a \"map\"']https://a.example/m.png[/img]", 'a "map"', "30"),
        ("[url=https://b.example][img]https://a.example/m.png[/img][/url]", "m.png", None),
        ("[![a map](https://a.example/m.png)](https://b.example)", "a map", None),
    ],
)
def test_every_form_of_a_picture_has_words_for_those_who_do_not_see_it(
    source: str, alt: str, size: str | None
) -> None:
    pictures = [node.attributes for node in elements(shown(source, PICTURES)) if node.tag == "img"]
    assert [(each["alt"], each.get("width")) for each in pictures] == [(alt, size)]


def test_a_picture_within_the_board_or_by_mail_stays_a_link() -> None:
    for source in ("![x](/logout)", "![x](//b.example/c.png)", "![x](mailto:a@b.example)"):
        assert "<img" not in shown(source, PICTURES), source


def test_words_that_the_board_does_not_want_are_replaced_in_any_case_and_nowhere_else() -> None:
    words = (Censored("darn*", "d***"), Censored("дурак", "…"), Censored("a & b", "<i>"))
    html = shown("DARNED, undarn ДУРАК `darn` a & b [x](https://darn.example/darn)", Display(censored=words))
    assert plain_text(html) == "d***, undarn … d*** <i> x"
    assert 'href="https://darn.example/darn"' in html
    assert censored("A darned title", words) == "A d*** title"


@given(
    st.text(alphabet="foaBb:;-)(D8|!*`[]<>&\"'\n x.", max_size=80)
    | st.lists(st.sampled_from(["[img]http://a.example/", "foo", '"', "'", ">", "&lt;", "[/img]", "[img alt='", "']http://a.b/", ' onerror="x" ', "![", "](http://b.example \"t\")", ":)", "<b>"])).map("".join)
)  # fmt: skip
def test_whatever_is_shown_holds_nothing_but_allowed_nodes(source: str) -> None:
    for markup in ("markdown", "bbcode", "both"):
        html = shown(source, ALL, markup)
        assert faults(html, with_pictures=True) == []
        assert not [node for node in elements(html) if node.tag == "img" and not node.attributes["alt"]]


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("कम", "कमी है, कम", "कमी है, ***"), ("cafe", "café cafe\u0301 cafe", "café cafe\u0301 ***"),
        ("café", "cafe\u0301 CAFÉ cafe", "*** *** cafe"), ("傻瓜", "你是傻瓜吗", "你是***吗"), ("ควาย", "เขาเป็นควายจริงๆ", "เขาเป็น***จริงๆ"),
        ("fine", "ﬁne", "***"), ("strasse", "Straße", "***"), ("darn*", "darn" + "x" * 80, "***"), ("*darn", "undarn darned", "*** darned"),
        ("d*n", "darn dn dab", "*** *** dab"), ("heck no", "Heck  no heck", "*** heck"), ("c++", "c++ c", "*** c"),
    ],
)  # fmt: skip
def test_words_of_every_script_are_found_whole(word: str, text: str, expected: str) -> None:
    assert censored(text, (Censored(word, "***"),)) == expected


def test_of_words_within_words_the_longer_goes_first() -> None:
    words = (Censored("heck", "h"), Censored("heck no", "hn"), Censored("dar*", "d"), Censored("darn*", "dn"))
    assert censored("heck no, heck; darned dark", words) == "hn, h; dn d"


def test_names_of_people_are_not_censored_and_what_is_said_of_links_is() -> None:
    words = Display(shows_pictures=True, censored=(Censored("carol", "***"), Censored("darn", "d—")))
    html = shown(
        '[quote=carol post_id=5]carol[/quote]\n![darn map](https://a.example/darn.png) [x](https://b.example "darn it")',
        words,
    )
    assert "<bdi>carol</bdi>" in html
    assert ">***</p>" in html
    assert 'alt="d— map"' in html
    assert 'title="d— it"' in html
    assert 'src="https://a.example/darn.png"' in html


def test_a_picture_among_hidden_words_stays_a_link() -> None:
    html = shown(
        "||![x](https://a.example/m.png)|| [spoiler]![y](https://a.example/n.png)[/spoiler]", PICTURES
    )
    assert [node.attributes["src"] for node in elements(html) if node.tag == "img"] == [
        "https://a.example/n.png"
    ]


def test_what_stands_in_attributes_is_escaped_so_that_tags_can_be_told_from_texts() -> None:
    html = render('[x](https://a.example "1 > 2 <b> &quot;")', "markdown").html
    assert html.count("<") == html.count(">") == 4
