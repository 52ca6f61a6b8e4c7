"""Conditions: what may be written, what is said of what may not, and that nothing gets out or takes long."""

import random
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.houserules import conditions
from rostra.houserules.conditions import MOST_MILLISECONDS, Value, condition
from rostra.houserules.facts import KINDS, Circumstances, Draft, facts_of
from rostra.houserules.grammar import LONGEST, Unfit
from rostra.houserules.patterns import why_not_pattern
from rostra.houserules.tests.drafts import random_condition, random_source
from rostra.markup import read

VALUES = facts_of(
    Draft(
        "The price of bread",
        "",
        read("Bread is dear. See https://news.example.org/a and https://b.example.com/.", "both"),
        Circumstances(kind="topic", groups=("Writers",)),
    )
).values


def _holds(source: str, values: Any = VALUES) -> bool:
    outcome = condition(source, KINDS).ask(values)
    assert outcome.fault == ""
    return outcome.holds


@pytest.mark.parametrize(
    "source",
    [
        "own_words == 5",
        "own_words < 6.5 && quoted_share == 0.0",
        "!(own_words > 100) || title == ''",
        "title.matches('(?i)BREAD$') && title.contains(\"price\") && !title.startsWith('x')",
        "domains.exists(each, each.endsWith('.com'))",
        "domains.all(d, d.matches(r'example\\.(org|com)$'))",
        "domains.filter(d, d.contains('news')).size() == 1 && size(domains) == 2",
    ],
)
def test_a_condition_says_what_it_says(source: str) -> None:
    assert _holds(source)


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("'Writers' in groups", True),
        ("'writers' in groups", False),
        ("kind in ['reply', 'edit']", False),
        ("own_words + links * 2 > 9 ? is_edit : is_first_post", False),
        ("double(own_words) / 4.0 > 1.2", True),
        ("int(2.9) == 2 && -links < 0 && own_words % 4 == 1", True),
        ("domains.map(d, d).size() > 2", False),
        ("title == 'The price of bread'", True),
        ('title == "it\'s \\"bread\\""', False),
        ("size(title) == 18", True),
    ],
)
def test_conditions_calculate_as_cel_does(source: str, holds: bool) -> None:
    assert _holds(source) is holds


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", "something is missing"),
        ("own_word < 3", "“own_words” may be meant"),
        ("zebra", "there is no fact “zebra”"),
        ("own_words", "this one is a whole number"),
        ("own_words < 'x'", "compares things of one type"),
        ("title < title", "compares numbers"),
        ("own_words && true", "needs true or false"),
        ("own_words + quoted_share > 1.0", "two whole numbers or two with a point"),
        ("title + title == title", "two whole numbers"),
        ("!own_words", "cannot stand before"),
        ("domains.exists(d, domains.exists(e, e == d))", "only one of"),
        ("domains.exists(title, true)", "is taken"),
        ("title.exists(x, true)", "goes through a list"),
        ("title.matches(title)", "in quotation marks"),
        ("title.upper() == ''", "there is no “.upper\\(\\)”"),
        ("domains[0] == 'x'", "not expected here"),
        ("own_words < 3)", "not expected here"),
        ("(own_words < 3", "“\\)” is missing"),
        ("own_words ? true : false", "needs true or false"),
        ("true ? 1 : 'x'", "must be of one type"),
        ("own_words < 12345678901234567890", "cannot be read"),
        ("title == '\\u0041'", "cannot be read"),
        ("'a' in title", "whether a text is in a list"),
        ("int(title) > 1", "needs a number"),
        ("size(own_words) > 1", "counts a text or a list"),
        ("kind in [own_words]", "a list holds texts"),
        (r"domains.exists(d, d.matches(r'\w'))", "within a list, write"),
        (f"{'(' * 40}true{')' * 40}", "at most 12 parentheses"),
        ("true || " * 80 + "true", f"at most {LONGEST}"),
        ("has(title)", "there is no fact “has”"),
        (" || ".join(["title.matches('a')"] * 3), "at most 2 patterns"),
    ],
)
def test_what_is_no_condition_is_refused_with_the_reason(source: str, told: str) -> None:
    with pytest.raises(Unfit, match=told):
        condition(source, KINDS)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(x{1,300}){1,300}y", "cannot be used"),
        ("x{3}", "cannot be used"),
        ("\\p{L}+", "cannot be used"),
        ("(?<name>a)", "no pattern|cannot be used"),
        ("(?s).", "no pattern|cannot be used"),
        ("[", "cannot be used"),
        ("(a", "no pattern"),
        ("a**", "no pattern"),
        ("[z-a]", "no range"),
        ("[à-ü]", "no range"),
        ("\\w\\w\\w", "3 times"),
        ("a" * 61, "at most 60"),
    ],
)
def test_patterns_that_may_take_long_are_refused(pattern: str, told: str) -> None:
    assert re.search(told, why_not_pattern(pattern))


