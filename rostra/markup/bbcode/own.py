"""A board's own tags: what an administrator wrote down, checked and taken apart.

`usage` says how people type the tag, `template` what it stands for, in the stock BBCode:

    [img-news={URL}]{TEXT}[/img-news]        [center][url={URL}][b]{TEXT}[/b][/url][/center]

No HTML comes from a template: it is written out before a text is read (`expanding.py`), and a document holds only what
a document may hold. Own tags are none in a template, so nothing is written out without end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rostra.markup.bbcode.faults import Unusable, Why
from rostra.markup.bbcode.openings import CANDIDATE, Opening, opening_at
from rostra.markup.bbcode.stock import RAW, STOCK
from rostra.markup.bbcode.tags import VALUES
from rostra.markup.bbcode.tokens import TOKEN, escaped, fitting, kind_of

LONGEST_USAGE, LONGEST_TEMPLATE = 200, 1_000  # characters
LONGEST_NAME = 30
MOST_TAGS = 50  # on a board
CONTENT = "TEXT"
_NAME = re.compile(rf"[a-z][a-z0-9-]{{0,{LONGEST_NAME - 1}}}")
_BRACES = r"\{[^{}\[\]\s=]*\}"
_USAGE = re.compile(
    rf"\[(?P<name>[^\s\[\]{{}}=/]+)(?:=(?P<value>{_BRACES}))?"
    rf"(?P<named>(?:[ ]+[a-zA-Z][\w-]*={_BRACES})*)\](?P<content>{_BRACES})?\[/(?P<closing>[^\s\[\]]+)\]"
)
_NAMED = re.compile(rf"([a-zA-Z][\w-]*)=({_BRACES})")
# A token that would be part of a tag's name once it is filled in.
_GLUED = re.compile(r"\[/?[\w*:-]*(?=\{[A-Z]+\d{0,2}\})")
_NEVER_CLOSED = ("hr",)


class Slot(NamedTuple):
    """The place of a token in a template. Within an address, what is filled in is escaped."""

    token: str
    is_in_address: bool = False


Part = str | Slot


@dataclass(frozen=True)
class OwnTag:
    """A tag that a board has defined: the tokens of its value, its named attributes and its content, each by its name.

    `before` and `after` are the template on both sides of the content; without `{TEXT}` all of it is `before`.
    """

    name: str
    usage: str
    template: str
    value: str
    named: tuple[tuple[str, str], ...]
    content: str
    before: tuple[Part, ...]
    after: tuple[Part, ...]

    def values_of(self, opening: Opening) -> dict[str, str] | None:
        """What the tokens of the tag's attributes stand for; None when something is missing, too much or does not fit."""
        if (opening.value is not None) != bool(self.value) or len(opening.named) != len(self.named):
            return None
        typed = {token: opening.named.get(attribute) for attribute, token in self.named}
        if self.value:
            typed[self.value] = opening.value
        return _fitted(typed.items())

    def values_with(self, values: dict[str, str], content: str) -> dict[str, str] | None:
        """The same with content that is a value; None when it does not fit."""
        if not self.content:
            return None if content.strip() else values
        found = _fitted([(self.content, content)])
        return None if found is None else {**values, **found}

    def written(self, parts: Iterable[Part], values: dict[str, str]) -> str:
        """A side of the template with its tokens filled in."""
        return "".join(
            part
            if isinstance(part, str)
            else escaped(values[part.token])
            if part.is_in_address
            else values[part.token]
            for part in parts
        )


def own_tag(usage: str, template: str) -> OwnTag:
    """The tag that a definition means. Raises Unusable, which names the thing that is wrong."""
    usage, template = usage.strip(), template.strip()
    if len(usage) > LONGEST_USAGE:
        raise Unusable("usage", Why.TOO_LONG, f"{len(usage):,}", LONGEST_USAGE)
    if len(template) > LONGEST_TEMPLATE:
        raise Unusable("template", Why.TOO_LONG, f"{len(template):,}", LONGEST_TEMPLATE)
    found = _USAGE.fullmatch(usage)
    if found is None:
        raise Unusable("usage", Why.NO_USAGE, usage)
    name = _checked_name(found["name"], found["closing"])
    value, content = (found["value"] or "")[1:-1], (found["content"] or "")[1:-1]
    named = tuple((attribute.lower(), token[1:-1]) for attribute, token in _NAMED.findall(found["named"]))
    _check_tokens([*filter(None, [value]), *(token for _attribute, token in named)], content)
    _check_once([attribute for attribute, _token in named], Why.ATTRIBUTE_TWICE)
    known = {*filter(None, [value, content]), *(token for _attribute, token in named)}
    before, after = _Template(template, known).halves()
    return OwnTag(name, usage, template, value, named, content, before, after)


def _checked_name(name: str, closing: str) -> str:
    if name.lower() in STOCK:
        raise Unusable("usage", Why.NAME_TAKEN, name)
    if not _NAME.fullmatch(name):
        raise Unusable("usage", Why.NAME_FORM, name)
    if closing != name:
        raise Unusable("usage", Why.OTHER_CLOSING, closing)
    return name


