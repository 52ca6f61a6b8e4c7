"""Reads of rules. Those in force are few and asked for with every post: they are kept in memory for each version of the
board's structure, with their conditions read."""

import json
import logging
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from rostra.forums.queries import Node
from rostra.houserules.definitions import check_of
from rostra.houserules.inheritance import sources
from rostra.houserules.models import HouseRule
from rostra.houserules.rules import Check, Rule
from rostra.kernel.clock import now
from rostra.kernel.latest import Latest
from rostra.kernel.refusals import Invalid
from rostra.kernel.statements import Statement

logger = logging.getLogger(__name__)


class RuleRow(NamedTuple):
    """A rule with its version in force, made at `made_at`; `checked` is its check as JSON, empty without one; `fell_back`
    says why it observes when that was nobody's decision."""

    id: int
    forum_id: int | None
    number: int
    version: int
    mode: str
    observing_until: datetime | None
    fell_back: str
    is_active: bool
    text: str
    checked: str
    made_at: datetime


class VersionRow(NamedTuple):
    """A version of a rule; `author` is the name, for who may read it."""

    version: int
    text: str
    checked: str
    author_id: int | None
    author: str | None
    made_at: datetime


class HitRow(NamedTuple):
    """What a version of a rule found in an hour."""

    version: int
    hour_at: datetime
    judged: int
    hits: int


class RuleHitRow(NamedTuple):
    """What the version in force of a rule found in an hour."""

    rule_id: int
    hour_at: datetime
    judged: int
    hits: int


class _Kept(NamedTuple):
    rule: Rule
    observing_until: datetime | None
    fell_back: str
    forum_id: int | None
    is_broken: bool


_RULES = """SELECT r.id, r.forum_id, r.number, r.version, r.mode, r.observing_until, r.fell_back, r.is_active, v.text,
    v.checked, v.made_at
    FROM houserules_houserule r JOIN houserules_ruleversion v ON v.rule_id = r.id AND v.version = r.version"""
_IN_FORCE = Statement("houserules.in_force", RuleRow, f"{_RULES} WHERE r.is_active")
_RULE = Statement("houserules.rule", RuleRow, f"{_RULES} WHERE r.id = %s", sample=[1])
_REPEALED = Statement(
    "houserules.repealed",
    RuleRow,
    f"{_RULES} WHERE NOT r.is_active AND COALESCE(r.forum_id, 0) = %s ORDER BY r.id DESC LIMIT %s",
    sample=[1, 20],
)
_VERSIONS = Statement(
    "houserules.versions",
    VersionRow,
    """SELECT v.version, v.text, v.checked, u.id, u.name, v.made_at
       FROM houserules_ruleversion v
       LEFT JOIN accounts_user u ON u.id = v.author_id WHERE v.rule_id = %s ORDER BY v.version DESC LIMIT 200""",
    sample=[1],
)
_HITS = Statement(
    "houserules.hits",
    HitRow,
    """SELECT version, hour_at, judged, hits FROM houserules_rulehit WHERE rule_id = %s AND version = %s AND hour_at >= %s
       ORDER BY hour_at LIMIT 800""",
    sample=[1, 1, datetime(2026, 1, 1)],
)
_HITS_IN = Statement(
    "houserules.hits_in",
    RuleHitRow,
    """SELECT h.rule_id, h.hour_at, h.judged, h.hits
       FROM houserules_houserule r JOIN houserules_rulehit h ON h.rule_id = r.id AND h.version = r.version
       WHERE r.is_active AND COALESCE(r.forum_id, 0) = %s AND h.hour_at >= %s""",
    sample=[1, datetime(2026, 1, 1)],
)
_rules: Latest[dict[int | None, list[_Kept]]] = Latest()


class Troubled(NamedTuple):
    """A rule that observes only because of what it did (`RuleFellBack.reason`), or, without a reason, whose check cannot
    be read; its id and number, the forum, and its text."""

    id: int
    number: int
    forum_id: int | None
    text: str
    why: str


def rules_in_force(forum: Node, structure: int) -> list[Rule]:
    """The rules by which posts in a forum are judged now: those of the whole board, then those of the forums above, then
    its own, by their numbers."""
    kept = _rules.at(structure, _read)
    moment = now()
    return [_as_of(each, moment) for place in _places(forum) for each in kept.get(place, ())]


