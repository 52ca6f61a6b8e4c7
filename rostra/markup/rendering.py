"""Markdown by markdown-it-py, nh3 as the last word on the HTML that comes out."""

import html as entities
import logging
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

logger = logging.getLogger(__name__)

MARKUPS = ("markdown", "plain")
PARSER_VERSION = 1
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={
        "a": {"href"},
        "ol": {"start"},
        "p": {"dir"},
        "li": {"dir"},
        "h3": {"dir"},
        "h4": {"dir"},
        "h5": {"dir"},
        "h6": {"dir"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
    strip_comments=True,
)
_BLOCK_END = re.compile(r"</(?:p|li|h[3-6]|pre|tr|blockquote|ul|ol|table)>|<br ?/?>\n?|<hr ?/?>")
_TAG = re.compile(r"<[^>]*>")
_QUOTE_EDGE = re.compile(r"(</?blockquote>)")
_BLANK_LINES = re.compile(r"\n{3,}")


class Rendered(NamedTuple):
    """HTML to show, plain text, and `own`: the plain text without quotations, unless there is nothing else."""

    html: str
    text: str
    own: str


def render(source: str, markup: str = "markdown") -> Rendered:
    """Safe HTML and plain text of a source.

    An odd input never breaks a page: should the parser fail, the fault is logged and the source shown as text.
    """
    try:
        raw = _parser(markup).render(source)
    except Exception:
        logger.exception("markup %s could not be parsed; shown as text", markup)
        raw = f"<p>{entities.escape(source)}</p>"
    safe = _cleaner.clean(raw).strip()
    return Rendered(safe, plain_text(safe), own_words(safe))


def plain_text(html: str) -> str:
    """The words of HTML that `render` made, a line for each block."""
    text = entities.unescape(_TAG.sub("", _BLOCK_END.sub("\n", html)))
    return _BLANK_LINES.sub("\n\n", text).strip()


def own_words(html: str) -> str:
    """The plain text outside quotations; all of it when everything is quoted."""
    return unquoted(html) or plain_text(html)


def unquoted(html: str) -> str:
    """The plain text outside quotations."""
    depth, kept = 0, []
    for part in _QUOTE_EDGE.split(html):
        if part == "<blockquote>":
            depth += 1
        elif part == "</blockquote>":
            depth -= 1
        elif depth == 0:
            kept.append(part)
    return plain_text("".join(kept))


def quotation(source: str, *, author: str, post: int) -> str:
    """The source of a post as a quotation of it, older quotations left out, ready to answer."""
    kept = [line for line in source.splitlines() if not line.lstrip().startswith(">")]
    body = "\n".join(kept).strip() or source.strip()
    name = re.sub(r"([\\`*_\[\]<>])", r"\\\1", author)
    lines = [f"**{name}** [#{post}](/p/{post}):", "", *body.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


@cache
def _parser(markup: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True, "typographer": False})
    parser.enable(["table", "strikethrough", "linkify"])
    if markup == "plain":
        parser.disable(
            [
                "code",
                "fence",
                "heading",
                "lheading",
                "hr",
                "list",
                "emphasis",
                "backticks",
                "reference",
                "table",
                "strikethrough",
                "escape",
                "link",
                "image",
                "html_block",
                "html_inline",
                "entity",
            ],
            ignoreInvalid=True,
        )
    parser.core.ruler.push("forum", _suit_the_forum)
    return parser


def _suit_the_forum(state: object) -> None:
    tokens: list[Token] = state.tokens  # type: ignore[attr-defined]
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
        if token.type in ("paragraph_open", "list_item_open", "heading_open"):
            token.attrSet("dir", "auto")
        if token.children:
            token.children = _images_as_links(token.children)


def _images_as_links(children: Sequence[Token]) -> list[Token]:
    """A picture of another host would tell that host who reads: it becomes a link to it."""
    result: list[Token] = []
    depth = 0
    for child in children:
        depth += child.nesting if child.type.startswith("link_") else 0
        if child.type != "image":
            result.append(child)
            continue
        label = Token("text", "", 0, content=child.content or str(child.attrGet("src") or ""))
        if depth:
            result.append(label)
            continue
        opening = Token("link_open", "a", 1)
        opening.attrSet("href", str(child.attrGet("src") or ""))
        result += [opening, label, Token("link_close", "a", -1)]
    return result
