"""A rule: a text for people and, where a machine can see it, a check. `judge` is the one function that decides, for the
preview as for the post that is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rostra.houserules.conditions import MOST_MILLISECONDS, Condition, Outcome
from rostra.houserules.facts import Draft, Facts, facts_of
from rostra.houserules.passages import Passage, passage_of
from rostra.houserules.sentences import filled, placeholders, translated

MOST_RULES = 50  # of a forum


class Effect(StrEnum):
    """What follows from a finding, the mildest first."""

    HINT = "hint"  # the author is told
    ASK = "ask"  # the author must say that it is meant
    HOLD = "hold"  # a moderator looks at it first
    REFUSE = "refuse"

    @property
    def rank(self) -> int:
        """How strong it is, from 0."""
        return list(Effect).index(self)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule is about: forums by id and groups by name (empty: all), and of what it speaks."""

    on: frozenset[str] = frozenset({"topic", "reply", "edit"})  # and "title": whatever has one
    forums: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset()

    def holds(self, draft: Draft) -> bool:
        """Is a draft within it?"""
        known = draft.circumstances
        if self.forums and self.forums.isdisjoint(known.forums):
            return False
        if self.groups and self.groups.isdisjoint(known.groups):
            return False
        return known.kind in self.on or ("title" in self.on and bool(draft.title))


@dataclass(frozen=True, slots=True)
class Step:
    """A condition and what follows when it holds."""

    condition: Condition
    effect: Effect


@dataclass(frozen=True, slots=True)
class Check:
    """What a machine can see of a rule: steps, of which the strongest that holds counts, the sentence shown, and how to
    mend what was found. Both sentences are English or the owner's own, with `{fact}` placeholders."""

    steps: tuple[Step, ...]
    say: str
    remedy: str
    scope: Scope = Scope()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts of its conditions, in the order of the text."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.condition.facts))

    @property
    def wanted(self) -> tuple[str, ...]:
        """The facts that its sentences name as well."""
        return (*self.facts, *placeholders(self.say), *placeholders(self.remedy))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in force: `id` is what findings name (a stored rule's number in the database, or a name); `number` is what
    people call it. One that only observes has findings that nobody is told of."""

    id: int | str
    number: int
    version: int
    text: str
    check: Check | None = None
    observes: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a draft does not keep: its id, what people call it and its text, with the sentences filled in and in
    the reader's language; `passage` None means the whole. `list`: the list of words or domains that found it
    (`rostra/wordlists`); where that stands for no rule, the number is 0 and there is no text."""

    rule: int | str
    number: int
    text: str
    effect: Effect
    passage: Passage | None
    say: str
    remedy: str
    list: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that could not be asked (`failed`) or took too long (`slow`): it must be switched to observe."""

    rule: int | str
    why: str
    told: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, the strongest first; what rules that only observe would have said; rules that are out of order;
    and which rules looked at the draft, for their counters."""

    findings: tuple[Finding, ...] = ()
    observed: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    asked: tuple[int | str, ...] = ()

    @property
    def effect(self) -> Effect | None:
        """The strongest effect, None when nothing was found."""
        return self.findings[0].effect if self.findings else None


def verdict_on(rules: Sequence[Rule], draft: Draft) -> Verdict:
    """Judge a draft by the rules of its forum."""
    wanted = frozenset(name for rule in rules if rule.check for name in rule.check.wanted)
    return judge(rules, facts_of(draft, wanted))


def judge(rules: Sequence[Rule], facts: Facts) -> Verdict:
    """Judge facts by rules. It raises nothing, and the same facts give the same findings: time taken makes faults,
    never findings. Each condition is bounded by its grammar, so that no text can make it long."""
    findings: list[tuple[bool, Finding]] = []
    faults: list[Fault] = []
    asked: list[int | str] = []
    times: list[tuple[float, Rule]] = []
    for rule in rules[:MOST_RULES]:
        if rule.check is None or not rule.check.scope.holds(facts.draft):
            continue
        asked.append(rule.id)
        effect, outcomes = _asked(rule.check, facts)
        times.append((sum(outcome.milliseconds for outcome in outcomes), rule))
        broken = next((outcome.fault for outcome in outcomes if outcome.fault), "")
        if broken:
            faults.append(Fault(rule.id, "failed", broken))
        elif effect is not None:
            findings.append((rule.observes, _finding(rule, rule.check, effect, facts)))
    faults += _slow(times)
    findings.sort(key=lambda each: -each[1].effect.rank)
    return Verdict(
        tuple(finding for observes, finding in findings if not observes),
        tuple(finding for observes, finding in findings if observes),
        tuple(faults),
        tuple(asked),
    )


def _asked(check: Check, facts: Facts) -> tuple[Effect | None, list[Outcome]]:
    outcomes = [step.condition.ask(facts.values) for step in check.steps]
    held = [step.effect for step, outcome in zip(check.steps, outcomes, strict=True) if outcome.holds]
    return max(held, key=lambda effect: effect.rank, default=None), outcomes


def _finding(rule: Rule, check: Check, effect: Effect, facts: Facts) -> Finding:
    passage = passage_of(facts, check.facts)
    say, remedy = filled(check.say, facts.values), filled(check.remedy, facts.values)
    return Finding(rule.id, rule.number, translated(rule.text), effect, passage, say, remedy)


def _slow(times: Iterable[tuple[float, Rule]]) -> list[Fault]:
    """The slowest rules, as many as it takes for the others to stay within a post's budget."""
    slowest_first = sorted(times, key=lambda each: -each[0])
    left, faults = sum(took for took, _ in slowest_first), []
    for took, rule in slowest_first:
        if left <= MOST_MILLISECONDS:
            break
        left -= took
        faults.append(
            Fault(rule.id, "slow", f"it took {took:.1f} ms; all rules have {MOST_MILLISECONDS:.0f} ms")
        )
    return faults
