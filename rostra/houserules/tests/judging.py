"""Short ways to a draft and its verdict, for tests."""

from typing import Any

from rostra.houserules.definitions import check_of
from rostra.houserules.facts import Circumstances, Draft, Facts, facts_of
from rostra.houserules.presets import PRESETS, preset
from rostra.houserules.rules import Rule, Verdict, verdict_on
from rostra.markup import read

ALL_PRESETS = [preset(name) for name in PRESETS]


def draft(body: str, title: str = "", markup: str = "both", **known: Any) -> Draft:
    """A reply, or with a title the first post of a topic."""
    usual = {"kind": "topic" if title else "reply"}
    return Draft(title, body, read(body, markup), Circumstances(**{**usual, **known}))


def facts(body: str, title: str = "", markup: str = "both", **known: Any) -> Facts:
    """All facts of a draft."""
    return facts_of(draft(body, title, markup, **known))


def rule(condition: str, effect: str = "hint", say: str = "So it is.", **more: Any) -> Rule:
    """A rule of one condition."""
    check = check_of({"condition": condition, "effect": effect, "say": say, "remedy": "Mend it.", **more})
    return Rule(id=condition, number=1, version=1, text="Be quiet.", check=check)


def found(body: str, *names: str, **known: Any) -> list[str]:
    """Which of these presets (all, without any) find something."""
    rules = [preset(name) for name in names] or ALL_PRESETS
    return [str(finding.rule) for finding in verdict(rules, body, **known).findings]


def verdict(rules: list[Rule], body: str, **known: Any) -> Verdict:
    """The verdict on a draft."""
    return verdict_on(rules, draft(body, **known))
