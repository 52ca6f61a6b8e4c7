"""Markdown and BBCode in one text, as people write who know both.

BBCode's blocks are read first; what flows between them is Markdown. Formats of BBCode stand in that Markdown as signs
that mean nothing to it, and find their places in what it makes. No tag within Markdown's code is one. Lines may be
indented, or underlined by signs, as people do in letters: that is neither code nor a heading here.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt

from rostra.markup import document as doc
from rostra.markup.bbcode.flow import Format, Mark, Nest, Piece
from rostra.markup.bbcode.openings import CANDIDATE
from rostra.markup.bbcode.reading import Reader
from rostra.markup.dollars import FORMULA
from rostra.markup.limits import TooManyMarks
from rostra.markup.links import WITH_CHILDREN, unlinked
from rostra.markup.markdown import blocks_of, make_parser, parser_for

# A sign is a letter of private use between two others. A control character ends an address, or lets one begin behind
# it; `>` does so too, and is punctuation, so that Markdown finds its own marks beside it. What is typed of these is taken
# out or, `>`, means nothing without the letter.
_FIRST, _MOST = 0xE001, 6000
_LETTERS = f"{chr(_FIRST)}-{chr(_FIRST + _MOST)}"
_SIGNS = re.compile(f"(?:\x02([{_LETTERS}])[\x03>]|>([{_LETTERS}])\x03)")
_TYPED = re.compile(f"[\x02\x03{_LETTERS}]")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$", re.MULTILINE)
_TICKS = re.compile(r"`+")
# The text of a footnote: its lines, and behind an empty line those that are indented.
_NOTE = re.compile(
    r"^\[\^[^\]\s]+\]:(?:(?!\[/).)*(?:\n(?!\[[\^/])(?=[ \t]*\S)(?:(?!\[/).)*|\n[ \t]*(?=\n {4}))*",
    re.MULTILINE,
)
_RAW = re.compile(r"\[(code|noparse)\b[^\]\n]{0,1000}\].*?(?:\[/\1\]|\Z)", re.IGNORECASE | re.DOTALL)
_LONGEST_CODE = 1000


def read_both(source: str) -> doc.Document:
    """The document that a source in Markdown and BBCode means."""
    source = _TYPED.sub("\ufffd", source)
    if not CANDIDATE.search(source):
        return doc.Document(blocks_of(parser_for(source, is_letter=True).parse(source)))
    markdown = _Markdown(has_formulas="$$" in source)
    if "[^" in source:
        source = markdown.take_notes(source)
    document = Reader(source, markdown.flow, _skipping(_unread_spans(source))).document()
    document.blocks += markdown.notes()
    return document


def unread(source: str) -> Callable[[int], int]:
    """Tells for a place in code or in the text of a footnote, where no tag is read, where that ends."""
    notes = [found.span() for found in _NOTE.finditer(source)] if "[^" in source else []
    return _skipping([*_unread_spans(source), *notes])


def _skipping(spans: list[tuple[int, int]]) -> Callable[[int], int]:
    """Tells for a place in one of these spans, which may overlap, where that ends; any other place is its own answer."""
    starts = [start for start, _end in sorted(spans)]
    ends = list(accumulate((end for _start, end in sorted(spans)), max))

    def behind(place: int) -> int:
        found = bisect_right(starts, place) - 1
        return max(ends[found], place) if found >= 0 else place

    return behind


class _Markdown:
    """Reads what flows between the tags of blocks, one stretch after another; footnotes are counted through all of them."""

    def __init__(self, *, has_formulas: bool) -> None:
        self._has_formulas = has_formulas
        self._environment: dict[str, Any] = {}
        self._definitions = ""

    def take_notes(self, source: str) -> str:
        """Take the texts of footnotes out of a source; no tag of BBCode is read in them."""
        behind = _skipping([*_unread_spans(source), *(found.span() for found in _RAW.finditer(source))])
        notes = [found for found in _NOTE.finditer(source) if behind(found.start()) == found.start()]
        self._definitions = "\n\n".join(found[0] for found in notes)
        if self._definitions:
            self._parser(ends_notes=False).parse(self._definitions, self._environment)
        for found in reversed(notes):
            source = source[: found.start()] + source[found.end() :]
        return source

    def notes(self) -> list[doc.Block]:
        """The footnotes that were referred to."""
        if not self._environment.get("footnotes", {}).get("list"):
            return []
        return blocks_of(self._parser(ends_notes=True).parse(self._definitions, self._environment))

    def flow(self, pieces: list[Piece], formats: list[Format]) -> list[doc.Block]:
        """What flows, as blocks."""
        signs: list[Piece] = []
        parts: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
                continue
            if len(signs) >= _MOST:
                raise TooManyMarks(len(pieces), _MOST)
            parts.append(_sign(piece, chr(_FIRST + len(signs)), parts[-1] if parts else ""))
            signs.append(piece)
        source = "".join(parts).strip("\n")
        blocks = blocks_of(self._parser(ends_notes=False).parse(source, self._environment))
        if signs or formats:
            _Weaver(signs, formats).blocks(blocks)
        return [block for block in blocks if not _is_empty(block)]

    def _parser(self, *, ends_notes: bool) -> MarkdownIt:
        return make_parser(
            has_notes=bool(self._definitions),
            has_formulas=self._has_formulas,
            ends_notes=ends_notes,
            is_letter=True,
        )


def _sign(piece: Piece, letter: str, before: str) -> str:
    """What stands for a piece. At the beginning of a line `>` would begin a quotation."""
    if isinstance(piece, Mark) and piece.begins:
        return f"\x02{letter}>"
    if isinstance(piece, Mark) and before and not before.endswith("\n"):
        return f">{letter}\x03"
    return f"\x02{letter}\x03"


class _Weaver:
    """Puts what the signs stand for into what Markdown made of the text around them."""

    def __init__(self, signs: list[Piece], formats: list[Format]) -> None:
        self._signs, self._active = signs, list(formats)

    def blocks(self, blocks: list[doc.Block]) -> None:
        for block in blocks:
            if isinstance(block, doc.Paragraph | doc.Heading):
                block.children = self._inlines(block.children, [])
            elif isinstance(block, doc.Quote | doc.Spoiler | doc.Aligned):
                self.blocks(block.children)
            elif isinstance(block, doc.List | doc.Notes):
                for item in block.items:
                    self.blocks(item.children)
            elif isinstance(block, doc.Table):
                for cell in (cell for row in block.rows for cell in row):
                    cell.children = self._inlines(cell.children, [])
            elif isinstance(block, doc.CodeBlock):
                block.text = _SIGNS.sub("", block.text)

    def _inlines(self, children: list[doc.Inline], around: list[Format]) -> list[doc.Inline]:
        """`around`: what is open around these inlines already."""
        nest = Nest(each for each in self._active if each not in around)
        for child in children:
            if isinstance(child, doc.Words):
                self._words(child.text, nest)
                continue
            if isinstance(child, WITH_CHILDREN):
                self._inner(child, [*around, *nest.formats])
            elif isinstance(child, doc.CodeWords | doc.Formula):
                child.text = _SIGNS.sub("", child.text)
            elif isinstance(child, doc.Image):
                child.alternative = _SIGNS.sub("", child.alternative)
            if isinstance(child, doc.Image | doc.Link):
                child.title = _SIGNS.sub("", child.title)
            nest.add(child)
            self._keep_up(nest, around)
        return nest.end()

    def _inner(
        self, child: doc.Styled | doc.Sized | doc.Tinted | doc.Hidden | doc.Link, around: list[Format]
    ) -> None:
        child.children = self._inlines(child.children, around)
        if isinstance(child, doc.Link):
            child.children = unlinked(child.children)

    def _keep_up(self, nest: Nest, around: list[Format]) -> None:
        """What began or ended within an inline of Markdown goes on, or has ended, behind it."""
        for each in nest.formats:
            if each not in self._active:
                nest.finish(each)
        for each in self._active:
            if each not in around and each not in nest.formats:
                nest.begin(each)

    def _words(self, text: str, nest: Nest) -> None:
        place = 0
        for found in _SIGNS.finditer(text):
            if found.start() > place:
                nest.add(doc.Words(text[place : found.start()]))
            self._sign(found[1] or found[2], nest)
            place = found.end()
        if place < len(text):
            nest.add(doc.Words(text[place:]))

    def _sign(self, sign: str, nest: Nest) -> None:
        place = ord(sign) - _FIRST
        piece = self._signs[place] if 0 <= place < len(self._signs) else ""
        if isinstance(piece, str):
            return
        if not isinstance(piece, Mark):
            nest.add(piece)
        elif piece.begins:
            self._active.append(piece.format)
            nest.begin(piece.format)
        elif piece.format in self._active:
            self._active.remove(piece.format)
            if piece.format in nest.formats:
                nest.finish(piece.format)


def _unread_spans(source: str) -> list[tuple[int, int]]:
    """Where no tag of BBCode is one: Markdown's code, and formulas outside it."""
    spans = _code_spans(source)
    if "$$" in source:
        behind = _skipping(spans)
        formulas = (found.span() for found in FORMULA.finditer(source))
        spans += [span for span in formulas if behind(span[0]) == span[0]]
    return spans


