"""What follows from a list: who is held, who is refused, and what they are told."""

from typing import Any

import pytest

from rostra.houserules.actions import lay_down_rule, repeal_rule
from rostra.houserules.models import HouseRule, RuleHit
from rostra.houserules.rules import Finding
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.topics.actions import post_reply
from rostra.topics.holding import Waits
from rostra.topics.judging import Answer, Judged, Text, is_looked_at, judge_text
from rostra.topics.models import Held
from rostra.wordlists.actions import ListForm, drop_list, keep_list
from rostra.wordlists.models import WordList
from tests.cast import Board


def keep(board: Board, entries: str, effect: str = "refuse", **more: Any) -> WordList:
    form = ListForm(
        name=more.get("name", "Insults"), kind=more.get("kind", "words"), effect=effect, scope=more.get("scope", "everybody"),
        sentence=more.get("sentence", ""), rule=more.get("rule", 0), entries=entries,
    )  # fmt: skip
    return keep_list(keeper=board.actor("dora"), form=form, list_id=more.get("list_id"))


def said(board: Board, body: str, title: str = "", by: str = "alice") -> tuple[Finding, ...]:
    text = Text("topic" if title else "reply", body, "both", title)
    return judge_text(board.actor(by), board.node(), text).verdict.findings


def test_a_refusing_list_says_what_was_found_and_marks_it(board: Board) -> None:
    keep(board, "darn\nbuy pills")
    body = "He said **nothing**. Darn  it."
    (finding,) = said(board, body)
    assert (finding.effect, finding.list, finding.number, finding.text) == ("refuse", "Insults", 0, "")
    assert finding.say == "Found: “Darn”. This board does not take this."
    assert finding.remedy
    assert finding.passage is not None
    assert body[finding.passage.start : finding.passage.end] == "Darn"
    with pytest.raises(Judged):
        board.topic(body=body)


def test_what_was_found_is_told_as_it_was_typed(board: Board) -> None:
    keep(board, "idiot's\nbuy pills\n混蛋\nété")
    (finding,) = said(board, "An IDIOT’s choice: Buy - pills. ÉTÉ. 你是混蛋吗")
    assert finding.say.startswith("Found: “IDIOT’s”, “Buy - pills”, “ÉTÉ”.")
    assert said(board, "你是混蛋吗")[0].say.startswith("Found: “混蛋”.")
    (finding,) = said(board, "Not étéx but **é**té.")
    assert (finding.passage, finding.say[:13]) == (None, "Found: “été”.")


def test_a_list_with_a_rule_says_the_rule_and_its_own_sentence(board: Board) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")
    keep(board, "darn", rule=rule, sentence="We do not swear here.")
    (finding,) = said(board, "Darn.")
    assert (finding.rule, finding.number, finding.text) == (rule, 1, "Argue with what people say.")
    assert finding.say == "Found: “Darn”. We do not swear here."
    repeal_rule(author=board.actor("dora"), forum=None, rule_id=rule)
    assert said(board, "Darn.")[0].number == 0, "without the rule the list stands for itself"


def test_where_the_board_has_rules_a_refusing_list_names_one(board: Board) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")
    for number in (0, rule + 1):
        with pytest.raises(Invalid) as invalid:
            keep(board, "darn", rule=number)
        assert set(invalid.value.faults) == {"rule"}
    keep(board, "darn", effect="hold")


def test_a_list_makes_no_rule_fall_back(board: Board) -> None:
    check = {"condition": "own_words > 500", "effect": "hint", "say": "Long."}
    rule = lay_down_rule(
        author=board.actor("dora"), forum=None, text="Be brief.", check=check, is_waived=True
    )
    keep(board, "darn", rule=rule)
    with pytest.raises(Judged):
        board.topic(body="Darn.")
    assert list(RuleHit.objects.values_list("judged", "hits")) == [(1, 0)]
    assert HouseRule.objects.get().mode == "enforce"


def test_a_contested_refusal_waits_for_a_moderator_with_what_was_said(board: Board) -> None:
    keep(board, "darn")
    topic = board.topic(by="dora")
    with pytest.raises(Waits):
        post_reply(
            author=board.actor("carol"),
            topic=topic,
            forum=board.node(),
            body="Darn.",
            answer=Answer(is_contested=True),
        )
    held = Held.objects.get()
    assert held.is_contested
    assert '"list": "Insults"' in held.findings


def test_a_holding_list_holds(board: Board) -> None:
    keep(board, "darn", effect="hold")
    with pytest.raises(Waits):
        board.topic(body="Darn.", by="carol")
    assert board.topic(body="Fine.", by="carol")


def test_words_of_others_are_left_alone_and_titles_links_and_hidden_words_are_not(board: Board) -> None:
    keep(board, "darn")
    assert said(board, "> Darn it.\n\nI do not say so.") == ()
    assert said(board, "[quote=carol]Darn it.[/quote] I do not say so.") == ()
    assert len(said(board, "Fine.", title="Darn it")) == 1
    for body in (
        "||darn||",
        "[darn](https://example.org)",
        "`darn`",
        "**da**rn",
        "- darn",
        "[spoiler]darn[/spoiler]",
    ):
        assert len(said(board, body)) == 1, body


