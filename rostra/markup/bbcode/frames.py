"""Blocks that are still open while a text is read, each with what it will be when it ends."""

from collections.abc import Callable
from dataclasses import dataclass, field

from rostra.markup import document as doc
from rostra.markup.bbcode.flow import Format, Piece
from rostra.markup.bbcode.openings import NO_TAG, Opening
from rostra.markup.bbcode.quotes import quote
from rostra.markup.bbcode.tags import NUMBERINGS, SIDES
from rostra.markup.words import words_of

# Reads what flows in a block, given the formats that are open where it begins.
Flow = Callable[[list[Piece], list[Format]], list[doc.Block]]


@dataclass(eq=False, slots=True)
class Frame:
    """An open block. `formats` are those that were open when what flows now began."""

    name: str
    opening: Opening = NO_TAG
    blocks: list[doc.Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    formats: list[Format] = field(default_factory=list)
    inner: list["Frame"] = field(default_factory=list)


def block_of(frame: Frame) -> list[doc.Block]:
    """What a frame is when it has ended. Items and cells are put together by the list or table that they stand in."""
    make = _MAKERS.get(frame.name)
    return make(frame) if make else frame.blocks


def _quote(frame: Frame) -> list[doc.Block]:
    return [quote(frame.opening, frame.blocks)]


def _spoiler(frame: Frame) -> list[doc.Block]:
    return [doc.Spoiler(frame.blocks, (frame.opening.value or "").strip()[:200])]


def _aligned(frame: Frame) -> list[doc.Block]:
    side = SIDES.get(frame.name)
    if frame.name == "align":
        side = SIDES.get((frame.opening.value or "").strip().lower())
    return [doc.Aligned(side, frame.blocks)] if side else frame.blocks


def _list(frame: Frame) -> list[doc.Block]:
    numbering = NUMBERINGS.get((frame.opening.value or "").strip())
    items = [doc.Item(item.blocks) for item in frame.inner]
    for item in items:
        _tighten(item)
    if not items:
        return []
    return [doc.List(items, 1, numbering) if numbering else doc.List(items)]


def _tighten(item: doc.Item) -> None:
    """One paragraph, with or without a list behind it, is the item's own line."""
    paragraphs = [block for block in item.children if isinstance(block, doc.Paragraph)]
    if len(paragraphs) == 1 and isinstance(item.children[0], doc.Paragraph):
        paragraphs[0].is_tight = True


def _table(frame: Frame) -> list[doc.Block]:
    rows = [[_cell(cell) for cell in row.inner] for row in frame.inner]
    rows = [row for row in rows if row]
    if not rows:
        return []
    heads = 1 if all(cell.is_head for cell in rows[0]) else 0
    return [doc.Table(rows, heads)]


def _cell(frame: Frame) -> doc.Cell:
    lines: list[doc.Inline] = []
    for block in frame.blocks:
        words = [doc.Words(words_of(doc.Document([block])))]
        children: list[doc.Inline] = block.children if isinstance(block, doc.Paragraph) else [*words]
        lines += [doc.LineBreak(), *children] if lines else children
    return doc.Cell(lines, is_head=frame.name == "th")


_MAKERS: dict[str, Callable[[Frame], list[doc.Block]]] = {
    "quote": _quote, "spoiler": _spoiler, "list": _list, "table": _table, "align": _aligned,
    **dict.fromkeys(SIDES, _aligned),
}  # fmt: skip
# Blocks that open and close like any other; those within them (`INNER`) only there.
BLOCKS = frozenset((*_MAKERS, "tr", "td", "th", "*"))
INNER = {"*": "list", "tr": "table", "td": "tr", "th": "tr"}
