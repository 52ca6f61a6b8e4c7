"""A tag of BBCode as it is typed: its name, the value behind the name, and named attributes.

The grammar is that of s9e\\TextFormatter, which phpBB 3.2 and later use
(https://s9etextformatter.readthedocs.io/Plugins/BBCodes/BBCode_syntax/): values stand in quotes or end before a bracket,
the end of the line or the next attribute, so that `[quote=a name with spaces post_id=5]` means what people expect.
"""

import re
from typing import NamedTuple

# The name ends where a tag goes on or ends; `:a1b2` behind it is a mark that phpBB 3.0 left in stored texts.
CANDIDATE = re.compile(r"\[(/?)(\*|[a-zA-Z][\w-]*)(?::(?:[a-zA-Z0-9]+:)?[a-z0-9]{8})?(?=[\]\s=/])")
_NAMED = re.compile(r"\s+([a-zA-Z][\w-]*)=")
_BARE = re.compile(r"[^\s\]]*+(?:[ \t]++(?![-\w]+=|/?\])[^\s\]]++)*+")
_QUOTED = {
    '"': re.compile(r'"((?:[^"\\\n]|\\.)*)"'),
    "'": re.compile(r"'((?:[^'\\\n]|\\.)*)'"),
}
_ESCAPE = re.compile(r"\\(.)")
_END = re.compile(r"\s*(/?)\]")
_LONGEST_BARE = 400  # characters of a value without quotation marks
_LONGEST = 1000  # characters of a tag with all its attributes
_MOST_NAMED = 12  # attributes of a tag


class Opening(NamedTuple):
    """An opening tag: `value` stands right behind the name. `end` is the place behind its bracket."""

    name: str
    value: str | None
    named: dict[str, str]
    end: int

    def get(self, name: str) -> str:
        """The value of a named attribute, or nothing."""
        return self.named.get(name, "")


NO_TAG = Opening("", None, {}, 0)


def opening_at(source: str, found: re.Match[str]) -> Opening | None:
    """The opening tag that begins with a candidate; None when what follows is no tag."""
    name, place, last = found[2].lower(), found.end(), found.start() + _LONGEST
    if source.find("]", place, last) < 0:
        return None
    value, named = None, dict[str, str]()
    if source.startswith("=", place):
        read = _value(source, place + 1, last)
        if read is None:
            return None
        value, place = read
    for _ in range(_MOST_NAMED):
        attribute = _NAMED.match(source, place, last)
        if attribute is None:
            break
        read = _value(source, attribute.end(), last)
        if read is None:
            return None
        named.setdefault(attribute[1].lower(), read[0])
        place = read[1]
    end = _END.match(source, place, last)
    if end is None:
        return None
    return Opening(name, value, named, end.end())


def _value(source: str, place: int, last: int) -> tuple[str, int] | None:
    """A value and the place behind it; None when its quotes are not closed."""
    quoted = _QUOTED.get(source[place : place + 1])
    if quoted is not None:
        found = quoted.match(source, place, last)
        return (_ESCAPE.sub(r"\1", found[1]), found.end()) if found else None
    bare = _BARE.match(source, place, min(last, place + _LONGEST_BARE))
    return (bare[0], bare.end()) if bare else ("", place)