def _fenced(source: str) -> Iterator[tuple[int, int]]:
    opening = None
    for found in _FENCE.finditer(source):
        if opening is None:
            opening = found if found[1][0] not in found[2] or found[1][0] == "~" else None
        elif found[1].startswith(opening[1]) and not found[2].strip(" \t"):
            yield opening.start(), found.end()
            opening = None
    if opening is not None:
        yield opening.start(), len(source)


def _code_spans(source: str) -> list[tuple[int, int]]:
    """Where Markdown has code: fenced, or between backticks."""
    spans = list(_fenced(source))
    fences = iter([*spans, (len(source), len(source))])
    fence = next(fences)
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(source)]
    places: dict[int, list[int]] = {}
    for at, (start, end) in enumerate(runs):
        places.setdefault(end - start, []).append(at)
    at = 0
    while at < len(runs):
        start, end = runs[at]
        while fence[1] <= start:
            fence = next(fences)
        closing = None if fence[0] <= start else _closing(source, runs, places[end - start], at)
        if closing is not None:
            spans.append((start, runs[closing][1]))
            at = closing
        at += 1
    return sorted(spans)


def _closing(source: str, runs: list[tuple[int, int]], same: list[int], at: int) -> int | None:
    """The next run of as many backticks, in the same paragraph and not far away."""
    following = bisect_right(same, at)
    if following == len(same):
        return None
    start, end = runs[at][1], runs[same[following]][0]
    is_near = end - start <= _LONGEST_CODE and "\n\n" not in source[start:end]
    return same[following] if is_near else None


def _is_empty(block: doc.Block) -> bool:
    return isinstance(block, doc.Paragraph) and not block.children
