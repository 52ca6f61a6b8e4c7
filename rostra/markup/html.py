"""A document as HTML. Every text is escaped here; no node can carry HTML of its own.

Headings begin at h3, below those of a page and a post. Each block finds its own direction (`dir="auto"`). Links of
members say that they are theirs (`ugc`) and get no credit from search engines (`nofollow`). A picture of another host
would tell that host who reads: it is a link.
"""

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import escape

from rostra.markup import document as doc
from rostra.markup.words import BOXES

LINK_RELATION = "nofollow ugc noopener"


def html_of(document: doc.Document) -> str:
    """The HTML of a document, a block a line."""
    return _blocks(document.blocks)


def _blocks(blocks: Iterable[doc.Block]) -> str:
    return "\n".join([_BLOCKS[type(block)](block) for block in blocks])


def _inlines(inlines: Iterable[doc.Inline]) -> str:
    return "".join([_INLINES[type(inline)](inline) for inline in inlines])


def _escaped(text: str) -> str:
    return str(escape(text))


def _words(node: doc.Words) -> str:
    return _escaped(node.text)


def _break(_node: doc.LineBreak) -> str:
    return "<br>\n"


def _styled(node: doc.Styled) -> str:
    return f"<{node.style}>{_inlines(node.children)}</{node.style}>"


def _code_words(node: doc.CodeWords) -> str:
    return f"<code>{_escaped(node.text)}</code>"


def _link(node: doc.Link) -> str:
    return _anchor(node.target, _inlines(node.children), node.title)


def _image(node: doc.Image) -> str:
    return _anchor(node.source, _escaped(node.alternative or node.source), node.title)


def _anchor(target: str, inner: str, title: str) -> str:
    told = f' title="{_escaped(title)}"' if title else ""
    return f'<a href="{_escaped(target)}"{told} rel="{LINK_RELATION}">{inner}</a>'


def _paragraph(node: doc.Paragraph) -> str:
    inner = _inlines(node.children)
    return inner if node.is_tight else f'<p dir="auto">{inner}</p>'


def _heading(node: doc.Heading) -> str:
    tag = f"h{min(node.level + 2, 6)}"
    return f'<{tag} dir="auto">{_inlines(node.children)}</{tag}>'


def _quote(node: doc.Quote) -> str:
    return f"<blockquote>\n{_blocks(node.children)}\n</blockquote>"


def _code(node: doc.CodeBlock) -> str:
    return f"<pre><code>{_escaped(node.text)}</code></pre>"


def _list(node: doc.List) -> str:
    tag = "ul" if node.start is None else "ol"
    start = f' start="{node.start}"' if node.start not in (None, 1) else ""
    return f"<{tag}{start}>\n" + "".join([_item(item) for item in node.items]) + f"</{tag}>"


def _item(node: doc.Item) -> str:
    return f'<li dir="auto">{BOXES[node.is_done]}{_blocks(node.children)}</li>\n'


def _table(node: doc.Table) -> str:
    head, body = node.rows[: node.heads], node.rows[node.heads :]
    parts = [f"<thead>\n{_rows(head)}</thead>\n"] if head else []
    parts += [f"<tbody>\n{_rows(body)}</tbody>\n"] if body else []
    return f"<table>\n{''.join(parts)}</table>"


def _rows(rows: list[list[doc.Cell]]) -> str:
    return "".join([f"<tr>\n{''.join([_cell(cell) for cell in row])}</tr>\n" for row in rows])


def _cell(node: doc.Cell) -> str:
    tag = "th" if node.is_head else "td"
    side = f' class="{node.side}"' if node.side else ""
    return f"<{tag}{side}>{_inlines(node.children)}</{tag}>\n"


def _rule(_node: doc.Rule) -> str:
    return "<hr>"


_BLOCKS: dict[type, Callable[[Any], str]] = {
    doc.Paragraph: _paragraph, doc.Heading: _heading, doc.Quote: _quote, doc.CodeBlock: _code, doc.List: _list,
    doc.Table: _table, doc.Rule: _rule,
}  # fmt: skip
_INLINES: dict[type, Callable[[Any], str]] = {
    doc.Words: _words, doc.LineBreak: _break, doc.Styled: _styled, doc.CodeWords: _code_words, doc.Link: _link,
    doc.Image: _image,
}  # fmt: skip
