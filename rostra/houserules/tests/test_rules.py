"""Judging: scopes, steps, sentences, faults; and that preview and sending cannot differ."""

import random
import time
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from rostra.houserules import rules as judging
from rostra.houserules.conditions import Outcome
from rostra.houserules.definitions import check_of, data_of
from rostra.houserules.presets import PRESETS, preset
from rostra.houserules.rules import Effect, Rule, judge, verdict_on
from rostra.houserules.tests.drafts import random_condition, random_source
from rostra.houserules.tests.judging import ALL_PRESETS, draft, facts, rule, verdict
from rostra.kernel.refusals import Invalid


def test_a_finding_names_the_rule_marks_the_passage_and_says_the_remedy() -> None:
    loud = rule("capitals_share > 0.5", "refuse", "{capitals_share} of the letters are capitals.")
    (finding,) = verdict([loud], "THIS IS LOUD").findings
    assert (finding.rule, finding.number, finding.text) == ("capitals_share > 0.5", 1, "Be quiet.")
    assert finding.effect is Effect.REFUSE
    assert finding.passage == ("body", 0, 12)
    assert finding.say == "100 % of the letters are capitals."
    assert finding.remedy == "Mend it."


def test_findings_come_with_the_strongest_first_and_give_the_effect() -> None:
    made = verdict(
        [rule("true", "hint"), rule("true || true", "hold"), rule("own_words > 0", "ask")], "Words."
    )
    assert [finding.effect for finding in made.findings] == ["hold", "ask", "hint"]
    assert made.effect is Effect.HOLD
    assert verdict([rule("false")], "Words.").effect is None


def test_of_several_steps_the_strongest_that_holds_counts() -> None:
    steps = [
        {"condition": "own_words > 1", "effect": "ask"},
        {"condition": "own_words > 3", "effect": "hold"},
    ]
    stepped = Rule("s", 1, 1, "", check_of({"steps": steps, "say": "So."}))
    assert verdict([stepped], "one").effect is None
    assert verdict([stepped], "one two").effect is Effect.ASK
    assert verdict([stepped], "one two three four").effect is Effect.HOLD


@pytest.mark.parametrize(
    ("scope", "known", "is_within"),
    [
        ({}, {"kind": "edit"}, True),
        ({"on": ["reply"]}, {"kind": "topic"}, False),
        ({"on": ["title"]}, {"kind": "topic", "title": "T"}, True),
        ({"on": ["title"]}, {"kind": "edit", "title": "T"}, True),
        ({"on": ["title"]}, {"kind": "edit"}, False),
        ({"forums": [3]}, {"forums": frozenset({1, 3})}, True),
        ({"forums": [3]}, {"forums": frozenset({1})}, False),
        ({"groups": ["New"]}, {"groups": ("New",)}, True),
        ({"groups": ["New"]}, {"groups": ("Old",)}, False),
    ],
)
def test_a_rule_looks_only_at_what_it_is_about(scope: Any, known: Any, is_within: bool) -> None:
    made = verdict([rule("true", scope=scope)], "Words.", **known)
    assert bool(made.findings) is is_within
    assert bool(made.asked) is is_within


def test_a_rule_without_a_check_is_for_people() -> None:
    assert verdict([Rule("r", 1, 1, "Be kind.")], "Words.").asked == ()


def test_a_rule_that_observes_tells_nobody() -> None:
    quiet = rule("true", "refuse")
    made = verdict([Rule(quiet.id, 1, 1, "", quiet.check, observes=True)], "Words.")
    assert made.findings == ()
    assert made.effect is None
    assert [finding.effect for finding in made.observed] == [Effect.REFUSE]


def test_a_rule_that_fails_is_reported_and_the_others_go_on() -> None:
    made = verdict([rule("own_words / links > 1", "refuse"), rule("own_words == 1", "hint")], "Words.")
    assert [(fault.rule, fault.why) for fault in made.faults] == [("own_words / links > 1", "failed")]
    assert [finding.effect for finding in made.findings] == ["hint"]


