"""The record types of the board format and their fields: docs/board-format.md in code."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from rostra.houserules.rules import Effect
from rostra.kernel.clock import from_text, known_zones
from rostra.markup import MARKUPS
from rostra.moderation.models import Appeal, Case, Report
from rostra.permissions.capabilities import BY_NAME
from rostra.permissions.resolution import Value
from rostra.topics.models import Held

Check = Callable[[Any], Any]
LONGEST_CHECK = 50_000
BIGGEST = 2**53  # ids behind it are still free for new records, and any program can read them


def text(longest: int) -> Check:
    """A string of at most so many characters, without NUL."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("must be a text")
        if len(value) > longest:
            raise ValueError(f"has {len(value):,} characters, at most {longest:,} are allowed")
        if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise ValueError("holds a NUL or half a surrogate pair")
        return value

    return check


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= BIGGEST:
        raise ValueError("must be a whole number, 0 or more")
    return value


def _small(value: Any) -> int:
    if _number(value) >= 2**31:
        raise ValueError("is too large")
    return int(value)


def _id(value: Any) -> int:
    if not _number(value):
        raise ValueError("must be 1 or more")
    return int(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("must be a time such as 2024-04-20T10:00:00Z")
    return from_text(value)


def _day(value: Any) -> date:
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("must be a day such as 2024-04-20")
    return date.fromisoformat(value)


def _zone(value: Any) -> str:
    if not isinstance(value, str) or value not in known_zones():
        raise ValueError(
            "must be the name of a time zone, such as Europe/Berlin. Leave it out for that of the board"
        )
    return value


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(value)

    return check


def _ids(value: Any) -> list[int]:
    if not isinstance(value, list):
        raise ValueError("must be a list of ids")
    return [_id(one) for one in value]


def _rank(value: Any) -> int:
    if _number(value) >= 2**15:
        raise ValueError("is too large")
    return int(value)


def _values(value: Any) -> dict[str, str]:
    """What a role gives."""
    if not isinstance(value, dict):
        raise ValueError("must be capabilities with their values")
    for name, each in value.items():
        if name not in BY_NAME or each not in list(Value):
            raise ValueError(f"{name[:30]!r}: {str(each)[:30]!r} is no capability with yes, no or never")
    return {str(name): str(each) for name, each in value.items()}


def _object(required: dict[str, Check], optional: dict[str, Check]) -> Check:
    """A part of a record that has fields itself."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValueError("must be a list of objects")
        known, values = {**required, **optional}, {}
        for name, each in value.items():
            if name not in known:
                raise ValueError(f"there is no field {name[:30]!r} in it. Fields are {', '.join(known)}")
            try:
                values[name] = known[name](each)
            except ValueError as fault:
                raise ValueError(f"{name} {fault}") from None
        for name in required:
            if name not in values:
                raise ValueError(f"each needs the field {name!r}")
        return values

    return check


def _listed(check: Check, least: int, most: int) -> Check:
    def checked_list(value: Any) -> list[Any]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise ValueError(f"must be a list of {least} to {most:,}")
        return [check(each) for each in value]

    return checked_list


def _check_of_rule(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("must be an object: the check as docs/house-rules.md has it")
    try:
        text(LONGEST_CHECK)(json.dumps(value, ensure_ascii=False))
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    return value


def _name_of_rule(value: Any) -> int | str:
    return str(text(60)(value)) if isinstance(value, str) else _id(value)


_versions = _listed(
    _object({"text": text(1000), "made": _moment}, {"check": _check_of_rule, "author": _id}), 1, 100_000
)
_findings = _listed(
    _object(
        {"rule": _name_of_rule, "number": _number, "text": text(5000), "effect": _one_of(*Effect), "say": text(5000)},
        {"remedy": text(5000)},
    ),
    0,
    50,
)  # fmt: skip


def _optional(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


NOTE = text(10_000)
# type -> (required fields, optional fields)
FIELDS: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "board": (
        {"format": _number, "name": text(100)},
        {"short_name": text(20), "tagline": text(300), "language": text(12)},
    ),
    "tag": ({"usage": text(200), "template": text(1000)}, {"hint": text(200), "sample": text(500)}),
    "censored": ({"word": text(60)}, {"instead": text(60)}),
    "group": ({"id": _id, "name": text(80)}, {"about": text(2000), "joining": _one_of("closed", "request", "open"), "hidden": _truth}),
    "user": (
        {"id": _id, "name": text(60)},
        {
            "email": text(254), "title": text(60), "location": text(60), "about": text(10_000), "joined": _moment,
            "admin": _truth, "active": _truth, "password": text(128), "muted": _moment, "banned": _moment, "unseen": _truth,
            "language": text(12), "time_zone": _zone, "seen": _day,
        },
    ),
    "membership": ({"group": _id, "user": _id}, {"leader": _truth}),
    "request": ({"group": _id, "user": _id, "asked": _moment}, {}),
    "role": ({"name": text(60)}, {"about": text(300), "values": _values}),
    "grant": (
        {},
        {
            "forum": _id, "circle": _one_of("guests", "members", "newcomers"), "group": _id, "member": _id,
            "capability": _one_of(*BY_NAME), "value": _one_of(*Value), "role": text(60),
        },
    ),
    "forum": (
        {"id": _id, "parent": _optional(_id), "kind": _one_of("category", "forum", "link"), "name": text(120)},
        {
            "description": text(5000), "rules": text(20_000), "link": text(500), "closed": _truth,
            "password": text(200), "own_rules_only": _truth, "moderator_groups": _ids,
        },
    ),
    "rule": (
        {"id": _id, "number": _rank, "versions": _versions},
        {"forum": _id, "active": _truth, "observes": _truth, "until": _moment, "fell_back": _one_of("hits", "failed", "slow")},
    ),
    "topic": (
        {"id": _id, "forum": _id, "kind": _one_of("normal", "sticky", "announcement"), "title": text(200)},
        {"locked": _truth, "views": _number, "removed": _moment, "moved": _moment, "merged": _number, "slow": _number, "slow_until": _moment},
    ),
    "post": (
        {"id": _id, "topic": _id, "author": _optional(_id), "created": _moment, "markup": _one_of(*MARKUPS), "body": text(10_000_000)},
        {
            "position": _small, "author_name": text(60), "edited": _moment, "edits": _small, "editor": text(60),
            "reason": text(200), "removed": _moment,
        },
    ),
    "revision": (
        {"post": _id, "number": _small, "markup": _one_of(*MARKUPS), "body": text(10_000_000), "written": _moment},
        {"title": text(200), "writer": text(60), "reason": text(200)},
    ),
    "held": (
        {
            "id": _id, "kind": _one_of(*Held.Kind.values), "forum": _id, "author": _id, "markup": _one_of(*MARKUPS),
            "body": text(10_000_000), "held": _moment,
        },
        {
            "topic": _id, "post": _id, "base": _small, "title": text(200), "findings": _findings, "contested": _truth,
            "state": _one_of(*Held.State.labels), "decided": _moment, "decider": _id,
        },
    ),
    "case": (
        {
            "id": _id, "kind": _one_of(*Case.Kind.values), "forum": _id, "member_name": text(60),
            "moderator_name": text(60), "rule": _id, "version": _small, "facts": text(10_000),
            "ground": _one_of(*Case.Ground.values), "source": _one_of(*Case.Source.values), "decided": _moment,
        },
        {
            "topic": _id, "post": _id, "held": _id, "member": _id, "moderator": _id, "quoted": text(1000),
            "automated": _truth, "points": _rank, "until": _moment, "reversed": _moment, "seen": _moment, "purged": _moment,
        },
    ),
    "hiding": ({"case": _id}, {"post": _id, "topic": _id, "held": _id}),
    "mark": (
        {"post": _id},
        {"notice": text(500), "noticed": _moment, "noticer": _id, "noticer_name": text(60), "locked": _truth},
    ),
    "former": (
        {"case": _id},
        {
            "edit": _small, "body": text(10_000_000), "new_body": text(10_000_000), "title": text(200), "new_title": text(200),
            "edited": _moment, "editor": text(60), "reason": text(200), "forum": _id, "new_forum": _id, "moved": _moment,
        },
    ),
    "appeal": (
        {"case": _id, "words": text(10_000), "made": _moment},
        {
            "first_decider": _id, "decider": _id, "decider_name": text(60),
            "outcome": _one_of(*Appeal.Outcome.values), "reasons": text(10_000), "decided": _moment,
        },
    ),
    "report": (
        {"id": _id, "post": _id, "forum": _id, "reporter": _id, "made": _moment},
        {
            "rule": _id, "version": _small, "words": text(1000), "claimer": text(60), "claimed": _moment,
            "outcome": _one_of(*Report.Outcome.values), "closed": _moment, "case": _id,
        },
    ),
}  # fmt: skip


def checked(record: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Type and fields of a record, each as the importer uses it. Raises ValueError that names the field."""
    kind = record.get("type")
    if not isinstance(kind, str) or kind not in FIELDS:
        raise ValueError(f"type {kind!r} is unknown; it is one of {', '.join(FIELDS)}")
    required, optional = FIELDS[kind]
    known = {**required, **optional, "note": NOTE}
    values: dict[str, Any] = {}
    for name, value in record.items():
        if name == "type":
            continue
        if name not in known:
            raise ValueError(f"{kind} has no field {name!r}")
        try:
            values[name] = known[name](value)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}") from None
    missing = [name for name in required if name not in values and name != "parent"]
    if missing:
        raise ValueError(f"{kind} needs the field {missing[0]!r}")
    return str(kind), values
