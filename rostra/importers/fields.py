"""The record types of the board format and their fields: docs/board-format.md in code."""

from collections.abc import Callable
from typing import Any

from rostra.kernel.clock import from_text
from rostra.markup import MARKUPS

Check = Callable[[Any], Any]
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
    "group": ({"id": _id, "name": text(80)}, {}),
    "user": (
        {"id": _id, "name": text(60)},
        {
            "email": text(254), "title": text(60), "location": text(60), "about": text(10_000), "joined": _moment,
            "admin": _truth, "active": _truth, "password": text(128),
        },
    ),
    "membership": ({"group": _id, "user": _id}, {}),
    "forum": (
        {"id": _id, "parent": _optional(_id), "kind": _one_of("category", "forum", "link"), "name": text(120)},
        {
            "description": text(5000), "rules": text(20_000), "link": text(500), "closed": _truth,
            "moderator_groups": _ids,
        },
    ),
    "topic": (
        {"id": _id, "forum": _id, "kind": _one_of("normal", "sticky", "announcement"), "title": text(200)},
        {"locked": _truth, "views": _number, "removed": _moment},
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
