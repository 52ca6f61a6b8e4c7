"""A source becomes a document, the document safe HTML and plain text. nh3 is the second wall: what the writer of
HTML should never write would end there."""

import logging
import re
from typing import NamedTuple

import nh3

from rostra.markup import document as doc
from rostra.markup.html import LINK_RELATION, html_of
from rostra.markup.markdown import read_markdown, read_plain
from rostra.markup.targets import SCHEMES
from rostra.markup.words import own_words_of, words_of

logger = logging.getLogger(__name__)

PARSER_VERSION = 2
TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_READERS = {"markdown": read_markdown, "plain": read_plain}
MARKUPS = tuple(_READERS)
_DIRECTED = ("p", "li", "h3", "h4", "h5", "h6")
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}, **{tag: {"dir"} for tag in _DIRECTED}},
    allowed_classes={tag: {str(side) for side in doc.Side} for tag in ("td", "th")},
    url_schemes=set(SCHEMES),
    link_rel=LINK_RELATION,
    strip_comments=True,
)


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
        document = _READERS[markup](source)
        html = html_of(document)
    except Exception:
        logger.exception("markup %s could not be parsed; shown as text", markup)
        document = doc.Document([doc.Paragraph([doc.Words(source)])])
        html = html_of(document)
    return Rendered(_cleaner.clean(html).strip(), words_of(document), own_words_of(document))


def quotation(source: str, *, author: str, post: int) -> str:
    """The source of a post as a quotation of it, older quotations left out, ready to answer."""
    kept = [line for line in source.splitlines() if not line.lstrip().startswith(">")]
    body = "\n".join(kept).strip() or source.strip()
    name = re.sub(r"([\\`*_\[\]<>])", r"\\\1", author)
    lines = [f"**{name}** [#{post}](/p/{post}):", "", *body.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"
