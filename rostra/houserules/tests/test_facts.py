"""Facts: what is counted as one's own, what as somebody else's, and where it stands in what was typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.houserules.facts import FACTS, KINDS, NEVER, Circumstances, Draft, facts_of, table
from rostra.houserules.grammar import Kind
from rostra.houserules.own import count_words
from rostra.houserules.passages import passage_of
from rostra.houserules.tests.judging import facts, found
from rostra.markup import document as doc
from rostra.markup import read

ROOT = Path(__file__).resolve().parents[3]
PYTHON = {Kind.INT: int, Kind.DOUBLE: float, Kind.STRING: str, Kind.BOOL: bool, Kind.LIST: list}


def test_the_table_of_the_documentation_is_the_list_of_facts() -> None:
    assert table() in (ROOT / "docs" / "house-rules.md").read_text(encoding="utf-8")


def test_every_fact_of_the_list_is_computed_and_has_its_type() -> None:
    values = facts("Words and **more** words.", title="A title").values
    assert sorted(values) == sorted(KINDS)
    for fact in FACTS:
        assert type(values[fact.name]) is PYTHON[fact.kind], fact.name


def test_quotations_code_and_links_are_not_own_words() -> None:
    values = facts(
        '[quote="bob"]five words that bob said[/quote]\nMine are `not these` four $$a+b$$. https://a.example/b [here](https://b.example/)\n\n```\ncode\n```'
    ).values
    assert values["own_words"] == 3
    assert values["quoted_words"] == 5
    assert values["quoted_share"] == 5 / 8
    assert values["domains"] == ["a.example", "b.example"]
    assert (values["links"], values["code_blocks"], values["quotations"]) == (2, 1, 1)


def test_lines_are_counted_as_they_are_shown() -> None:
    assert facts("One.\n\nTwo.\nThree.").values["own_lines"] == 3
    assert facts("word " * 50).values["own_lines"] == 3
    assert facts("> quoted\n\n").values["own_lines"] == 0
    assert facts("- one\n- two").values["own_lines"] == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Don't count twenty-four twice.", 4),
        ("– … !", 0),
        ("1,000 of 2,000", 5),
        ("税金は高すぎる。", 3),
        ("ภาษีสูงเกินไป", 3),
        ("Die Straße, die Brücke", 4),
        ("EU と 日本 の 税金", 4),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    "unseen", ["\u3164", "\u115f", "\u1160", "\uffa0", "\u200b", "\u00ad", "\u034f", "\u3164\u200d", "\u200d"]
)
def test_signs_that_nobody_sees_count_as_nothing(unseen: str) -> None:
    fillers = f" {unseen}" * 20 + unseen * 120
    values = facts(f"Non{unseen}sense. {fillers}", title=f"Loud{fillers}").values
    assert (values["own_words"], values["title_words"]) == (1, 1)
    if unseen != "\u200d":  # one that joins two letters is seen
        assert values["own_text"] == "Nonsense."
    assert (values["own_lines"], values["title"]) == (1, "Loud")
    assert found(f"Nonsense. {fillers}", "no-one-line-posts") == ["no-one-line-posts"]
    assert found(f"[quote]Twenty{fillers}[/quote]Nonsense.", "mostly-own-words") == []


def test_joiners_that_shape_words_stay_and_part_none() -> None:
    values = facts("می\u200cخواهم कर\u094d\u200dम").values
    assert values["own_words"] == 2
    assert values["own_text"] == "می\u200cخواهم कर\u094d\u200dम"


def test_a_source_is_a_link_away_or_a_quotation_that_names_an_address() -> None:
    assert facts("See https://news.example.org/a.").values["source_links"] == 1
    assert facts("See https://board.example/t/1.", host="board.example").values["source_links"] == 0
    assert facts("[quote]Said elsewhere, https://news.example.org/a[/quote]").values["source_links"] == 1
    assert facts("[quote=https://news.example.org/a]Said elsewhere.[/quote]").values["source_links"] == 1
    assert facts("See [this](/t/1).").values["source_links"] == 0


def test_quotations_that_name_nobody_are_told_apart() -> None:
    assert facts("> one two three").values["unattributed_words"] == 3
    assert facts('[quote="bob"]one two three[/quote]').values["unattributed_words"] == 0
    assert facts("[quote]one two three[/quote]").values["unattributed_words"] == 3


def test_capitals_are_counted_among_letters_that_can_be_capitals() -> None:
    assert facts("ABcd 123 税金").values["capitals_share"] == 0.5
    assert facts("税金 123").values["capitals_share"] == 0.0
    values = facts("x", title="NATO: Who PAYS for BRIDGES").values
    assert values["title_capital_words"] == 3
    assert values["title_letters"] == 21
    assert values["title_capitals"] == pytest.approx(16 / 21)


def test_the_circumstances_are_facts_too() -> None:
    values = facts(
        "x", seconds_since_last=29.9, author_age_days=1.5, author_posts=3, groups=("A", "B")
    ).values
    assert (values["seconds_since_last"], values["author_age_days"], values["author_posts"]) == (29, 1, 3)
    assert values["groups"] == ["A", "B"]
    assert facts("x").values["seconds_since_last"] == NEVER
    assert facts("x", seconds_since_last=float("nan")).values["seconds_since_last"] == 0


def test_the_detectors_are_asked_only_when_a_rule_wants_to_know() -> None:
    text = Draft("", "Ein Satz, der nicht englisch ist.", read("Ein Satz, der nicht englisch ist."))
    assert "languages" not in facts_of(text, ["own_words"]).values
    assert facts_of(text, ["languages"]).values["languages"] == ["de", "de"]


def _passage(body: str, *names: str, title: str = "") -> str | None:
    found = passage_of(facts(body, title=title), names)
    if found is None:
        return None
    return (title if found.where == "title" else body)[found.start : found.end]


def test_passages_are_found_in_what_was_typed() -> None:
    assert _passage("Text.", "title_capitals", title="LOUD") == "LOUD"
    assert (
        _passage('[quote="a"]Short.[/quote]\n[quote="b"]A *longer* one.[/quote]\nMine.', "quoted_share")
        == "A *longer* one."
    )
    assert _passage("First.\n\nThis is quiet.\n\nTHIS IS LOUD.", "capitals_share") == "THIS IS LOUD."
    assert _passage("See [it](https://a.example/b) or not.", "links") == "https://a.example/b"
    assert _passage("> Quoted.\n\nMy **own** words\nand more.", "own_words") == "My **own** words\nand more."


def test_the_paragraph_in_another_language_is_marked() -> None:
    german = "Ich glaube nicht, dass die Regierung das so weiter betreiben kann."
    body = f"The debate goes on in the usual way, as it did last year.\n\n{german}\n\nThat is what I heard."
    assert _passage(body, "language") == german


def test_words_that_were_quoted_before_are_found_where_they_are_ones_own() -> None:
    body = "> We shall see.\n\nWe shall see."
    found = passage_of(facts(body), ["own_words"])
    assert found is not None
    assert found.start == body.rindex("We")


def test_what_cannot_be_found_again_is_about_the_whole() -> None:
    assert _passage("&amp;&amp;", "own_words") is None
    assert _passage("Words.", "author_posts", "seconds_since_last") is None
    assert _passage("", "title", "own_words") is None


@given(st.text(max_size=300), st.text(max_size=80), st.sampled_from(["both", "markdown", "bbcode", "plain"]))
def test_passages_lie_within_the_text(body: str, title: str, markup: str) -> None:
    known = facts_of(Draft(title, body, read(body, markup)))
    for fact in FACTS:
        found = passage_of(known, [fact.name])
        assert found is None or 0 <= found.start < found.end <= len(title if found.where == "title" else body)


def test_facts_have_bounds_whatever_is_written() -> None:
    links = " ".join(f"https://host{number}.example.org/{'x' * 50}" for number in range(100))
    values = facts_of(
        Draft("T" * 5_000, links, read("we " * 30_000 + links), Circumstances(groups=("g" * 900,) * 90))
    ).values
    assert all(len(value) <= 4_000 for value in values.values() if isinstance(value, str))
    assert all(len(value) <= 20 for value in values.values() if isinstance(value, list))
    assert values["own_words"] == 30_000


def test_half_a_character_reaches_no_engine() -> None:
    document = doc.Document([doc.Paragraph([doc.Words("half \ud83d of one")])])
    values = facts_of(Draft("half \ud83d", "half \ud83d of one", document)).values
    assert values["title"] == "half ?"
    assert str(values["own_text"]).isascii()
