"""The form of a rule: what stands in it, what of it is wrong, and the check that it means."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from rostra.houserules.actions import LONGEST_TEXT, checked_text
from rostra.houserules.definitions import KINDS_OF_DRAFT, MOST_STEPS, check_of, step_of
from rostra.houserules.grammar import LONGEST as LONGEST_CONDITION
from rostra.houserules.queries import RuleRow
from rostra.houserules.rules import Effect, Scope
from rostra.houserules.sentences import LONGEST as LONGEST_SENTENCE
from rostra.kernel.refusals import Invalid

STEPS = tuple(str(number) if number > 1 else "" for number in range(1, MOST_STEPS + 1))
CONDITIONS, EFFECTS = (tuple(f"{name}{step}" for step in STEPS) for name in ("condition", "effect"))
LENGTHS = {
    "text": LONGEST_TEXT, **dict.fromkeys(CONDITIONS, LONGEST_CONDITION), "say": LONGEST_SENTENCE,
    "remedy": LONGEST_SENTENCE, "forums": 1_000, "groups": 10_000,
}  # fmt: skip
_BIGGEST_DIGITS = 18


@dataclass
class RuleForm:
    """What stands in the form by the names of its fields, and what is wrong with each."""

    typed: dict[str, str]
    on: frozenset[str] = Scope().on
    is_waived: bool = False
    base: int = 0  # the version of the rule that the form began with; 0 for a new one
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, str]:
        """The texts as a page can show them."""
        return {name: text.replace("\0", "␀") for name, text in self.typed.items()}

    @property
    def has_more_steps(self) -> bool:
        """Is there more than the first step, or a fault in it?"""
        return any(self.typed[name].strip() or name in self.faults for name in CONDITIONS[1:])

    @property
    def is_narrow(self) -> bool:
        """Is the rule about some forums or groups only?"""
        return bool(self.typed["forums"].strip() or self.typed["groups"].strip() or "forums" in self.faults)


def blank() -> RuleForm:
    """An empty form: the mildest effect, and what posts are checked for when nothing else is said."""
    return RuleForm({**dict.fromkeys(LENGTHS, ""), **dict.fromkeys(EFFECTS, Effect.HINT.value)})


def form_of(row: RuleRow) -> RuleForm:
    """The form of a rule that is there."""
    form = blank()
    form.base, form.typed["text"] = row.version, row.text
    data = json.loads(row.checked) if row.checked else {}
    if not data:
        return form
    for number, step in enumerate((data.get("steps") or [data])[:MOST_STEPS]):
        form.typed[CONDITIONS[number]], form.typed[EFFECTS[number]] = step["condition"], step["effect"]
    scope = data.get("scope") or {}
    form.typed |= {
        "say": data.get("say", ""),
        "remedy": data.get("remedy", ""),
        "forums": ", ".join(map(str, scope.get("forums") or [])),
        "groups": "\n".join(scope.get("groups") or []),
    }
    form.on = frozenset(scope.get("on") or Scope().on)
    return form


def form_sent(post: QueryDict) -> RuleForm:
    """The form as it was sent."""
    form = blank()
    form.typed = {name: post.get(name, text) for name, text in form.typed.items()}
    form.on = frozenset(post.getlist("on")) & frozenset(KINDS_OF_DRAFT)
    form.is_waived = bool(post.get("waived"))
    base = post.get("base", "")
    form.base = int(base) if base.isascii() and base.isdigit() and len(base) < _BIGGEST_DIGITS else 0
    return form


def check_in(form: RuleForm) -> dict[str, Any] | None:
    """The check that a form means, as data; None when nothing is filled in but the text. Raises Invalid by field."""
    steps = _steps(form.typed)
    say, remedy = form.typed["say"], form.typed["remedy"]
    if not steps and not say.strip() and not remedy.strip():
        return None
    faults = _faults_of_steps(steps)
    if faults:
        raise Invalid(**faults)
    if not form.on:
        raise Invalid(scope=_("Say what the rule is about: choose at least one."))
    scope = {
        "on": sorted(form.on),
        "forums": _forums(form.typed["forums"]),
        "groups": _groups(form.typed["groups"]),
    }
    pairs = list(steps.values())
    data = {**({"steps": pairs} if pairs else {}), "say": say, "remedy": remedy, "scope": scope}
    check_of(data)
    return data


def faults_in(form: RuleForm) -> dict[str, str]:
    """What is wrong with the text and with the check, by field; nothing when all of it can be taken."""
    faults: dict[str, str] = {}
    for part in (lambda: checked_text(form.typed["text"]), lambda: check_in(form)):
        try:
            part()
        except Invalid as fault:
            faults |= fault.faults
    return faults


def _steps(typed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The steps that have a condition, by the end of the names of their fields."""
    return {
        step: {"condition": typed[f"condition{step}"].strip(), "effect": typed[f"effect{step}"]}
        for step in STEPS
        if typed[f"condition{step}"].strip()
    }


def _faults_of_steps(steps: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    faults: dict[str, str] = {}
    for step, data in steps.items():
        try:
            step_of(data)
        except Invalid as fault:
            faults |= {f"{name}{step}": told for name, told in fault.faults.items()}
    return faults


def _forums(text: str) -> list[int]:
    words = text.replace(",", " ").split()
    for word in words:
        if not (word.isascii() and word.isdigit() and len(word) <= _BIGGEST_DIGITS):
            told = _("“%(word)s” is no number of a forum. It stands in its address, as in /f/12-name/.")
            raise Invalid(forums=told % {"word": word[:30]})
    return list(map(int, words))


def _groups(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
