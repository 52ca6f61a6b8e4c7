"""Quotations of posts that were edited since: the head says so, and leads to what was changed."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from itertools import islice

from django.utils.translation import gettext

from rostra.topics.queries import PostRow
from rostra.topics.quotations import AT_ONCE, edited_among

# The head of a quotation that names a post (`markup/html.py`).
_MOST = 10  # of one post
_NAMED = re.compile(r'(<p class="cited">(?:(?!</p>).)*<a href="/p/(\d{1,18})"[^>]*>#\2</a>)')


def edits_of_quoted(posts: list[PostRow]) -> Mapping[int, datetime]:
    """When the posts that these posts quote were edited; those that never were are left out.

    A page asks for the first forty, whoever writes how many heads of quotations: it is one query.
    """
    named = dict.fromkeys(number for post in posts for number in _quoted_in(post))
    return edited_among(list(islice(named, AT_ONCE))) if named else {}


def edited_since(post: PostRow, edits: Mapping[int, datetime]) -> tuple[int, ...]:
    """Which posts that this one quotes were edited after it was written."""
    if not edits:
        return ()
    return tuple(sorted(each for each in _quoted_in(post) if each in edits and edits[each] > post.created_at))


def _quoted_in(post: PostRow) -> set[int]:
    """The posts that the first quotations of a post name."""
    if 'class="cited"' not in post.html:
        return set()
    return {int(found[2]) for found in islice(_NAMED.finditer(post.html), _MOST)}


def mark_quotations(html: str, edited: tuple[int, ...]) -> str:
    """The HTML of a post with its quotations of these posts marked."""
    words = escape(gettext("edited since"))

    def marked(found: re.Match[str]) -> str:
        number = int(found[2])
        mark = f' <a class="since" href="/p/{number}/history">{words}</a>'
        return found[0] + mark if number in edited else found[0]

    return _NAMED.sub(marked, html)
