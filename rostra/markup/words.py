"""A document in plain words: what is read, without marks, a line for each block."""

from collections.abc import Callable, Iterable, Iterator
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
        if isinstance(block, doc.Quote) and not are_quotes_in:
            continue
        if isinstance(block, doc.Paragraph | doc.Heading):
            yield words_in(block.children)
        elif isinstance(block, doc.CodeBlock):
            yield block.text.rstrip("\n")
        elif isinstance(block, doc.List):
            for item in block.items:
                lines = _lines(item.children, are_quotes_in=are_quotes_in)
                yield BOXES[item.is_done] + next(lines, "")
                yield from lines
        elif isinstance(block, doc.Table):
            for row in block.rows:
                yield "\t".join([words_in(cell.children) for cell in row])
        elif isinstance(block, doc.Quote):
            yield from _lines(block.children, are_quotes_in=are_quotes_in)


_INLINES: dict[type, Callable[[Any], str]] = {
    doc.Words: lambda node: node.text,
    doc.LineBreak: lambda _node: "\n",
    doc.CodeWords: lambda node: node.text,
    doc.Styled: lambda node: words_in(node.children),
    doc.Link: lambda node: words_in(node.children),
    doc.Image: lambda node: node.alternative or node.source,
}
