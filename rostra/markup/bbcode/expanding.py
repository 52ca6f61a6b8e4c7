"""Writes a board's own tags out: what stands for them takes their place in the source, before the text is read.

A tag is one outside code, where it is closed and its values fit; anything else stays as it was typed. Tags may stand
within each other, but none reaches over the edge of a `[quote]`: what is written below one cannot close a tag in it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rostra.markup.bbcode.openings import CANDIDATE, opening_at
from rostra.markup.bbcode.own import CONTENT, OwnTag
from rostra.markup.bbcode.stock import RAW, STOCK
from rostra.markup.bbcode.tokens import LONGEST_VALUE, kind_of

MOST_USES = 200  # in a text
# Characters that a text may grow by; more than a text that is posted may have, so that such a one is refused.
MOST_ADDED = 200_000


class Expansion(NamedTuple):
    """The source with its own tags written out, and how many it held; of too many, the last stay as they were typed."""

    source: str
    uses: int


class _Opened(NamedTuple):
    """A tag that waits for its closing one; it stands from `start` to `end`."""

    tag: OwnTag
    values: dict[str, str]
    start: int
    end: int


class _Level:
    """The tags that are open within one quotation, or outside all."""

    def __init__(self) -> None:
        self.opened: list[_Opened] = []
        self.numbers: Counter[str] = Counter()

    def open(self, one: _Opened) -> None:
        """Have a tag wait."""
        self.opened.append(one)
        self.numbers[one.tag.name] += 1

    def close(self, name: str) -> _Opened | None:
        """The innermost tag of this name; those that were opened in it are not closed any more."""
        if not self.numbers[name]:
            return None
        while True:
            one = self.opened.pop()
            self.numbers[one.tag.name] -= 1
            if one.tag.name == name:
                return one


def expand(source: str, tags: Iterable[OwnTag], skipped: Callable[[int], int] | None = None) -> Expansion:
    """Write the own tags of a source out. `skipped` tells for a place in Markdown's code where that ends."""
    known = {tag.name: tag for tag in tags}
    if not known or "[" not in source:
        return Expansion(source, 0)
    return _Expander(source, known, skipped or (lambda place: place)).expansion()


class _Expander:
    def __init__(self, source: str, tags: dict[str, OwnTag], skipped: Callable[[int], int]) -> None:
        self._source, self._tags, self._skipped = source, tags, skipped
        self._levels = [_Level()]
        self._edits: list[tuple[int, int, str]] = []
        self._uses = self._added = 0

    def expansion(self) -> Expansion:
        """Read all of it."""
        place = 0
        while (found := CANDIDATE.search(self._source, place)) is not None:
            inside = self._skipped(found.start())
            if inside > found.start():
                place = inside
            else:
                place = self._closing(found) if found[1] else self._opening(found)
        return Expansion(self._edited(), self._uses)

    def _opening(self, found: re.Match[str]) -> int:
        """The place to go on from: behind the tag, or behind its name when it is none."""
        name = found[2].lower()
        if name not in STOCK and name not in self._tags:
            return found.end()
        opening = opening_at(self._source, found)
        if opening is None:
            return found.end()
        if name in RAW:
            closed = re.compile(rf"\[/{name}\]", re.IGNORECASE).search(self._source, opening.end)
            return closed.end() if closed else len(self._source)
        if name in STOCK:  # no tag is one within its attributes
            if name == "quote":
                self._levels.append(_Level())
            return opening.end
        tag = self._tags[name]
        values = tag.values_of(opening)
        if values is None:
            return found.end()
        if kind_of(tag.content) != CONTENT:
            return self._value(_Opened(tag, values, found.start(), opening.end)) or found.end()
        self._levels[-1].open(_Opened(tag, values, found.start(), opening.end))
        return opening.end

    def _value(self, opened: _Opened) -> int:
        """The place behind a tag whose content is a value; 0 when it is not closed or its value does not fit."""
        tag, last = opened.tag, opened.end + LONGEST_VALUE + len(opened.tag.name) + 20
        closing = re.compile(rf"\[/{tag.name}\]", re.IGNORECASE).search(self._source, opened.end, last)
        if closing is None or self._skipped(closing.start()) > closing.start():
            return 0
        values = tag.values_with(opened.values, self._source[opened.end : closing.start()])
        if values is None:
            return 0
        self._use(opened._replace(values=values, end=closing.end()))
        return closing.end()

    def _closing(self, found: re.Match[str]) -> int:
        name, end = found[2].lower(), found.end() + 1
        if not self._source.startswith("]", found.end()):
            return found.end()
        if name == "quote" and len(self._levels) > 1:
            self._levels.pop()
        opened = self._levels[-1].close(name) if name in self._tags else None
        if opened is not None:
            self._use(opened, (found.start(), end))
        return end

    def _use(self, opened: _Opened, closing: tuple[int, int] | None = None) -> None:
        self._uses += 1
        tag, values = opened.tag, opened.values
        edits = [(opened.start, opened.end, tag.written(tag.before, values))]
        if closing is not None:
            edits.append((*closing, tag.written(tag.after, values)))
        grows = sum(len(text) - (end - start) for start, end, text in edits)
        if self._uses <= MOST_USES and self._added + grows <= MOST_ADDED:
            self._added += grows
            self._edits += edits

    def _edited(self) -> str:
        if not self._edits:
            return self._source
        parts, place = list[str](), 0
        for start, end, text in sorted(self._edits):
            parts += [self._source[place:start], text]
            place = end
        return "".join([*parts, self._source[place:]])
