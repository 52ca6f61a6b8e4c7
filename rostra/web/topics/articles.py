"""What stands on a topic's page, each piece made once for each state of what it shows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from rostra.forums.queries import Node
from rostra.houserules.sentences import translated
from rostra.moderation.queries import GoneRow
from rostra.topics.queries import PostRow, TopicRow, moment_at
from rostra.web.fragments import Fragments, joined
from rostra.web.topics.controls import Controls
from rostra.web.topics.folding import Folding, fold_quotations
from rostra.web.topics.quoted import edited_since, edits_of_quoted, mark_quotations

_LEADS = Fragments("topics/lead.html")
_PAGERS = Fragments("topics/pager.html", most=4096)
_TIMELINES = Fragments("topics/timeline.html", most=4096)
_GONE = Fragments("topics/gone.html", most=1000)
_SINCE = Fragments("topics/since.html", most=100)
_POSTS = Fragments("topics/post.html", most=10_000, megabytes=32)

LONG = 5  # pages from which on a topic has a timeline
STEPS = 8


class Seen(NamedTuple):
    """How far the reader has come: a position in the topic, and a time up to which all is read."""

    position: int
    since: datetime
    has_visited: bool
    is_ignored: bool = False

    def is_new(self, post: PostRow) -> bool:
        """Has the reader not seen this post?"""
        return post.position > self.position and post.created_at > self.since


class Around(NamedTuple):
    """What is not the post's own: what the viewer may do, what of it is folded, which quoted posts were edited since."""

    controls: Controls
    folding: Folding
    edited: tuple[int, ...]

    def shown(self, html: str) -> str:
        """The HTML with its quotations marked and folded."""
        html = mark_quotations(html, self.edited) if self.edited else html
        return fold_quotations(html, self.folding.quoted) if self.folding.quoted else html


def topic_lead(topic: TopicRow, forum: Node, rules: int, *, shows_rules: bool) -> Markup:
    """What goes before the posts: the forum in brief, its rules open or folded, the title and its facts; `rules` is how
    many numbered ones hold."""
    state = topic._replace(view_count=0)
    context = {"topic": topic, "forum": forum, "rules": rules, "shows_rules": shows_rules}
    return _LEADS.piece((state, forum, rules, shows_rules), lambda: context)


def pager(topic: TopicRow, page: int, last_page: int, *, is_below: bool = False) -> Markup:
    """Links to the topic's pages, when there is more than one; above the posts with a field for the number."""
    if last_page < 2:
        return Markup("")
    context = {"topic": topic, "page": page, "last_page": last_page, "is_below": is_below}
    return _PAGERS.piece((topic.id, topic.slug, page, last_page, is_below), lambda: context)


def timeline(topic: TopicRow, page: int, last_page: int, per_page: int) -> Markup:
    """When a long topic was written, with links to its pages; nothing for a short one."""
    if last_page < LONG:
        return Markup("")

    def context() -> dict[str, Any]:
        pages = sorted({1 + (last_page - 1) * step // STEPS for step in range(STEPS + 1)})
        found = [(each, moment_at(topic.id, (each - 1) * per_page + 1)) for each in pages]
        points = [(each, moment.created_at) for each, moment in found if moment is not None]
        here = max((each for each, _moment in points if each <= page), default=0)
        return {"topic": topic, "page": page, "last_page": last_page, "points": points, "here": here}

    return _TIMELINES.piece((topic.id, topic.slug, page, last_page), context)


def articles(
    posts: list[PostRow],
    *,
    seen: Seen,
    controls: Callable[[PostRow], Controls],
    ignored: Mapping[int, str],
    gone: Sequence[GoneRow] = (),
) -> Markup:
    """The posts, new ones marked, with a line before the first new one that follows one already seen.

    `gone`: what decisions took away, in its place by which rule. `ignored`: whom the viewer ignores; their posts, and quotations of them, are folded.
    """
    names = frozenset(ignored.values())
    edits = edits_of_quoted(posts)
    pieces: list[Markup] = []
    was_seen = False
    left = list(gone)
    for post in posts:
        while left and left[0].position < post.position:
            pieces.append(_gone(left.pop(0)))
        is_new = seen.is_new(post)
        if is_new and was_seen:
            pieces.append(_SINCE.piece(None, dict))
        was_seen = not is_new
        around = Around(controls(post), Folding.of(post, ignored, names), edited_since(post, edits))
        pieces.append(_article(post, is_new, around))
    return joined([*pieces, *map(_gone, left)])


def _gone(row: GoneRow) -> Markup:
    return _GONE.piece(row, lambda: {"row": row, "rule": translated(row.rule_text)})


def _article(post: PostRow, is_unread: bool, around: Around) -> Markup:
    state = (*post[:_HTML], hash(post.html), *post[_HTML + 1 :])

    def context() -> dict[str, Any]:
        shown = post._replace(html=around.shown(post.html))
        told = {"is_unread": is_unread, "controls": around.controls, "is_folded": around.folding.is_folded}
        return {"post": shown, **told}

    return _POSTS.piece((state, is_unread, around), context)


# Of the HTML the key holds what stands for it: it changes with edits, the parser, and the board's own tags.
_HTML = PostRow._fields.index("html")
