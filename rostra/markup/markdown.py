"""Markdown to a document: markdown-it-py reads it, this says what it means (docs/markup.md).

Raw HTML is text. A newline is a line break, as people expect who write in a box.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import accumulate, takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from rostra.markup import blocks, inlines
from rostra.markup import document as doc
from rostra.markup.bare import linked, shortened
from rostra.markup.dollars import read_formulas
from rostra.markup.emoji import with_emoji
from rostra.markup.hiding import hide
from rostra.markup.limits import TooDeep
from rostra.markup.links import unlinked
from rostra.markup.targets import target
from rostra.markup.words import words_in

_TASK = re.compile(r"\[([ xX])\][ \n]")
_MARKED = re.compile(r"[\\`*_~\[\]<&|!]")
_MARKED_OR_FORMULA = re.compile(r"[\\`*_~\[\]<&|!]|\$\$")
_UNMARKED = "no marks"
_LONGEST_TITLE = 200
_POST = re.compile(r"#[0-9]{1,18}")
_MEASURED = re.compile(r"\|([1-9]\d{0,3})x([1-9]\d{0,3})$")  # ![a map|640x480](address), as on Discourse
_LANGUAGE = re.compile(r"[a-z0-9+#.-]{1,30}")
_LEAVES: dict[str, Callable[[str], doc.Inline]] = {"code_inline": doc.CodeWords, "formula": doc.Formula}
_STYLES = {"em_open": doc.Style.EMPHASIS, "strong_open": doc.Style.STRONG, "s_open": doc.Style.STRIKE}
_SIDES = {"text-align:center": doc.Side.CENTER, "text-align:right": doc.Side.END}
_MOST_NESTED = 40  # where the parser stops


def read_markdown(source: str) -> doc.Document:
    """The document that a Markdown source means."""
    return doc.Document(blocks_of(parser_for(source).parse(source)))


def blocks_of(tokens: list[Token]) -> list[doc.Block]:
    """What the parser found, as blocks. Raises TooDeep when they stand in each other without end."""
    deepest = max(map(_depth, tokens), default=0)
    if deepest > blocks.DEEPEST:
        raise TooDeep(deepest, blocks.DEEPEST)
    return _blocks(iter(tokens))


def _depth(token: Token) -> int:
    if not token.children:
        return token.level
    return token.level + max(accumulate(each.nesting for each in token.children))


def read_plain(source: str) -> doc.Document:
    """The document of a text without marks, such as an old mail: paragraphs, lines, `>` before quotations, bare links."""
    return doc.Document(_blocks(iter(_plain_parser().parse(source))))


def _blocks(tokens: Iterable[Token]) -> list[doc.Block]:
    found: list[doc.Block] = []
    for token in tokens:
        if token.nesting < 0:
            break
        make = _BLOCKS.get(token.type)
        if make:
            found.append(make(token, tokens))
        elif token.type == "inline":  # what stands in no block of its own
            found.append(doc.Paragraph(_inlines(token)))
    return found


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
    children = _blocks(tokens)
    first = children[0] if children else None
    match first.children if isinstance(first, doc.Paragraph) else []:
        case [
            doc.Styled(doc.Style.STRONG, named), doc.Words(" "),
            doc.Link(where, [doc.Words(number)]), doc.Words(":"), *rest,
        ] if _is_name(named) and where == f"/p/{number[1:]}" and _POST.fullmatch(number):  # fmt: skip
            # The head that `quotation` writes: **alice** [#5](/p/5):
            rest = rest[1:] if rest and isinstance(rest[0], doc.LineBreak) else rest
            own = [doc.Paragraph(rest)] if rest else []
            return doc.Quote([*own, *children[1:]], words_in(named), int(number[1:]))
    return doc.Quote(children)


def _is_name(inlines: list[doc.Inline]) -> bool:
    """Words alone; a name such as www.example.org was taken for an address."""
    return bool(inlines) and all(
        isinstance(each, doc.Words) or (isinstance(each, doc.Link) and each.is_bare) for each in inlines
    )


def _code(token: Token, _tokens: Iterable[Token]) -> doc.Block:
    language = token.info.split(maxsplit=1)[0].lower() if token.info.strip() else ""
    if language == "math":
        return doc.Paragraph([doc.Formula(token.content.strip())])
    return doc.CodeBlock(token.content, language if _LANGUAGE.fullmatch(language) else "")


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


def _notes(_token: Token, tokens: Iterable[Token]) -> doc.Block:
    items = []
    for inner in tokens:
        if inner.nesting < 0:
            break
        items.append(_item(_blocks(tokens)))
    return doc.Notes(items)


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
    "footnote_block_open": _notes,
}  # fmt: skip


def _inlines(token: Token) -> list[doc.Inline]:
    if token.info == _UNMARKED:
        return _unmarked(token.content)
    return _joined(iter(token.children or ()))


def _unmarked(content: str) -> list[doc.Inline]:
    """Lines without marks, as the parser would have read them: white space around a line end means nothing."""
    first, *others = content.split("\n")
    found = _words(first.rstrip(" "))
    for line in others:
        found.append(doc.LineBreak())
        found += _words(line.strip(" ").lstrip(" \t"))
    return found


def _words(text: str) -> list[doc.Inline]:
    return linked(with_emoji(text))


def _joined(tokens: Iterable[Token], *, is_in_link: bool = False) -> list[doc.Inline]:
    found: list[doc.Inline] = []
    text = ""
    for token in tokens:
        if token.nesting < 0:
            break
        if token.type == "text":
            text += token.content
            continue
        if text:
            found += [doc.Words(with_emoji(text))] if is_in_link else _words(text)
            text = ""
        found += _inline(token, tokens, is_in_link=is_in_link)
    if text:
        found += [doc.Words(with_emoji(text))] if is_in_link else _words(text)
    return found


def _inline(token: Token, tokens: Iterable[Token], *, is_in_link: bool) -> list[doc.Inline]:
    if token.type in ("softbreak", "hardbreak"):
        return [doc.LineBreak()]
    if token.type in _LEAVES:
        return [_LEAVES[token.type](token.content)]
    if token.type == "link_open":
        is_bare = token.info == "auto"
        return _bare_link(token, tokens) if is_bare else _link(token, _joined(tokens, is_in_link=True))
    if token.type == "image":
        return _image(token)
    if token.type == "footnote_ref":
        return [doc.NoteMark(int(token.meta["id"]) + 1)]
    if token.type == "hidden_open":
        return [doc.Hidden(_joined(tokens, is_in_link=is_in_link))]
    if token.type in _STYLES:
        return [doc.Styled(_STYLES[token.type], _joined(tokens, is_in_link=is_in_link))]
    return [doc.Words(token.content)]


def _bare_link(token: Token, tokens: Iterable[Token]) -> list[doc.Inline]:
    text = "".join(each.content for each in takewhile(lambda each: each.nesting >= 0, tokens))
    return _link(token, [doc.Words(shortened(text))])


def _link(token: Token, children: list[doc.Inline]) -> list[doc.Inline]:
    where = target(str(token.attrGet("href") or ""))
    return [doc.Link(where, unlinked(children), _title(token))] if where is not None else children


def _title(token: Token) -> str:
    """A reference repeats its title wherever it is used, so it is cut."""
    return str(token.attrGet("title") or "")[:_LONGEST_TITLE]


def _image(token: Token) -> list[doc.Inline]:
    where = target(str(token.attrGet("src") or ""))
    named = _plain(token.children or [])
    measured = _MEASURED.search(named)
    size = (int(measured[1]), int(measured[2])) if measured else None
    named = named[: measured.start()] if measured else named
    return [doc.Image(where, named, _title(token), size)] if where else [doc.Words(named)]


def _plain(tokens: list[Token]) -> str:
    """What stands for a picture that is not seen: text without marks (CommonMark 0.31, Images)."""
    parts = [_plain(each.children) if each.children else each.content for each in tokens]
    return "".join(
        "\n" if each.type == "softbreak" else part for each, part in zip(tokens, parts, strict=True)
    )


def parser_for(source: str, *, is_letter: bool = False) -> MarkdownIt:
    """The parser for a source: each rule costs every line, so that of footnotes is there only when they are."""
    return make_parser(has_notes="[^" in source, has_formulas="$$" in source, is_letter=is_letter)


@cache
def make_parser(
    *, has_notes: bool = True, has_formulas: bool = True, ends_notes: bool = True, is_letter: bool = False
) -> MarkdownIt:
    """A parser of Markdown: CommonMark with tables, struck and hidden words. Bare addresses are found later (`bare.py`).

    Without `ends_notes` footnotes are counted in the parser's environment, and written later.
    `is_letter`: lines that are indented are no code, and lines below a text no underlines.
    """
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": _MOST_NESTED})
    hide(made)
    if has_notes:
        made.use(footnote_plugin, inline=False)
        if not ends_notes:
            made.core.ruler.disable("footnote_tail")
    if is_letter:
        made.disable(["code", "lheading"])
    made.enable(["table", "strikethrough"]).disable(["html_block", "html_inline"])
    if has_formulas:
        read_formulas(made)
    inlines.bound(made)
    blocks.bound(made)
    made.core.ruler.at("inline", _read_marked_or_formulas if has_formulas else _read_marked)
    return made


def _read_marked(state: StateCore) -> None:
    """Most paragraphs hold no marks at all. The parser of inlines, slower than all the rest, is kept from them."""
    _read_where(_MARKED, state)


def _read_marked_or_formulas(state: StateCore) -> None:
    _read_where(_MARKED_OR_FORMULA, state)


def _read_where(marked: re.Pattern[str], state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            if marked.search(token.content):
                token.children = []
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            else:
                token.info = _UNMARKED


@cache
def _plain_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": _MOST_NESTED}).enable("blockquote")
    blocks.bound(parser)
    parser.core.ruler.at("inline", _read_nothing)
    return parser


def _read_nothing(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.info = _UNMARKED
