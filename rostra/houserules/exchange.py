"""Rules as YAML, to carry them from board to board. Nothing but texts, numbers and lists is read from it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import yaml
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.queries import Node
from rostra.houserules.actions import lay_down_rule
from rostra.houserules.definitions import check_of
from rostra.houserules.grammar import nearest
from rostra.houserules.policy import why_not_rule
from rostra.houserules.presets import PRESETS
from rostra.houserules.queries import RuleRow
from rostra.houserules.rules import MOST_RULES
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, refuse

LONGEST, DEEPEST = 100_000, 8


class Carried(NamedTuple):
    """A rule that is on its way: its text, and its check as data, or None."""

    text: str
    check: Mapping[str, Any] | None


class _Loader(yaml.SafeLoader):
    """YAML 1.1 takes `on` for true; here only true and false are."""


class _Dumper(yaml.SafeDumper):
    """Writes `on` as it is."""


for _each in (_Loader, _Dumper):
    _each.yaml_implicit_resolvers = {
        sign: [found for found in resolvers if found[0] != "tag:yaml.org,2002:bool" or sign in "tTfF"]
        for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def written(rules: Iterable[RuleRow]) -> str:
    """Rules as YAML, in their order."""
    entries = [
        {"text": row.text, **({"check": json.loads(row.checked)} if row.checked else {})} for row in rules
    ]
    return _as_yaml({"rules": entries})


def written_check(checked: str) -> str:
    """A check as it is stored, as YAML; empty without one."""
    return _as_yaml(json.loads(checked)) if checked else ""


def read(text: str) -> list[Carried]:
    """The rules of a YAML text. Raises Invalid for `file` with what is wrong, where, and how to mend it."""
    if len(text) > LONGEST:
        told = _("The file has %(number)s characters; at most %(most)s are allowed.")
        raise Invalid(file=told % {"number": f"{len(text):,}", "most": f"{LONGEST:,}"})
    data = _loaded(text)
    entries = data.get("rules") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_RULES:
        told = _("The file holds “rules:” with a list of 1 to %(most)s rules below it.") % {
            "most": MOST_RULES
        }
        raise Invalid(file=told)
    return [_carried(entry, number) for number, entry in enumerate(entries, 1)]


def bring_rules(*, author: Actor, forum: Node | None, text: str, is_waived: bool = False) -> int:
    """Add the rules of a YAML text to a forum or the whole board: all of them or none; returns how many.

    Raises Refused, and Invalid for `file`.
    """
    refuse(why_not_rule(author, forum))
    rules = read(text)
    with change(is_structural=True):
        for number, rule in enumerate(rules, 1):
            try:
                lay_down_rule(
                    author=author, forum=forum, text=rule.text, check=rule.check, is_waived=is_waived
                )
            except Invalid as fault:
                raise _at(number, fault) from None
    return len(rules)


def _as_yaml(data: object) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


def _loaded(text: str) -> object:
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise Invalid(
                    file=_(
                        "The file has anchors (& and *), which are not read. Write out what they stand for."
                    )
                )
            if depth > DEEPEST:
                raise Invalid(
                    file=_(
                        "Lists and fields stand too deep in each other. Rules need %(most)s levels at most."
                    )
                    % {"most": DEEPEST}
                )
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        told = _("The file is no YAML: %(fault)s") % {"fault": " ".join(str(fault).split())[:200]}
        raise Invalid(file=told) from None


def _carried(entry: object, number: int) -> Carried:
    if not isinstance(entry, dict) or set(entry) - {"text", "check", "preset"}:
        raise _at(number, Invalid(file=_("A rule has the fields text and check, or preset.")))
    name = entry.get("preset")
    if name is not None:
        return _preset(name, number)
    text, check = entry.get("text"), entry.get("check")
    if not isinstance(text, str):
        raise _at(number, Invalid(file=_("Say the rule in words, for the people who read it.")))
    try:
        if check is not None:
            check_of(check)
    except Invalid as fault:
        raise _at(number, fault) from None
    return Carried(text, check)


def _preset(name: object, number: int) -> Carried:
    if not isinstance(name, str) or name not in PRESETS:
        near = nearest(str(name), PRESETS)
        told = _("There is no preset “%(name)s”.") % {"name": str(name)[:60]}
        meant = " " + _("Did you mean “%(name)s”?") % {"name": near} if near else ""
        raise _at(number, Invalid(file=told + meant))
    return Carried(PRESETS[name].text, PRESETS[name].check)


def _at(number: int, fault: Invalid) -> Invalid:
    """The fault of one rule as that of the file."""
    told = "; ".join(
        words if name in ("file", "text") else f"{name}: {words}" for name, words in fault.faults.items()
    )
    return Invalid(file=_("Rule %(number)s: %(told)s") % {"number": number, "told": told})
