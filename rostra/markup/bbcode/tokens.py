"""The typed tokens of a board's own tags: what each takes, and as what it is written out.

Nothing that is written out holds a quotation mark, a bracket, a backslash or a newline: a value never ends the
attribute or the tag that it stands in.
"""

import re
from collections.abc import Callable
from urllib.parse import quote

import regex

from rostra.markup.bbcode.tags import COLOR
from rostra.markup.targets import target

LONGEST_VALUE = 400  # characters
TOKEN = re.compile(r"\{([A-Z]+)(\d{0,2})\}")
_BRACKETS = str.maketrans({"[": "%5B", "]": "%5D", "{": "%7B", "}": "%7D"})
_NUMBER = re.compile(r"[0-9]{1,20}")
_IDENTIFIER = re.compile(r"[a-zA-Z0-9_-]+")
_SIMPLE = re.compile(r"[a-zA-Z0-9 ,.\-+_]+")
_INTERNATIONAL = regex.compile(r"[\p{L}\p{M}\p{N} ,.\-+_]+")


def _address(text: str) -> str | None:
    """An address that may be linked. What is without a scheme stays within the board, but for `www.`."""
    where = target(f"http://{text}" if text[:4].lower() == "www." else text)
    return where.translate(_BRACKETS) if where else None


def _matching(pattern: "re.Pattern[str] | regex.Pattern[str]") -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


# A text is read as markup; it is none of these values.
TYPES: dict[str, Callable[[str], str | None]] = {
    "URL": _address,
    "NUMBER": _matching(_NUMBER),
    "IDENTIFIER": _matching(_IDENTIFIER),
    "SIMPLETEXT": _matching(_SIMPLE),
    "INTTEXT": _matching(_INTERNATIONAL),
    "COLOR": _matching(COLOR),
}
_KINDS = frozenset(("TEXT", *TYPES))


def kind_of(token: str) -> str | None:
    """The type of a token (`NUMBER` of `NUMBER2`); None when there is no such type."""
    found = TOKEN.fullmatch(f"{{{token}}}")
    return found[1] if found and found[1] in _KINDS else None


def fitting(kind: str, typed: str) -> str | None:
    """What was typed, as it is written out for this type; None when it does not fit."""
    text = typed.strip()
    if not text or len(text) > LONGEST_VALUE or kind not in TYPES:
        return None
    value = TYPES[kind](text)
    return value if value is not None and len(value) <= LONGEST_VALUE else None


def escaped(value: str) -> str:
    """A value as part of an address."""
    return quote(value, safe="")