def _check_tokens(attributes: list[str], content: str) -> None:
    for token in [*attributes, *filter(None, [content])]:
        if kind_of(token) is None:
            raise Unusable("usage", Why.NO_TYPE, token)
    for token in attributes:
        if kind_of(token) == CONTENT:
            raise Unusable("usage", Why.TEXT_AS_VALUE, token)
    _check_once([*attributes, content], Why.GIVEN_TWICE)


def _check_once(names: list[str], why: Why) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            raise Unusable("usage", why, name)


def _fitted(typed: Iterable[tuple[str, str | None]]) -> dict[str, str] | None:
    values = {}
    for token, text in typed:
        value = None if text is None else fitting(kind_of(token) or "", text)
        if value is None:
            return None
        values[token] = value
    return values


class _Template:
    """Reads a template: its tags are stock tags, each closed where it belongs, and its tokens those of the usage."""

    def __init__(self, template: str, known: set[str]) -> None:
        self._template, self._known = template, known
        self._parts: list[Part] = []
        self._open: list[tuple[str, bool]] = []  # its name, and whether its content is a value

    def halves(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """What stands before the content and behind it."""
        if not self._template:
            raise Unusable("template", Why.EMPTY)
        self._read()
        wanted = [token for token in self._known if kind_of(token) == CONTENT]
        places = [
            at for at, part in enumerate(self._parts) if isinstance(part, Slot) and part.token in wanted
        ]
        if len(places) != len(wanted):
            raise Unusable("template", Why.TEXT_NOT_ONCE, wanted[0])
        if not places:
            return tuple(self._parts), ()
        return tuple(self._parts[: places[0]]), tuple(self._parts[places[0] + 1 :])

    def _read(self) -> None:
        place = 0
        while (found := CANDIDATE.search(self._template, place)) is not None:
            self._text(self._template[place : found.start()])
            place = self._closing(found) if found[1] else self._opening(found)
        self._text(self._template[place:])
        self._end_items()
        if self._open:
            raise Unusable("template", Why.NOT_CLOSED, self._open[-1][0])

    def _text(self, text: str) -> None:
        glued = _GLUED.search(text)
        if glued:
            raise Unusable("template", Why.NAME_FILLED_IN, glued[0])
        name, takes_value = self._open[-1] if self._open else ("", False)
        self._fill(text, is_value=takes_value, is_in_address=name != "attachment")

    def _fill(self, text: str, *, is_value: bool, is_in_address: bool) -> None:
        """Text with its tokens. `is_value`: it is the value of a tag, and no place for a text that is read."""
        place = 0
        for found in TOKEN.finditer(text):
            token = found[0][1:-1]
            if token not in self._known:
                raise Unusable("template", Why.NOT_IN_USAGE, token)
            if is_value and kind_of(token) == CONTENT:
                raise Unusable("template", Why.TEXT_AS_VALUE, token)
            is_whole = text[: found.start()].strip()[-1:] in ("", '"') and text[found.end() :].strip()[
                :1
            ] in ("", '"')
            is_part = is_value and is_in_address and not (is_whole and kind_of(token) == "URL")
            self._parts += [text[place : found.start()], Slot(token, is_part)]
            place = found.end()
        self._parts.append(text[place:])

    def _opening(self, found: re.Match[str]) -> int:
        name, opening = found[2].lower(), opening_at(self._template, found)
        if name not in STOCK:
            raise Unusable("template", Why.UNKNOWN_TAG, found[2])
        if opening is None:
            raise Unusable("template", Why.UNFINISHED, found[0])
        self._fill(_quoted(opening), is_value=True, is_in_address=name == "url")
        if name in RAW:
            return self._raw(name, opening.end)
        if name == "*":
            self._end_items()
        if name not in _NEVER_CLOSED:
            takes_value = name in VALUES or (name in ("url", "email") and opening.value is None)
            self._open.append((name, takes_value))
        return opening.end

    def _raw(self, name: str, place: int) -> int:
        end = self._template.lower().find(f"[/{name}]", place)
        if end < 0:
            raise Unusable("template", Why.NOT_CLOSED, name)
        self._fill(self._template[place:end], is_value=True, is_in_address=False)
        self._parts.append(f"[/{name}]")
        return end + len(name) + 3

    def _closing(self, found: re.Match[str]) -> int:
        name, end = found[2].lower(), found.end() + 1
        if not self._template.startswith("]", found.end()):
            raise Unusable("template", Why.UNFINISHED, found[0])
        if name != "*":
            self._end_items()
        if not self._open or self._open[-1][0] != name:
            raise Unusable("template", Why.NOT_OPENED, found[2])
        self._open.pop()
        self._parts.append(f"[/{name}]")
        return end

    def _end_items(self) -> None:
        """An item ends with the next one, or with its list."""
        if self._open and self._open[-1][0] == "*":
            self._open.pop()


def _quoted(opening: Opening) -> str:
    """The tag with its values in quotation marks: what is filled in there begins no other attribute."""
    parts = [f"[{opening.name}"]
    if opening.value is not None:
        parts.append(f"={_in_quotes(opening.value)}")
    parts += [f" {name}={_in_quotes(value)}" for name, value in opening.named.items()]
    return "".join([*parts, "]"])


def _in_quotes(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