def test_the_slowest_rules_are_reported_until_the_others_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    times = {"true": 4.0, "!false": 6.0, "true && true": 0.5}

    def asked(check: judging.Check, _facts: object) -> Any:
        return Effect.HINT, [Outcome(True, times[check.steps[0].condition.source])]

    monkeypatch.setattr(judging, "_asked", asked)
    made = verdict([rule(source) for source in times], "Words.")
    assert [(fault.rule, fault.why) for fault in made.faults] == [("!false", "slow")]
    assert len(made.findings) == 3  # time taken changes no finding


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"condition": "own_word < 1"}, "condition", "“own_words” may be meant. \\(At character 1.\\)"),
        ({"condition": 3}, "condition", "is missing"),
        ({"effect": "shout"}, "effect", "hint, ask, hold, refuse"),
        ({"say": ""}, "say", "what the author is told"),
        ({"say": "{own_word} words"}, "say", "Did you mean “own_words”"),
        ({"say": "{0.__class__}"}, "say", "Braces"),
        ({"say": "x" * 301}, "say", "at most 300"),
        ({"effect": "refuse", "remedy": ""}, "remedy", "how to mend it"),
        ({"scope": {"on": ["wiki"]}}, "scope", "topic, reply, edit, title"),
        ({"scope": {"forums": ["3"]}}, "scope", "at most 100 numbers"),
        ({"scope": 3}, "scope", "has the fields"),
        ({"steps": []}, "steps", "1 to 3 steps"),
        ({"sayy": "x"}, "check", "Did you mean “say”"),
    ],
)
def test_what_is_no_check_is_refused_by_field(change: dict[str, Any], field: str, told: str) -> None:
    good = {"condition": "true", "effect": "hint", "say": "So.", "remedy": "Mend it."}
    with pytest.raises(Invalid, match=told) as refused:
        check_of({**good, **change})
    assert list(refused.value.faults) == [field]


@pytest.mark.parametrize("name", PRESETS)
def test_a_check_becomes_data_and_comes_back(name: str) -> None:
    check = preset(name).check
    assert check is not None
    again = check_of(data_of(check))
    assert data_of(again) == data_of(check)
    assert again.scope == check.scope


def test_sentences_hold_facts_as_people_write_them() -> None:
    told = rule("true", say="{own_words}, {quoted_share}, {domains}, {language}, {title}")
    body = "Die Regierung hat davon nichts gewusst und will es auch nicht wissen. https://a.example/ https://b.example/"
    made = verdict([told], body)
    assert made.findings[0].say == "12, 0 %, a.example, b.example, German, "
    assert verdict([rule("true", say="{language}")], "+1").findings[0].say == "–"


def test_presets_speak_the_readers_language() -> None:
    with override("de"):
        (finding,) = verdict([preset("thirty-seconds")], "Words.", seconds_since_last=7).findings
    assert "sind 7 s vergangen" in finding.say
    assert finding.text == "Lassen Sie zwischen zwei Antworten 30 Sekunden vergehen."


def test_what_an_author_writes_is_filled_in_and_not_read_again() -> None:
    made = verdict([rule("true", say="“{title}”")], "Words.", title="{own_words} %(x)s <b>")
    assert made.findings[0].say == "“{own_words} %(x)s <b>”"


@given(
    st.text(max_size=400), st.text(max_size=100), st.booleans(), st.sampled_from(["topic", "reply", "edit"])
)
def test_judging_raises_nothing_and_says_the_same_twice(
    body: str, title: str, is_first: bool, kind: str
) -> None:
    made = draft(body, title, kind=kind, is_first_post=is_first)
    first, second = verdict_on(ALL_PRESETS, made), verdict_on(ALL_PRESETS, made)
    assert (first.findings, first.asked) == (second.findings, second.asked)
    assert not [fault for fault in first.faults if fault.why == "failed"]


def test_preview_and_sending_agree_on_random_drafts() -> None:
    """Both call `verdict_on`; each reads the source anew."""
    chance = random.Random(11)
    found = 0
    for _number in range(400):
        source, title = random_source(chance), random_source(chance, 6)
        since = chance.randint(0, 60)
        preview = verdict_on(ALL_PRESETS, draft(source, title, seconds_since_last=since))
        sent = verdict_on(ALL_PRESETS, draft(source, title, seconds_since_last=since))
        assert preview.findings == sent.findings
        found += len(sent.findings)
    assert found > 100


@pytest.mark.parametrize(
    "text",
    ["\n" * 4_900, "“" * 60_000, "said " * 12_000, "By " + "Aa " * 20_000, "A" * 60_000, "税金" * 30_000, "aé " * 20_000,
     "\n\n".join(f"Ein Absatz {number} der &amp; bleibt." for number in range(1_600))],
)  # fmt: skip
def test_no_text_takes_long_to_judge(text: str) -> None:
    """Far above what it takes, far below what a pattern takes that looks again and again."""
    made = draft(text, markup="plain")
    begin = time.process_time()
    verdict_on(ALL_PRESETS, made)
    assert time.process_time() - begin < 0.5


def test_random_rules_judge_random_drafts_without_an_exception() -> None:
    chance, judged = random.Random(5), 0
    for _number in range(300):
        try:
            made = rule(random_condition(chance), chance.choice(list(Effect)))
        except Invalid:
            continue
        judged += 1
        judge([made], facts(random_source(chance), random_source(chance, 4)))
    assert judged > 60
