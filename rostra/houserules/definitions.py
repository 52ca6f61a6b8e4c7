"""A check as data, as forms, YAML and JSON lines hold it, and back. What is wrong is said by field."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from rostra.houserules.conditions import condition
from rostra.houserules.facts import KINDS
from rostra.houserules.grammar import Unfit, nearest
from rostra.houserules.rules import Check, Effect, Scope, Step
from rostra.houserules.sentences import LONGEST, placeholders
from rostra.kernel.refusals import Invalid
from rostra.kernel.text import is_visible

MOST_STEPS = 3
MOST_IN_SCOPE = 100
KINDS_OF_DRAFT = ("topic", "reply", "edit", "title")
FIELDS = ("steps", "condition", "effect", "say", "remedy", "scope")
_Entry = TypeVar("_Entry", int, str)


def check_of(data: object) -> Check:
    """A check from its data: `condition` and `effect`, or `steps` of these; `say`, `remedy`, `scope`.

    Raises Invalid that names the field, with what is wrong and how to mend it.
    """
    if not isinstance(data, Mapping):
        raise Invalid(check=_("A check is a list of fields: condition, effect, say, remedy, scope."))
    for name in data:
        if name not in FIELDS:
            near = nearest(str(name), FIELDS)
            told = _("A check has no field “%(name)s”.") % {"name": str(name)[:60]}
            raise Invalid(check=f"{told} {_meant(near)}".strip())
    check = Check(
        steps=_steps(data),
        say=_sentence(data, "say"),
        remedy=_sentence(data, "remedy"),
        scope=_scope(data.get("scope") or {}),
    )
    if not check.say:
        raise Invalid(say=_("Say in a sentence what the author is told."))
    if not check.remedy and any(step.effect is Effect.REFUSE for step in check.steps):
        raise Invalid(remedy=_("Whoever is refused must be told how to mend it: fill in the remedy."))
    return check


def data_of(check: Check) -> dict[str, Any]:
    """The data of a check, for storing and for export: what is as usual is left out."""
    steps = [{"condition": step.condition.source, "effect": step.effect.value} for step in check.steps]
    scope = {
        "on": [kind for kind in KINDS_OF_DRAFT if kind in check.scope.on]
        if check.scope.on != Scope().on
        else [],
        "forums": sorted(check.scope.forums),
        "groups": sorted(check.scope.groups),
    }
    found: dict[str, Any] = {**steps[0]} if len(steps) == 1 else {"steps": steps}
    found |= {
        "say": check.say,
        "remedy": check.remedy,
        "scope": {name: each for name, each in scope.items() if each},
    }
    return {name: each for name, each in found.items() if each}


def _steps(data: Mapping[str, Any]) -> tuple[Step, ...]:
    steps = data.get("steps")
    if steps is None:
        steps = [{"condition": data.get("condition"), "effect": data.get("effect")}]
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        raise Invalid(
            steps=_("A check has 1 to %(most)s steps, each with a condition and an effect.")
            % {"most": MOST_STEPS}
        )
    return tuple(map(step_of, steps))


def step_of(data: object) -> Step:
    """A step from its `condition` and `effect`. Raises Invalid for either."""
    if not isinstance(data, Mapping) or not isinstance(data.get("condition"), str):
        raise Invalid(condition=_("The condition is missing, as in “own_words < 10”."))
    try:
        read = condition(data["condition"].strip(), KINDS)
    except Unfit as fault:
        where = (
            "" if fault.place is None else " " + _("(At character %(place)s.)") % {"place": fault.place + 1}
        )
        raise Invalid(condition=f"{fault.told[:1].upper()}{fault.told[1:]}.{where}") from None
    effect = data.get("effect")
    if effect not in list(Effect):
        told = _("The effect is one of %(effects)s.") % {"effects": ", ".join(Effect)}
        raise Invalid(effect=told)
    return Step(read, Effect(str(effect)))


def _sentence(data: Mapping[str, Any], name: str) -> str:
    text = data.get(name) or ""
    if not isinstance(text, str) or (text and not is_visible(text)):
        raise Invalid(**{name: _("This must be a sentence.")})
    if len(text) > LONGEST:
        told = _("The sentence has %(number)s characters; at most %(most)s are allowed.")
        raise Invalid(**{name: told % {"number": len(text), "most": LONGEST}})
    try:
        names = placeholders(text)
    except ValueError:
        raise Invalid(
            **{name: _("Braces stand around the name of a fact only, as in {own_words}.")}
        ) from None
    for each in names:
        if each not in KINDS:
            told = _("There is no fact “%(name)s”.") % {"name": each}
            raise Invalid(**{name: f"{told} {_meant(nearest(each, KINDS))}".strip()})
    return text.replace("\0", "").strip()


def _scope(data: object) -> Scope:
    if not isinstance(data, Mapping) or set(data) - {"on", "forums", "groups"}:
        raise Invalid(scope=_("A scope has the fields on, forums and groups."))
    on = frozenset(_entries(data, "on", str))
    if on - set(KINDS_OF_DRAFT):
        raise Invalid(scope=_("A rule is about %(kinds)s.") % {"kinds": ", ".join(KINDS_OF_DRAFT)})
    return Scope(
        on or Scope().on, frozenset(_entries(data, "forums", int)), frozenset(_entries(data, "groups", str))
    )


def _entries(data: Mapping[str, Any], name: str, kind: Callable[..., _Entry]) -> list[_Entry]:
    entries = data.get(name) or []
    if (
        not isinstance(entries, list)
        or not all(type(each) is kind for each in entries)
        or len(entries) > MOST_IN_SCOPE
    ):
        what = _("numbers") if kind is int else _("names")
        told = _("In the scope, %(field)s is a list of at most %(most)s %(what)s.")
        raise Invalid(scope=told % {"field": name, "most": MOST_IN_SCOPE, "what": what})
    return entries


def _meant(near: str) -> str:
    return _("Did you mean “%(name)s”?") % {"name": near} if near else ""
