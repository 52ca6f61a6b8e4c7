"""A post as a quotation of it, in the markup of whoever answers. What is quoted keeps its own marks."""

import re
from typing import NamedTuple

_TAG = re.compile(r"\[(/?)quote(?=[\]=\s])[^\]\n]*\]", re.IGNORECASE)


class Quoted(NamedTuple):
    """What is quoted: whose words, in which post, and when they were written (seconds since 1970)."""

    source: str
    author: str
    post: int
    member: int | None = None
    said_at: int | None = None


def quotation(quoted: Quoted, into: str) -> str:
    """The source of a quotation, older quotations in it left out, ready to answer."""
    body = _without_quotations(quoted.source).strip() or quoted.source.strip()
    return _in_markdown(quoted, body) if into == "markdown" else _in_bbcode(quoted, body)


def _in_bbcode(quoted: Quoted, body: str) -> str:
    name = quoted.author.replace("\\", "\\\\").replace('"', '\\"')
    named = {"post_id": quoted.post, "time": quoted.said_at, "user_id": quoted.member}
    attributes = "".join(f" {key}={value}" for key, value in named.items() if value is not None)
    return f'[quote="{name}"{attributes}]{body}[/quote]\n\n'


def _in_markdown(quoted: Quoted, body: str) -> str:
    name = re.sub(r"([\\`*_\[\]<>])", r"\\\1", quoted.author)
    lines = [f"**{name}** [#{quoted.post}](/p/{quoted.post}):", "", *body.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def _without_quotations(source: str) -> str:
    depth, place, kept = 0, 0, []
    for found in _TAG.finditer(source):
        if not depth:
            kept.append(source[place : found.start()])
        depth = max(0, depth + (-1 if found[1] else 1))
        place = found.end()
    if not depth:
        kept.append(source[place:])
    return "\n".join(line for line in "".join(kept).splitlines() if not line.lstrip().startswith(">"))
