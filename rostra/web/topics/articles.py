"""What stands on a topic's page, each piece made once for each state of what it shows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from rostra.forums.queries import Node
from rostra.topics.queries import PostRow, TopicRow
from rostra.web.fragments import Fragments, joined

_LEADS = Fragments("topics/lead.html")
_PAGERS = Fragments("topics/pager.html", most=4096)
_POSTS = Fragments("topics/post.html", most=10_000)


class Seen(NamedTuple):
    """How far the reader has come: a position in the topic, and a time up to which all is read."""

    position: int
    since: datetime
    has_visited: bool

    def is_new(self, post: PostRow) -> bool:
        """Has the reader not seen this post?"""
        return post.position > self.position and post.created_at > self.since


def topic_lead(topic: TopicRow, forum: Node, *, shows_rules: bool) -> Markup:
    """What goes before the posts: the forum in brief, its rules open or folded, the title and its facts."""
    state = topic._replace(view_count=0)
    context = {"topic": topic, "forum": forum, "shows_rules": shows_rules}
    return _LEADS.piece((state, forum, shows_rules), lambda: context)


def pager(topic: TopicRow, page: int, last_page: int) -> Markup:
    """Links to the topic's pages, when there is more than one."""
    if last_page < 2:
        return Markup("")
    context = {"topic": topic, "page": page, "last_page": last_page}
    return _PAGERS.piece((topic.id, topic.slug, page, last_page), lambda: context)


def articles(
    posts: list[PostRow], *, seen: Seen, reply_address: str, may_edit: Callable[[PostRow], bool]
) -> Markup:
    """The posts, new ones marked; no `reply_address`, no quoting."""
    return joined(
        [
            _article(
                post,
                seen.is_new(post),
                f"{reply_address}?quote={post.id}" if reply_address else "",
                may_edit(post),
            )
            for post in posts
        ]
    )


def _article(post: PostRow, is_unread: bool, quote_address: str, may_edit: bool) -> Markup:
    state = (*post[:_HTML], len(post.html), *post[_HTML + 1 :])

    def context() -> dict[str, Any]:
        return {"post": post, "is_unread": is_unread, "quote_address": quote_address, "may_edit": may_edit}

    return _POSTS.piece((state, is_unread, quote_address, may_edit), context)


# The HTML itself is left out of the key: the number of edits and the parser's version stand for it.
_HTML = PostRow._fields.index("html")
