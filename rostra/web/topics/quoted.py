"""Quotations of posts that were edited since: the head says so, and leads to what was changed."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape

from django.utils.translation import gettext

from rostra.topics.queries import PostRow
from rostra.topics.quotations import edited_among

# The head of a quotation that names a post (`markup/html.py`).
_NAMED = re.compile(r'(<p class="cited">(?:(?!</p>).)*<a href="/p/(\d{1,18})"[^>]*>#\2</a>)')


def edits_of_quoted(posts: list[PostRow]) -> Mapping[int, datetime]:
    """When the posts that these posts quote were edited; those that never were are left out."""
    named = {
        int(number)
        for post in posts
        if 'class="cited"' in post.html
        for _, number in _NAMED.findall(post.html)
    }
    return edited_among(sorted(named)) if named else {}


def edited_since(post: PostRow, edits: Mapping[int, datetime]) -> tuple[int, ...]:
    """Which posts that this one quotes were edited after it was written."""
    if not edits or 'class="cited"' not in post.html:
        return ()
    named = {int(number) for _, number in _NAMED.findall(post.html)}
    return tuple(sorted(each for each in named if each in edits and edits[each] > post.created_at))


def mark_quotations(html: str, edited: tuple[int, ...]) -> str:
    """The HTML of a post with its quotations of these posts marked."""
    words = escape(gettext("edited since"))

    def marked(found: re.Match[str]) -> str:
        number = int(found[2])
        mark = f' <a class="since" href="/p/{number}/history">{words}</a>'
        return found[0] + mark if number in edited else found[0]

    return _NAMED.sub(marked, html)