def test_who_decides_what_waits_is_not_asked(board: Board) -> None:
    keep(board, "darn")
    for name, number in (("alice", 1), ("bob", 0), ("dora", 0)):
        assert len(said(board, "Darn.", by=name)) == number
        assert is_looked_at(board.actor(name), board.node()) is bool(number)
    node = board.node(board.asia)
    assert judge_text(board.actor("bob"), node, Text("reply", "Darn.", "both")).verdict.findings, (
        "he moderates Europe"
    )


def test_a_list_for_newcomers_is_for_them_alone(board: Board, settings: Any) -> None:
    keep(board, "darn", scope="newcomers")
    assert said(board, "Darn.") == ()
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"newcomer_posts": 1})
    assert len(said(board, "Darn.")) == 1
    board.topic(by="alice")
    board.people["alice"].refresh_from_db()
    assert said(board, "Darn.") == ()


@pytest.mark.parametrize(
    "body",
    [
        "See https://example.org/a", "See http://www.EXAMPLE.org.", "[here](https://sub.example.org/)", "![picture](https://example.org/a.png)",
        "||[x](https://example.org)||", "https://münchen.example", "[x](https://xn--mnchen-3ya.example)", "www.example.org",
        "[quote=https://example.org]y[/quote] z", "[x](//example.org/)", "[x](https://a@example.org:80/)",
        "> buy at https://example.org/\n\nNice words.", "[quote=alice]https://example.org[/quote] z", "> - ![x](https://example.org/x.png)",
    ],
)  # fmt: skip
def test_links_to_a_domain_and_those_below_it_are_found(board: Board, body: str) -> None:
    keep(board, "example.org\nmünchen.example", kind="domains", name="Spam")
    (finding,) = said(board, body)
    assert finding.list == "Spam"
    assert finding.passage is not None


@pytest.mark.parametrize(
    "body",
    [
        "See https://example.com",
        "https://notexample.org",
        "example.org",
        "[quote=alice post_id=5]https://example.org[/quote]\n\nno",
        "https://example.org.evil.example",
    ],
)
def test_links_elsewhere_and_of_others_are_left_alone(board: Board, body: str) -> None:
    keep(board, "example.org", kind="domains", name="Spam")
    assert said(board, body) == ()


def test_links_to_what_is_on_no_list_of_allowed_domains_are_held(board: Board, settings: Any) -> None:
    settings.SITE_URL = "https://board.example"
    keep(board, "example.org", "allow", kind="domains", name="Papers")
    keep(board, "example.com", "allow", kind="domains", name="Encyclopedias")
    for body in (
        "https://example.org/a",
        "https://a.example.com",
        "https://board.example/t/1",
        "[x](/t/1)",
        "No link.",
    ):
        assert said(board, body) == (), body
    (finding,) = said(board, "https://example.org/ https://elsewhere.example/")
    assert (finding.effect, finding.list) == ("hold", "Encyclopedias")
    assert "“elsewhere.example”" in finding.say


def test_the_strongest_comes_first(board: Board) -> None:
    keep(board, "darn", effect="hold", name="A")
    keep(board, "darn", effect="refuse", name="B")
    assert [each.list for each in said(board, "Darn.")] == ["B", "A"]


def test_a_list_is_changed_and_dropped_and_keeps_its_kind(board: Board) -> None:
    kept = keep(board, "darn")
    changed = keep(board, " heck \n\nHECK\n", list_id=kept.pk, kind="domains", name="Oaths")
    assert (changed.pk, changed.kind, changed.name, changed.entries) == (kept.pk, "words", "Oaths", "heck")
    assert said(board, "Darn.") == ()
    drop_list(keeper=board.actor("dora"), list_id=kept.pk)
    assert said(board, "Heck.") == ()
    with pytest.raises(Gone):
        keep(board, "darn", list_id=kept.pk)


def test_what_cannot_be_a_list_is_said_by_field_and_line(board: Board) -> None:
    keep(board, "darn")
    with pytest.raises(Invalid) as invalid:
        keep(board, "fine\n*\nalso fine\na*b*c*d", "allow", name="", scope="nobody", sentence="x" * 301)
    faults = invalid.value.faults
    assert set(faults) == {"name", "effect", "scope", "sentence", "entries"}
    assert faults["entries"].startswith("Line 2: “*” holds nothing to look for. Line 4: ")
    for entries in ("", " \n", "\n".join(map(str, range(2_001)))):
        with pytest.raises(Invalid):
            keep(board, entries, name="Other")
    with pytest.raises(Invalid) as taken:
        keep(board, "heck", name="INSULTS")
    assert set(taken.value.faults) == {"name"}


@pytest.mark.parametrize("name", ["alice", "bob"])
def test_only_who_manages_the_board_keeps_lists(board: Board, name: str) -> None:
    kept = keep(board, "darn")
    form = ListForm("X", "words", "hold", "everybody", "", 0, "heck")
    with pytest.raises(Refused):
        keep_list(keeper=board.actor(name), form=form)
    with pytest.raises(Refused):
        drop_list(keeper=board.actor(name), list_id=kept.pk)
    assert WordList.objects.count() == 1
