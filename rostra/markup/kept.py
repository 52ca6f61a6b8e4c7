"""Words out of HTML that was rendered earlier and kept: pages have that, not the document."""

import html as entities
import re

_BLOCK_END = re.compile(
    r"</(?:p|li|h[3-6]|pre|tr|blockquote|ul|ol|table|div|summary|details)>|<br ?/?>\n?|<hr ?/?>"
)
_CELL_END = re.compile(r"</t[dh]>\n(?=<t)")
# Heads of quotations, and addresses in place of pictures without a name: no words of the text (`html.py`).
_NO_WORDS = re.compile(
    r'<p class="cited">.*?</p>\n|<a [^>]*class="(?:unseen )?picture"[^>]*>[^<]*</a>|<span [^>]*class="(?:unseen )?picture"[^>]*>[^<]*</span>'
)
_FORMULA = re.compile(r'<math\b[^>]*? alttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_QUOTE_EDGE = re.compile(r"(</?blockquote>)")
_BLANK_LINES = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """The words of HTML that `render` made, a line for each block."""
    html = _NO_WORDS.sub("", html)
    if "<math" in html:
        html = _FORMULA.sub(r"\1", html)
    text = entities.unescape(_TAG.sub("", _BLOCK_END.sub("\n", _CELL_END.sub("\t", html))))
    return _BLANK_LINES.sub("\n\n", text).strip()


def seen_words(html: str) -> str:
    """All words, quotations too, but nothing that is hidden until somebody asks for it."""
    return plain_text(_without_hidden(html))


def own_words(html: str) -> str:
    """The plain text outside quotations; all of it when everything is quoted. Nothing hidden is in it."""
    return unquoted(html) or plain_text(_without_hidden(html))


def unquoted(html: str) -> str:
    """The plain text outside quotations, without what is hidden until somebody asks for it."""
    html = _without_hidden(html)
    depth, kept = 0, []
    for part in _QUOTE_EDGE.split(html):
        if part == "<blockquote>":
            depth += 1
        elif part == "</blockquote>":
            depth -= 1
        elif depth == 0:
            kept.append(part)
    return plain_text("".join(kept))


def _without_hidden(html: str) -> str:
    return _without(_without(html, "details", "spoiler"), "span", "veiled")


def _without(html: str, tag: str, name: str) -> str:
    """HTML with the inside of these elements replaced by an ellipsis."""
    if f'class="{name}"' not in html:
        return html
    depth, closes_at, kept = 0, 0, []
    for part in re.split(rf"(</?{tag}\b[^>]*>)", html):
        if part.startswith(f"<{tag}"):
            depth += 1
            if not closes_at and f'class="{name}"' in part:
                closes_at = depth
                kept.append("…")
        elif part.startswith(f"</{tag}"):
            closes_at = 0 if depth == closes_at else closes_at
            depth -= 1
        elif not closes_at:
            kept.append(part)
    return "".join(kept)