def is_judged(forum: Node, structure: int) -> bool:
    """Does a machine look at what is written in a forum?"""
    return any(rule.check and not rule.observes for rule in rules_in_force(forum, structure))


def number_of_rules(forum: Node, structure: int) -> int:
    """How many rules hold in a forum, those of the whole board and of the forums above among them."""
    kept = _rules.at(structure, _read)
    return sum(len(kept.get(place, ())) for place in _places(forum))


def troubled_rules(structure: int) -> list[Troubled]:
    """The rules of the whole board and of each forum that wait for somebody to decide, or to amend them."""
    return [
        Troubled(int(each.rule.id), each.rule.number, each.forum_id, each.rule.text, each.fell_back)
        for kept in _rules.at(structure, _read).values()
        for each in kept
        if each.fell_back or each.is_broken
    ]


def number_fallen_back(forum_id: int, structure: int) -> int:
    """How many of a forum's own rules observe only because of what they did, and wait for somebody to decide."""
    return sum(bool(each.fell_back) for each in _rules.at(structure, _read).get(forum_id, ()))


def rules_of(forum_id: int | None) -> list[RuleRow]:
    """The active rules of one forum, or of the whole board, by their numbers, fresh from the database."""
    return sorted((row for row in _IN_FORCE.all() if row.forum_id == forum_id), key=_number)


def rules_holding(forum: Node) -> list[RuleRow]:
    """The rules that hold in a forum, fresh from the database: those of the whole board, of the forums above, its own."""
    places = {place: order for order, place in enumerate(_places(forum))}
    rows = (row for row in _IN_FORCE.all() if row.forum_id in places)
    return sorted(rows, key=lambda row: (places[row.forum_id], *_number(row)))


def rule_of(rule_id: int) -> RuleRow | None:
    """A rule, repealed or not, as its last version says."""
    return _RULE.first(rule_id)


def repealed_rules(forum_id: int | None, most: int) -> list[RuleRow]:
    """Rules of a forum, or of the whole board, that are no longer in force, the youngest first."""
    return _REPEALED.all(forum_id or 0, most)


def versions_of(rule_id: int) -> list[VersionRow]:
    """What a rule said, the newest first."""
    return _VERSIONS.all(rule_id)


def hits_of(rule_id: int, version: int, since: datetime) -> list[HitRow]:
    """What a version of a rule found, by the hour, since a time."""
    return _HITS.all(rule_id, version, since)


def hits_in(forum_id: int | None, since: datetime) -> list[RuleHitRow]:
    """What the rules in force of a forum, or of the whole board, found since a time: a row for each rule and hour."""
    return _HITS_IN.all(forum_id or 0, since)


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _rules.forget()


def _read() -> dict[int | None, list[_Kept]]:
    found: dict[int | None, list[_Kept]] = {}
    for row in sorted(_IN_FORCE.all(), key=_number):
        check = stored_check(row)
        rule = Rule(row.id, row.number, row.version, row.text, check, row.mode == HouseRule.Mode.OBSERVE)
        is_broken = bool(row.checked) and check is None
        kept = _Kept(rule, row.observing_until, row.fell_back, row.forum_id, is_broken)
        found.setdefault(row.forum_id, []).append(kept)
    return found


def stored_check(row: RuleRow) -> Check | None:
    """The check of a stored rule. One that this version of the code does not take, as when a fact was given up, is
    logged and left out: the rule is one for people then."""
    if not row.checked:
        return None
    try:
        return check_of(json.loads(row.checked))
    except (Invalid, ValueError) as fault:
        logger.warning("house rule %s has a check that cannot be used: %s", row.id, fault)
        return None


def _as_of(kept: _Kept, moment: datetime) -> Rule:
    """A rule that observed for a time is enforced afterwards."""
    if kept.rule.observes and kept.observing_until is not None and moment >= kept.observing_until:
        return replace(kept.rule, observes=False)
    return kept.rule


def _places(forum: Node) -> list[int | None]:
    return [None, *(each.id for each in sources(forum))]


def _number(row: RuleRow) -> tuple[int, int]:
    return row.number, row.id
