"""A document in plain words: what is read, without marks, a line for each block."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from rostra.markup import document as doc

BOXES = {None: "", False: "☐ ", True: "☑ "}  # before an item that is no task, one to do, one that is done


def words_of(document: doc.Document) -> str:
    """All words of a document."""
    return "\n".join(_lines(document.blocks, are_quotes_in=True)).strip()


def own_words_of(document: doc.Document) -> str:
    """The words outside quotations; all of them when everything is quoted."""
    return "\n".join(_lines(document.blocks, are_quotes_in=False)).strip() or words_of(document)


def words_in(inlines: Iterable[doc.Inline]) -> str:
    """The words of a line or a few."""
    return "".join([_INLINES[type(inline)](inline) for inline in inlines])


def _lines(blocks: Iterable[doc.Block], *, are_quotes_in: bool) -> Iterator[str]:
    for block in blocks:
        yield from _BLOCKS[type(block)](block, are_quotes_in)


def _quote(block: doc.Quote, are_quotes_in: bool) -> Iterator[str]:
    if are_quotes_in:
        yield from filter(None, [head_of(block)])
        yield from _lines(block.children, are_quotes_in=True)


def _spoiler(block: doc.Spoiler, are_quotes_in: bool) -> Iterator[str]:
    yield block.title or "…"
    if are_quotes_in:  # what is hidden must not be read in an excerpt
        yield from _lines(block.children, are_quotes_in=True)


def _list(block: doc.List | doc.Notes, are_quotes_in: bool) -> Iterator[str]:
    for item in block.items:
        lines = _lines(item.children, are_quotes_in=are_quotes_in)
        yield BOXES[item.is_done] + next(lines, "")
        yield from lines


def _table(block: doc.Table, _are_quotes_in: bool) -> Iterator[str]:
    for row in block.rows:
        yield "\t".join([words_in(cell.children) for cell in row])


def head_of(quote: doc.Quote) -> str:
    """The head of a quotation in plain text, as phpBB writes it; in plain text no reader's language is known."""
    parts = [f"{quote.author} wrote:"] if quote.author else []
    said_at = datetime.fromtimestamp(quote.said_at, UTC) if quote.said_at is not None else None
    when = (
        f"{said_at:%a %b %d, %Y} {said_at.hour % 12 or 12}:{said_at:%M} {'ap'[said_at.hour >= 12]}m"
        if said_at
        else ""
    )
    return " ".join([*parts, *filter(None, [("↑" if quote.post is not None else "") + when])])


_INLINES: dict[type, Callable[[Any], str]] = {
    doc.Words: lambda node: node.text,
    doc.LineBreak: lambda _node: "\n",
    doc.CodeWords: lambda node: node.text,
    doc.Styled: lambda node: words_in(node.children),
    doc.Link: lambda node: words_in(node.children),
    doc.Image: lambda node: node.alternative,
    doc.Sized: lambda node: words_in(node.children),
    doc.Tinted: lambda node: words_in(node.children),
    doc.Hidden: lambda node: words_in(node.children),
    doc.Attachment: lambda node: node.name,
    doc.NoteMark: lambda node: f"[{node.number}]",
}
_BLOCKS: dict[type, Callable[[Any, bool], Iterable[str]]] = {
    doc.Paragraph: lambda block, _: [words_in(block.children)],
    doc.Heading: lambda block, _: [words_in(block.children)],
    doc.CodeBlock: lambda block, _: [block.text.rstrip("\n")],
    doc.Rule: lambda _block, _: [],
    doc.Aligned: lambda block, are_quotes_in: _lines(block.children, are_quotes_in=are_quotes_in),
    doc.Quote: _quote, doc.Spoiler: _spoiler, doc.List: _list, doc.Notes: _list, doc.Table: _table,
}  # fmt: skip
