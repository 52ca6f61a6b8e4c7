"""A document as HTML. Every text is escaped here; no node can carry HTML of its own.

Headings begin at h3, below those of a page and a post. Each block finds its own direction (`dir="auto"`). Links of
members say that they are theirs (`ugc`) and get no credit from search engines (`nofollow`). A picture of another host
would tell that host who reads: it is a link.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from markupsafe import escape

from rostra.markup import document as doc
from rostra.markup.code import in_colours
from rostra.markup.formulas import drawn
from rostra.markup.words import BOXES

COUNTED_BY = {
    doc.Numbering.SMALL_LETTERS: "small-letters", doc.Numbering.LETTERS: "letters",
    doc.Numbering.SMALL_ROMAN: "small-roman", doc.Numbering.ROMAN: "roman",
}  # fmt: skip
LINK_RELATION = "nofollow ugc noopener"


def html_of(document: doc.Document) -> str:
    """The HTML of a document, a block a line."""
    return _blocks(document.blocks)


def _blocks(blocks: Iterable[doc.Block]) -> str:
    return "\n".join([_BLOCKS[type(block)](block) for block in blocks])


def _inlines(inlines: Iterable[doc.Inline], *, is_in_link: bool = False, is_hidden: bool = False) -> str:
    parts: list[str] = []
    for each in inlines:
        around = _AROUND.get(type(each))
        if around is not None:
            begin, end = around(each)
            inner = _inlines(
                each.children,  # type: ignore[union-attr]
                is_in_link=is_in_link or isinstance(each, doc.Link),
                is_hidden=is_hidden or isinstance(each, doc.Hidden),
            )
            parts += [begin, inner, end]
        elif isinstance(each, doc.Image):
            parts.append((_picture_in_link if is_in_link else _image)(each, is_hidden))
        else:
            parts.append(_LEAVES[type(each)](each))
    return "".join(parts)


def _escaped(text: str) -> str:
    return str(escape(text))


def _words(node: doc.Words) -> str:
    return _escaped(node.text)


def _break(_node: doc.LineBreak) -> str:
    return "<br>\n"


def _tag(name: str, attributes: str = "") -> tuple[str, str]:
    return f"<{name}{attributes}>", f"</{name}>"


def _note_mark(node: doc.NoteMark) -> str:
    return f'<sup class="note">[{node.number}]</sup>'


def _attachment(node: doc.Attachment) -> str:
    return f'<span class="attachment">{_escaped(node.name)}</span>'


def _mention(node: doc.Mention) -> str:
    return f'<a class="mention" href="{_escaped(node.page)}" rel="{LINK_RELATION}">@{_escaped(node.name)}</a>'


def _code_words(node: doc.CodeWords) -> str:
    return f"<code>{_escaped(node.text)}</code>"


def _formula(node: doc.Formula, *, is_block: bool = False) -> str:
    made = drawn(node.text, is_block=is_block) if node.is_drawn else ""
    return made or f"<code>{_escaped(node.text)}</code>"


def _image(node: doc.Image, is_hidden: bool) -> str:
    """A picture without a name shows its address, which are no words of the text: the class says so."""
    anchor = _anchor(node.source, _named(node), node.title)
    return anchor.replace("<a ", f"<a{_kind(node, is_hidden)} ", 1)


def _picture_in_link(node: doc.Image, is_hidden: bool) -> str:
    return f'<span{_kind(node, is_hidden)} title="{_escaped(node.source)}">{_named(node)}</span>'


def _kind(node: doc.Image, is_hidden: bool) -> str:
    """Among hidden words a picture stays a link: nobody has asked to see it."""
    size = ' data-size="{}x{}"'.format(*node.size) if node.size else ""
    return f' class="{"unseen " if is_hidden else ""}{"image" if node.alternative else "picture"}"{size}'


def _named(node: doc.Image) -> str:
    """What stands for a picture."""
    return _escaped(node.alternative or node.source)


def _anchor(target: str, inner: str, title: str) -> str:
    begin, end = _link_around(target, title)
    return begin + inner + end


def _link_around(target: str, title: str, kind: str = "") -> tuple[str, str]:
    told = f' title="{_escaped(title)}"' if title else ""
    return _tag("a", f'{kind} href="{_escaped(target)}"{told} rel="{LINK_RELATION}"')


def _paragraph(node: doc.Paragraph) -> str:
    match node.children:
        case [doc.Formula() as alone]:
            inner = _formula(alone, is_block=True)
        case _:
            inner = _inlines(node.children)
    return inner if node.is_tight else f'<p dir="auto"{_spoken(node)}>{inner}</p>'


def _heading(node: doc.Heading) -> str:
    tag = f"h{min(node.level + 2, 6)}"
    return f'<{tag} dir="auto"{_spoken(node)}>{_inlines(node.children)}</{tag}>'


def _spoken(node: doc.Block | None) -> str:
    """The language of a block, where it is known to be another than the board's."""
    language = node.language if isinstance(node, doc.Paragraph | doc.Heading) else ""
    return f' lang="{_escaped(language)}"' if language else ""


