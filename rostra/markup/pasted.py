"""From HTML that was copied elsewhere to Markdown.

Whatever comes is first made small and well formed here, in one pass: a parser of HTML opens formatting again in every
paragraph, as browsers do, and turns 17 kB of hostile tags into 14 MB. Then nh3 has a look at what remains, and
html-to-markdown writes it.
"""

import html as entities
import re
from collections.abc import Iterator
from typing import NamedTuple

import nh3
from html_to_markdown import ConversionOptions, convert

from rostra.markup.limits import TooMuchWork

DEPTH = 50
MOST_WORK = 100_000  # about the microseconds that it takes
# What each takes at most, in about microseconds: a tag or a text, an element, what it stands in, a cell in a row below.
_TOKEN_WORK, _ELEMENT_WORK, _DEEP_WORK, _CELL_WORK = 3, 4, 0.3, 0.1
STYLE = 1000  # characters of a style that are looked at
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*>?"
    r"|<(?P<dropped>script|style|title|template|textarea|select|iframe|object|svg|math|audio|video)\b.*?(?:</(?P=dropped)\s*>|\Z)"
    r"|<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*+)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>?"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?<![a-z-])([a-z-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))", re.IGNORECASE
)
_NAMES = {
    "b": "strong", "i": "em", "cite": "em", "dfn": "em", "var": "em", "del": "s", "strike": "s", "tt": "code",
    "kbd": "code", "samp": "code", "caption": "p", "dt": "p", "dd": "p", "tfoot": "tbody",
} | dict.fromkeys(
    ("address", "article", "aside", "center", "dl", "details", "fieldset", "figcaption", "figure", "footer", "form",
     "header", "main", "nav", "section", "summary"), "div",
)  # fmt: skip
_BOLD_ALREADY = ("h1", "h2", "h3", "h4", "h5", "h6", "th")
_INLINE = ("strong", "em", "s", "code", "a")
_BLOCKS = (
    *_BOLD_ALREADY, "p", "div", "blockquote", "ul", "ol", "li", "pre", "table", "thead", "tbody", "tr", "td",
)  # fmt: skip
_ROWS = ("p", "td", "th")
# A start tag ends these, where the page that was copied did not bother to.
_ENDED_BY = {
    "li": ("p", "li"), "td": _ROWS, "th": _ROWS, "tr": (*_ROWS, "tr"), "tbody": (*_ROWS, "tr", "tbody", "thead"),
}  # fmt: skip
_SPACE = re.compile(r"\s+")
_ADDRESS = re.compile(r"((?:https?://|www\.)\S+)")
# What Markdown would take for its own inside a line; the converter knows the beginnings of lines.
_SIGNS = re.compile(
    r"[*`]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|\|(?=\|)|(?<=\|)\||(?<=\])[(:]|&(?=#?\w+;)"
)
_MARK = "\ue000"  # stands for a backslash until all is written, so that none is marked itself
_cleaner = nh3.Cleaner(
    tags={*_INLINE, *_BLOCKS, "br", "hr", "img"},
    attributes={"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "code": {"class"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_options = ConversionOptions(bullets="-", extract_metadata=False, compact_tables=True, max_depth=4 * DEPTH)


def markdown_of(html: str) -> str:
    """The Markdown for what was copied: its words, links, lists, tables and pictures; no scripts, styles, pixels.

    Raises TooMuchWork for more elements, or deeper ones, than people copy.
    """
    tidy = _cleaner.clean(_Tidy().tidy(html.replace(_MARK, "")))
    return (convert(tidy, _options).content or "").replace(_MARK, "\\").strip("\n")


class _Open(NamedTuple):
    """An element that has begun: as it was called, and as it was written, if it was."""

    name: str
    written: str


class _Tidy:
    """One pass over the tags: known ones only, properly nested, at most DEPTH deep, none twice around the same words."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._out: list[str] = []
        self._work = 0.0
        self._cells = self._widest = 0

    def tidy(self, html: str) -> str:
        """The same words in well-formed HTML."""
        for token in _TOKEN.finditer(html):
            self._spend(_TOKEN_WORK)
            if token["text"]:
                self._say(entities.unescape(token["text"]))
            elif token["tag"] and token["end"]:
                self._end(_name(token["tag"]))
            elif token["tag"]:
                self._begin(_name(token["tag"]), _attributes(token["rest"]))
        self._close(0)
        return "".join(self._out)

    def _spend(self, work: float) -> None:
        self._work += work
        if self._work > MOST_WORK:
            raise TooMuchWork(round(self._work), MOST_WORK)

    def _count(self, name: str) -> None:
        """A row is filled up to the widest one."""
        if name == "tr":
            self._cells = 0
            self._spend(_CELL_WORK * self._widest)
        elif name in ("td", "th"):
            self._cells += 1
            self._widest = max(self._widest, self._cells)

    def _has(self, *names: str) -> bool:
        return any(one.written in names for one in self._open)

    def _say(self, text: str) -> None:
        if not self._has("pre"):
            text = _SPACE.sub(" ", text)
        if not self._has("pre", "code"):
            text = "".join(_marked(text.replace(_MARK, ""), has_cells=self._has("td", "th")))
        self._out.append(entities.escape(text, quote=False))

    def _begin(self, name: str, given: dict[str, str]) -> None:
        self._spend(_ELEMENT_WORK + _DEEP_WORK * len(self._open))
        self._count(name)
        if name in ("br", "hr", "img"):
            self._out.append("\n" if self._has("pre") else _single(name, given))
            return
        while self._open and self._open[-1].name in _ENDED_BY.get(name, ("p",) if name in _BLOCKS else ()):
            self._close(len(self._open) - 1)
        if len(self._open) >= DEPTH:
            return
        written = name if name in _BLOCKS else _format(name, given.get("style", "")[:STYLE].lower())
        if self._has("pre") and written != "code":
            written = ""
        if written == "p" and self._out[-1:] == ["<li>"]:
            written = ""  # a list without empty lines
        if written in _INLINE and (self._has(written) or (written == "strong" and self._has(*_BOLD_ALREADY))):
            written = ""
        self._open.append(_Open(name, written))
        if written:
            self._out.append(f"<{written}{_kept(written, given)}>")

    def _end(self, name: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].name == name:
                return self._close(place)
        return None

    def _close(self, place: int) -> None:
        while len(self._open) > place:
            if written := self._open.pop().written:
                self._out.append(f"</{written}>")


def _name(tag: str) -> str:
    return _NAMES.get(tag.lower(), tag.lower())


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].lower(): entities.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(text)
    }


def _format(name: str, style: str) -> str:
    """What an element does to its words. Text processors say it by styles, and wrap everything in a <b> that is none."""
    if name == "strong":
        return "" if re.search(r"font-weight:\s*(?:normal|[1-4]00)", style) else name
    if name in _INLINE:
        return name
    if re.search(r"font-weight:\s*(?:bold|[6-9]00)", style):
        return "strong"
    if re.search(r"font-style:\s*italic", style):
        return "em"
    return "s" if re.search(r"text-decoration[a-z-]{0,8}:\s*line-through", style) else ""


def _kept(written: str, given: dict[str, str]) -> str:
    """The attributes that say something in Markdown."""
    if written == "a" and given.get("href"):
        return f' href="{entities.escape(given["href"].strip())}"'
    if written == "ol" and re.fullmatch(r"[0-9]{1,9}", given.get("start", "")):
        return f' start="{given["start"]}"'
    language = re.search(r"\blanguage-([\w+#-]{1,30})", given.get("class", "")) if written == "code" else None
    return f' class="language-{language[1]}"' if language else ""


def _single(name: str, given: dict[str, str]) -> str:
    if name != "img":
        return f"<{name}>"
    sizes = [
        given.get("width", ""),
        given.get("height", ""),
        *re.findall(r"(?:^|[;\s])(?:width|height):\s*(\w+)", given.get("style", "")[:STYLE]),
    ]
    if any(re.fullmatch(r"[01](?:px)?", size) for size in sizes):
        return ""  # a pixel that counts its readers
    alt = entities.escape(_SPACE.sub(" ", given.get("alt", "")))
    source = given.get("src", "").strip()
    return (
        f'<img src="{entities.escape(source)}" alt="{alt}">'
        if re.match(r"https?://", source, re.IGNORECASE)
        else alt
    )


def _marked(text: str, *, has_cells: bool) -> Iterator[str]:
    """The text, its signs marked as mere signs; addresses stay whole, and the converter knows what ends a cell."""

    def marked(sign: re.Match[str]) -> str:
        return sign[0] if has_cells and sign[0] == "|" else _MARK + sign[0]

    for part in _ADDRESS.split(text):
        yield part if _ADDRESS.fullmatch(part) else _SIGNS.sub(marked, part)
