"""Posts of those whom a reader ignores, and quotations of them in other posts, folded: a click opens them."""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import NamedTuple

from django.utils.translation import gettext

from rostra.topics.queries import PostRow

_EDGE = re.compile(r"(</?blockquote>)")
# How a quotation begins (`markup/html.py`): with the name.
_HEAD = re.compile(r'\s*<p class="cited">(?:<a [^>]*>)?<bdi>([^<]*)</bdi>')
_QUOTATION = re.compile(r"<blockquote>" + _HEAD.pattern)


class Folding(NamedTuple):
    """What of a post is folded: all of it, or the quotations of these names."""

    is_folded: bool
    quoted: tuple[str, ...]

    @staticmethod
    def of(post: PostRow, ignored: Mapping[int, str], names: frozenset[str]) -> "Folding":
        """For a reader who ignores these members."""
        if not ignored:
            return _NOTHING
        if "<blockquote>" not in post.html:
            return Folding(post.author_id in ignored, ())
        quoted = {unescape(name) for name in _QUOTATION.findall(post.html)}
        return Folding(post.author_id in ignored, tuple(sorted(quoted & names)))


_NOTHING = Folding(False, ())


def fold_quotations(html: str, names: tuple[str, ...]) -> str:
    """The HTML of a post with quotations of these people folded; what is quoted in them goes with them."""
    parts = _EDGE.split(html)
    folded, depth, closes_at = [], 0, 0
    for place, part in enumerate(parts):
        if part == "<blockquote>":
            depth += 1
            head = _HEAD.match(parts[place + 1])
            if not closes_at and head and unescape(head[1]) in names:
                closes_at = depth
                folded.append(f'<details class="folded">{_summary(unescape(head[1]))}')
        folded.append(part)
        if part == "</blockquote>":
            if depth == closes_at:
                closes_at = 0
                folded.append("</details>")
            depth -= 1
    return "".join(folded)


def _summary(name: str) -> str:
    words = escape(gettext("Quotation of %(name)s, whom you ignore"))
    return f"<summary>{words % {'name': f'<bdi>{escape(name)}</bdi>'}}</summary>"
