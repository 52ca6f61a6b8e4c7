"""A source becomes a document, the document safe HTML and plain text. nh3 is the second wall: what the writer of
HTML should never write would end there."""

import logging
from collections.abc import Callable
from typing import NamedTuple

import nh3

from rostra.markup import code, formulas
from rostra.markup import document as doc
from rostra.markup.bbcode import read_bbcode
from rostra.markup.bbcode.expanding import MOST_USES, Expansion, expand
from rostra.markup.both import read_both, unread
from rostra.markup.conventions import NONE, Conventions
from rostra.markup.facts import Facts, facts_of
from rostra.markup.html import COUNTED_BY, LINK_RELATION, html_of
from rostra.markup.limits import LONGEST, MOST_HTML, TooLarge, TooLongWithTags, TooManyOwnTags, check
from rostra.markup.markdown import read_markdown, read_plain
from rostra.markup.mentions import Known, Member, mention
from rostra.markup.targets import SCHEMES
from rostra.markup.tongues import mark_languages
from rostra.markup.words import own_words_of, words_of

logger = logging.getLogger(__name__)

PARSER_VERSION = 3
TAGS = {
    "a", "bdi", "blockquote", "br", "code", "details", "div", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "s", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "time", "tr", "u", "ul",
    *formulas.ELEMENTS,
}  # fmt: skip
_READERS: dict[str, Callable[[str], doc.Document]] = {
    "markdown": read_markdown, "bbcode": read_bbcode, "both": read_both, "plain": read_plain,
}  # fmt: skip
MARKUPS = tuple(_READERS)
_SIDES = {str(side) for side in doc.Side}
CLASSES = {
    "a": {"bare", "unseen", "picture", "image", "mention"}, "sup": {"note"}, "ol": {"notes", *COUNTED_BY.values()}, "td": _SIDES, "th": _SIDES, "div": _SIDES, "p": {"cited"}, "details": {"spoiler"},
    "span": {*map(str, doc.Size), *(f"tint{hue}" for hue in range(12)), "veiled", "attachment", "unseen", "picture", "image", *code.CLASSES},
}  # fmt: skip
_FORMULAS = ("$$", "math", "tex]")
_DIRECTED = ("p", "li", "h3", "h4", "h5", "h6")
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={
        "a": {"href", "title", "data-size"},
        "ol": {"start"},
        "time": {"datetime"},
        "span": {"tabindex", "title", "data-size"},
        **{tag: {"dir", "lang"} for tag in _DIRECTED},
        **{tag: set(names) for tag, names in formulas.ELEMENTS.items()},
    },
    allowed_classes=CLASSES,
    url_schemes=set(SCHEMES),
    link_rel=LINK_RELATION,
    strip_comments=True,
)


class Rendered(NamedTuple):
    """HTML to show, plain text, `own`: the plain text without quotations, unless there is nothing else; and the facts."""

    html: str
    text: str
    own: str
    facts: Facts


def nobody(_names: list[str]) -> dict[str, Member]:
    """Where there is no board: no name is a member's."""
    return {}


def read(
    source: str, markup: str = "markdown", known: Known = nobody, conventions: Conventions = NONE
) -> doc.Document:
    """The document that a source means on a board with these conventions; `known` says which names are members'.

    Raises Unfit when it is longer, deeper or denser than is rendered, also with the board's own tags written out.
    """
    check(source)
    written, uses = _expansion(source, markup, conventions)
    if uses > MOST_USES:
        raise TooManyOwnTags(uses, MOST_USES)
    if uses:
        if len(written) > LONGEST:
            raise TooLongWithTags(len(written), LONGEST)
        check(written)
    return _document(written, markup, known, conventions.language)


def _expansion(source: str, markup: str, conventions: Conventions) -> Expansion:
    """The source with the board's own tags written out, where the markup has tags."""
    if not conventions.tags or markup not in ("bbcode", "both"):
        return Expansion(source, 0)
    source = _plain(source)
    return expand(source, conventions.tags, unread(source) if markup == "both" else None)


def _document(source: str, markup: str, known: Known = nobody, language: str = "") -> doc.Document:
    document = _READERS[markup](_plain(source))
    code.choose(document)
    lowered = source.lower()
    if any(sign in lowered for sign in _FORMULAS):
        formulas.choose(document)
    if "@" in source and markup != "plain":
        mention(document, known)
    if language:
        mark_languages(document, language)
    return document


def _plain(source: str) -> str:
    """With plain line ends, and without NUL; what is half a character is none."""
    source = source.encode("utf-8", "replace").decode()
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def shown(document: doc.Document, most: int = MOST_HTML) -> Rendered:
    """A document as it is shown and read. Raises Unfit when little text makes more HTML than this."""
    html = html_of(document)
    if len(html) > most:
        raise TooLarge(len(html), most)
    html = _cleaner.clean(html).strip()
    return Rendered(html, words_of(document), own_words_of(document), facts_of(document))


def render(
    source: str, markup: str = "markdown", known: Known = nobody, conventions: Conventions = NONE
) -> Rendered:
    """Safe HTML and plain text of a source that was taken once: no limit holds for it any more.

    An odd input never breaks a page: should it not be read, the fault is logged and the source shown as text.
    """
    try:
        written = _expansion(source, markup, conventions).source
        return shown(
            _document(written, markup, known, conventions.language), max(MOST_HTML, 20 * len(written))
        )
    except Exception:
        logger.exception("a text in %s could not be rendered; it is shown as it was typed", markup)
        text = source.encode("utf-8", "replace").decode()
        return shown(doc.Document([doc.Paragraph([doc.Words(text)])]), max(MOST_HTML, 20 * len(source)))