def _quote(node: doc.Quote) -> str:
    return f"<blockquote>\n{_head(node)}{_blocks(node.children)}\n</blockquote>"


def _head(node: doc.Quote) -> str:
    """Who said it, where and when; without words of any language, and the day as a number (ISO 8601)."""
    name = f"<bdi>{_escaped(node.author)}</bdi>" if node.author else ""
    if node.source is not None:
        name = _anchor(node.source, name or _escaped(node.source), "")
    parts = [name] if name else []
    if node.post is not None:
        parts.append(f'<a href="/p/{node.post}">#{node.post}</a>')
    if node.said_at is not None:
        said_at = datetime.fromtimestamp(node.said_at, UTC)
        parts.append(f'<time datetime="{said_at:%Y-%m-%dT%H:%M:%SZ}">{said_at:%Y-%m-%d}</time>')
    return f'<p class="cited">{" ".join(parts)}</p>\n' if parts else ""


def _code(node: doc.CodeBlock) -> str:
    inner = in_colours(node.text, node.language) if node.language else _escaped(node.text)
    return f"<pre><code>{inner}</code></pre>"


def _spoiler(node: doc.Spoiler) -> str:
    title = f"<bdi>{_escaped(node.title)}</bdi>" if node.title else "…"
    return f'<details class="spoiler"><summary>{title}</summary>\n{_blocks(node.children)}\n</details>'


def _aligned(node: doc.Aligned) -> str:
    return f'<div class="{node.side}">\n{_blocks(node.children)}\n</div>'


def _list(node: doc.List) -> str:
    tag = "ul" if node.start is None else "ol"
    start = f' start="{node.start}"' if node.start not in (None, 1) else ""
    kind = (
        f' class="{COUNTED_BY[node.numbering]}"'
        if node.start is not None and node.numbering in COUNTED_BY
        else ""
    )
    return f"<{tag}{start}{kind}>\n" + "".join([_item(item) for item in node.items]) + f"</{tag}>"


def _item(node: doc.Item) -> str:
    first = node.children[0] if node.children else None
    spoken = _spoken(first) if isinstance(first, doc.Paragraph) and first.is_tight else ""
    return f'<li dir="auto"{spoken}>{BOXES[node.is_done]}{_blocks(node.children)}</li>\n'


def _notes(node: doc.Notes) -> str:
    return '<ol class="notes">\n' + "".join([_item(item) for item in node.items]) + "</ol>"


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
    doc.Table: _table, doc.Rule: _rule, doc.Spoiler: _spoiler, doc.Aligned: _aligned,
    doc.Notes: _notes,
}  # fmt: skip
_AROUND: dict[type, Callable[[Any], tuple[str, str]]] = {
    doc.Styled: lambda node: _tag(node.style),
    doc.Sized: lambda node: _tag("span", f' class="{node.size}"'),
    doc.Tinted: lambda node: _tag("span", f' class="tint{node.hue}"'),
    doc.Hidden: lambda _node: _tag("span", ' class="veiled" tabindex="0"'),
    doc.Link: lambda node: _link_around(node.target, node.title, ' class="bare"' if node.is_bare else ""),
}
_LEAVES: dict[type, Callable[[Any], str]] = {
    doc.Words: _words, doc.LineBreak: _break, doc.CodeWords: _code_words, doc.Attachment: _attachment,
    doc.NoteMark: _note_mark, doc.Formula: _formula, doc.Mention: _mention,
}  # fmt: skip