@pytest.mark.parametrize(
    "pattern", ["", "(?i)tax cut", "^(a|b)+?c*$", r"\bEU\b", r"[^a-z ]+\.", r"1\+1", "[a-zA-Z0-9_-]+@"]
)
def test_usual_patterns_are_taken_by_both_engines(pattern: str) -> None:
    assert why_not_pattern(pattern) == ""
    assert isinstance(_holds(f"title.matches(r'{pattern}') || true"), bool)


def test_a_condition_that_fails_says_so_and_does_not_hold() -> None:
    outcome = condition("own_words / links > 1", KINDS).ask({**VALUES, "links": 0})
    assert not outcome.holds
    assert "division by zero" in outcome.fault


def test_a_fact_that_is_not_there_is_a_fault_and_no_exception() -> None:
    assert "own_words" in condition("own_words < 3", KINDS).ask({}).fault


class _Slow:
    """Takes some of the processor's time for each asking, in ms."""

    def __init__(self, *times: float) -> None:
        self.times, self.asked = list(times), 0

    def execute(self, _values: object) -> bool:
        self.asked += 1
        return True


def test_one_slow_moment_is_no_slow_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.050, 1.0, 1.001])
    monkeypatch.setattr(time, "thread_time", lambda: next(clock))
    found = conditions.Condition("true", (), _Slow())  # type: ignore[arg-type]
    assert found.ask({}).milliseconds == pytest.approx(1.0)


def test_what_is_slow_three_times_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.050, 1.0, 1.040, 2.0, 2.060])
    monkeypatch.setattr(time, "thread_time", lambda: next(clock))
    slow = _Slow()
    assert conditions.Condition("true", (), slow).ask({}).milliseconds == pytest.approx(40.0)  # type: ignore[arg-type]
    assert slow.asked == 3


def test_a_panic_of_the_engine_stays_inside() -> None:
    class Panic(BaseException):
        pass

    class Engine:
        def execute(self, _values: object) -> bool:
            raise Panic("index out of range")

    outcome = conditions.Condition("true", (), Engine()).ask({})  # type: ignore[arg-type]
    assert outcome.fault == "Panic: index out of range"


def test_random_conditions_are_refused_or_answered_and_never_slow() -> None:
    chance, taken = random.Random(7), 0
    texts = [_values(random_source(chance, 200)) for _ in range(40)]
    for _number in range(1_500):
        try:
            read_one = condition(random_condition(chance), KINDS)
        except Unfit:
            continue
        taken += 1
        assert read_one.ask(chance.choice(texts)).milliseconds <= 50
    assert taken > 300


def _values(source: str) -> dict[str, Value]:
    return dict(facts_of(Draft("A title", source, read(source, "both"))).values)


@given(st.text(alphabet="()!-<>=&|'\"\\ .own_wrdstile[]0,?:", max_size=80))
def test_whatever_is_typed_is_read_or_refused(source: str) -> None:
    told = ""
    try:
        condition(source, KINDS)
    except Unfit as fault:
        told = fault.told
    assert told == told.strip()


@pytest.mark.parametrize(
    "source",
    [
        "domains.exists(d, d.matches('(?i)"
        + "ks" * 28
        + "') || d.matches('[^a]*[^b]*[^c]*[^d]*[^e]*[^f]*[^g]*[^h]*[^i]*z'))",
        "domains.exists(d, d.matches('(?i)" + "ks" * 28 + "') || d.matches('(?i)" + "sk" * 28 + "'))",
        r"own_text.matches('\\w+\\sz') || own_text.matches('\\w+\\bz')",
        "domains.exists(d, own_text.matches('((.+.+)+(.+.+)+.+)+z') && own_text.matches('(?i)[^a]+z'))",
        "own_text.matches('((.+.+)+(.+.+)+)+z') || own_text.matches('((a*)*(b*)*)*(c|d|e|f|g)*z')",
        " || ".join(["own_text.contains('zz')"] * 18),
    ],
)
def test_the_worst_that_may_be_written_stays_far_below_what_people_notice(source: str) -> None:
    worst = {
        **VALUES,
        "own_text": "aé " * 1_333,
        "domains": [f"host{number}.example.org" * 9 for number in range(20)],
    }
    outcome = condition(source, KINDS).ask(worst)
    assert outcome.fault == ""
    assert outcome.milliseconds <= 50
    assert MOST_MILLISECONDS < 50
