"""A post as a quotation of it, in the markup of whoever answers. What is quoted keeps its own marks.

Nobody's words may leave their quotation, and no answer may slip into it, whatever the quoted text leaves open. So what
was put together is read back with an answer below it; what does not hold is made of plain words instead.
"""

import re
from typing import NamedTuple

from rostra.markup import document as doc
from rostra.markup.conventions import NONE, Conventions
from rostra.markup.rendering import read, render

_CODE = r"\[(?:code|noparse)\b[^\]\n]*\].*?(?:\[/(?:code|noparse)\]|\Z)|^ {0,3}(?:`{3,}|~{3,}).*?(?:^ {0,3}(?:`{3,}|~{3,})[ \t]*$|\Z)|`[^`\n]+`"
_PARTS = re.compile(
    rf"(?P<code>{_CODE})|\[(?P<closes>/?)quote(?=[\]=\s:])[^\]\n]*\]",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_ANSWER = "An answer."
_OPENS = re.compile(r"\[|^(?=[ \t]*(?:`{3,}|~{3,}))|`", re.MULTILINE)
_NO_BREAK = "\u2060"  # joins words, and is not seen: behind it a bracket opens nothing


class Quoted(NamedTuple):
    """What is quoted: whose words, in which post, and when they were written (seconds since 1970)."""

    source: str
    author: str
    post: int
    member: int | None = None
    said_at: int | None = None
    markup: str = "both"


def quotation(quoted: Quoted, into: str, conventions: Conventions = NONE) -> str:
    """The source of a quotation, older quotations in it left out, ready to answer; own tags stay as they were typed."""
    body = _without_quotations(quoted.source, quoted.markup).strip()
    if body:
        made = _made(quoted, body, into)
        if _holds(made, quoted, into, conventions):
            return made
    words = render(quoted.source, quoted.markup, conventions=conventions).own
    return _made(quoted, _OPENS.sub(lambda found: found[0] + _NO_BREAK, words), into)


def _made(quoted: Quoted, body: str, into: str) -> str:
    return _in_markdown(quoted, body) if into == "markdown" else _in_bbcode(quoted, body)


def _holds(made: str, quoted: Quoted, into: str, conventions: Conventions) -> bool:
    """Is it one quotation of that post, and what is written below it no part of it?"""
    for answer, expected in ((_ANSWER, doc.Paragraph), (f"```\n{_ANSWER}\n```", doc.CodeBlock)):
        try:
            blocks = read(made + answer, into, conventions=conventions).blocks
        except Exception:
            return False
        if len(blocks) != 2 or not isinstance(blocks[0], doc.Quote) or blocks[0].post != quoted.post:
            return False
        if into != "bbcode" and not isinstance(blocks[1], expected):
            return False
    return True


def _in_bbcode(quoted: Quoted, body: str) -> str:
    name = quoted.author.replace("\\", "\\\\").replace('"', '\\"')
    named = {"post_id": quoted.post, "time": quoted.said_at, "user_id": quoted.member}
    attributes = "".join(f" {key}={value}" for key, value in named.items() if value is not None)
    return f'[quote="{name}"{attributes}]{body}[/quote]\n\n'


def _in_markdown(quoted: Quoted, body: str) -> str:
    name = re.sub(r"([\\`*_\[\]<>~|&:])", r"\\\1", quoted.author)
    lines = [f"**{name}** [#{quoted.post}](/p/{quoted.post}):", "", *body.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def _without_quotations(source: str, markup: str) -> str:
    """The source without `[quote]` and, where they quote, lines behind `>`; code is kept as it is."""
    depth, place, kept = 0, 0, list[str]()
    for found in _PARTS.finditer(source):
        if not depth:
            kept += [_unquoted(source[place : found.start()], markup), found[0] if found["code"] else ""]
        if not found["code"]:
            depth = max(0, depth + (-1 if found["closes"] else 1))
        place = found.end()
    if not depth:
        kept.append(_unquoted(source[place:], markup))
    return "".join(kept)


def _unquoted(text: str, markup: str) -> str:
    if markup == "bbcode":
        return text
    return "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith(">"))
