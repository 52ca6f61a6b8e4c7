"""Markdown to a document: markdown-it-py reads it, this says what it means (docs/markup.md).

Raw HTML is text. A newline is a line break, as people expect who write in a box.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rostra.markup import document as doc
from rostra.markup.targets import target

_TASK = re.compile(r"\[([ xX])\][ \n]")
_STYLES = {"em_open": doc.Style.EMPHASIS, "strong_open": doc.Style.STRONG, "s_open": doc.Style.STRIKE}
_SIDES = {"text-align:center": doc.Side.CENTER, "text-align:right": doc.Side.END}
_DEEPEST = 100  # of blocks or inlines within each other: what is deeper is left out


def read_markdown(source: str) -> doc.Document:
    """The document that a Markdown source means."""
    return doc.Document(_blocks(iter(_parser().parse(source))))


def read_plain(source: str) -> doc.Document:
    """The document of a text without marks, such as an old mail: paragraphs, lines, `>` before quotations, bare links."""
    return doc.Document(_blocks(iter(_plain_parser().parse(source))))


def _blocks(tokens: Iterable[Token]) -> list[doc.Block]:
    blocks: list[doc.Block] = []
    for token in tokens:
        if token.nesting < 0:
            break
        make = _BLOCKS.get(token.type)
        if make:
            blocks.append(make(token, tokens))
        elif token.type == "inline":  # what stands in no block of its own
            blocks.append(doc.Paragraph(_inlines(token)))
    return blocks


def _inline_of(tokens: Iterable[Token]) -> list[doc.Inline]:
    """The inlines of a block that holds nothing else; reads on to its end."""
    found: list[doc.Inline] = []
    for token in tokens:
        if token.nesting < 0:
            break
        found += _inlines(token)
    return found


def _paragraph(token: Token, tokens: Iterable[Token]) -> doc.Block:
    return doc.Paragraph(_inline_of(tokens), is_tight=token.hidden)


def _heading(token: Token, tokens: Iterable[Token]) -> doc.Block:
    return doc.Heading(int(token.tag[1]), _inline_of(tokens))


def _quote(_token: Token, tokens: Iterable[Token]) -> doc.Block:
    return doc.Quote(_blocks(tokens))


def _code(token: Token, _tokens: Iterable[Token]) -> doc.Block:
    return doc.CodeBlock(token.content)


def _rule(_token: Token, _tokens: Iterable[Token]) -> doc.Block:
    return doc.Rule()


def _list(token: Token, tokens: Iterable[Token]) -> doc.Block:
    items = []
    for inner in tokens:
        if inner.nesting < 0:
            break
        items.append(_item(_blocks(tokens)))
    if token.type == "bullet_list_open":
        return doc.List(items)
    return doc.List(items, int(token.attrs.get("start", 1)))


def _item(children: list[doc.Block]) -> doc.Item:
    first = children[0] if children else None
    if isinstance(first, doc.Paragraph) and first.children and isinstance(first.children[0], doc.Words):
        task = _TASK.match(first.children[0].text)
        if task:
            first.children[0].text = first.children[0].text[task.end() :]
            return doc.Item(children, is_done=task[1] != " ")
    return doc.Item(children)


def _table(_token: Token, tokens: Iterable[Token]) -> doc.Block:
    table, depth = doc.Table([]), 1
    for token in tokens:
        depth += token.nesting
        if not depth:
            break
        if token.type == "tr_open":
            table.rows.append([])
        elif token.type in ("th_open", "td_open"):
            side = _SIDES.get(str(token.attrGet("style")))
            table.rows[-1].append(doc.Cell(_inline_of(tokens), token.type == "th_open", side))
            depth -= 1
        elif token.type == "thead_close":
            table.heads = len(table.rows)
    return table


_BLOCKS: dict[str, Callable[[Token, Iterable[Token]], doc.Block]] = {
    "paragraph_open": _paragraph, "heading_open": _heading, "blockquote_open": _quote, "fence": _code,
    "code_block": _code, "hr": _rule, "bullet_list_open": _list, "ordered_list_open": _list, "table_open": _table,
}  # fmt: skip


def _inlines(token: Token) -> list[doc.Inline]:
    return _joined(iter(token.children or ()))


def _joined(tokens: Iterable[Token]) -> list[doc.Inline]:
    found: list[doc.Inline] = []
    for token in tokens:
        if token.nesting < 0:
            break
        if token.type == "text":
            if found and isinstance(found[-1], doc.Words):
                found[-1].text += token.content
            elif token.content:
                found.append(doc.Words(token.content))
        else:
            found += _inline(token, tokens)
    return found


def _inline(token: Token, tokens: Iterable[Token]) -> list[doc.Inline]:
    if token.type in ("softbreak", "hardbreak"):
        return [doc.LineBreak()]
    if token.type == "code_inline":
        return [doc.CodeWords(token.content)]
    if token.type == "link_open":
        return _link(token, _joined(tokens))
    if token.type == "image":
        return _image(token)
    if token.type in _STYLES:
        return [doc.Styled(_STYLES[token.type], _joined(tokens))]
    return [doc.Words(token.content)]


def _link(token: Token, children: list[doc.Inline]) -> list[doc.Inline]:
    where = target(str(token.attrGet("href") or ""))
    return [doc.Link(where, children, str(token.attrGet("title") or ""))] if where is not None else children


def _image(token: Token) -> list[doc.Inline]:
    where = target(str(token.attrGet("src") or ""))
    named = _plain(token.children or [])
    return [doc.Image(where, named, str(token.attrGet("title") or ""))] if where else [doc.Words(named)]


def _plain(tokens: list[Token]) -> str:
    """What stands for a picture that is not seen: text without marks (CommonMark 0.31, Images)."""
    parts = [_plain(each.children) if each.children else each.content for each in tokens]
    return "".join(
        "\n" if each.type == "softbreak" else part for each, part in zip(tokens, parts, strict=True)
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": _DEEPEST})
    return parser.enable(["table", "strikethrough", "linkify"])


@cache
def _plain_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"linkify": True, "maxNesting": _DEEPEST})
    return parser.enable(["blockquote", "newline", "linkify"])
