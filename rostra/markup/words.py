"""A document in plain words: what is read, without marks, a line for each block."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from rostra.markup import document as doc
from rostra.markup.links import WITH_CHILDREN

BOXES = {None: "", False: "☐ ", True: "☑ "}  # before an item that is no task, one to do, one that is done


class Scope(NamedTuple):
    """What of a document is read: quotations too, and what is hidden until somebody asks for it."""

    quotations: bool
    hidden: bool


def words_of(document: doc.Document) -> str:
    """All words of a document."""
    return _read(document, Scope(quotations=True, hidden=True))


def own_words_of(document: doc.Document) -> str:
    """The words outside quotations; all of them when everything is quoted. Nothing hidden is among them."""
    return _read(document, Scope(quotations=False, hidden=False)) or _read(
        document, Scope(quotations=True, hidden=False)
    )


def unquoted_words_of(document: doc.Document) -> str:
    """All words outside quotations, hidden ones too; nothing when everything is quoted."""
    return _read(document, Scope(quotations=False, hidden=True))


def _read(document: doc.Document, scope: Scope) -> str:
    return "\n".join(_lines(document.blocks, scope)).strip()


def words_in(inlines: Iterable[doc.Inline], *, with_hidden: bool = True) -> str:
    """The words of a line or a few; what is hidden until somebody asks is an ellipsis without `with_hidden`."""
    parts: list[str] = []
    for inline in inlines:
        if isinstance(inline, doc.Hidden) and not with_hidden:
            parts.append("…")
        elif isinstance(inline, WITH_CHILDREN):
            parts.append(words_in(inline.children, with_hidden=with_hidden))
        else:
            parts.append(_LEAVES[type(inline)](inline))
    return "".join(parts)


def _lines(blocks: Iterable[doc.Block], scope: Scope) -> Iterator[str]:
    for block in blocks:
        yield from _BLOCKS[type(block)](block, scope)


def _quote(block: doc.Quote, scope: Scope) -> Iterator[str]:
    if scope.quotations:
        yield from filter(None, [head_of(block)])
        yield from _lines(block.children, scope)


def _spoiler(block: doc.Spoiler, scope: Scope) -> Iterator[str]:
    yield block.title or "…"
    if scope.hidden:
        yield from _lines(block.children, scope)


def _list(block: doc.List | doc.Notes, scope: Scope) -> Iterator[str]:
    for item in block.items:
        lines = _lines(item.children, scope)
        yield BOXES[item.is_done] + next(lines, "")
        yield from lines


def _table(block: doc.Table, scope: Scope) -> Iterator[str]:
    for row in block.rows:
        yield "\t".join([words_in(cell.children, with_hidden=scope.hidden) for cell in row])


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


_LEAVES: dict[type, Callable[[Any], str]] = {
    doc.Words: lambda node: node.text,
    doc.LineBreak: lambda _node: "\n",
    doc.CodeWords: lambda node: node.text,
    doc.Formula: lambda node: node.text,
    doc.Image: lambda node: node.alternative,
    doc.Attachment: lambda node: node.name,
    doc.NoteMark: lambda node: f"[{node.number}]",
    doc.Mention: lambda node: f"@{node.name}",
}
_BLOCKS: dict[type, Callable[[Any, Scope], Iterable[str]]] = {
    doc.Paragraph: lambda block, scope: [words_in(block.children, with_hidden=scope.hidden)],
    doc.Heading: lambda block, scope: [words_in(block.children, with_hidden=scope.hidden)],
    doc.CodeBlock: lambda block, _: [block.text.rstrip("\n")],
    doc.Rule: lambda _block, _: [],
    doc.Aligned: lambda block, scope: _lines(block.children, scope),
    doc.Quote: _quote, doc.Spoiler: _spoiler, doc.List: _list, doc.Notes: _list, doc.Table: _table,
}  # fmt: skip
