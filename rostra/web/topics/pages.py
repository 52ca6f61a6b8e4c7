"""What a topic's page needs, out of topics, forums and reading."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError

from rostra.forums import policy as forum_policy
from rostra.forums.queries import Node
from rostra.kernel.paging import page_of
from rostra.reading import queries as reading
from rostra.reading.actions import mark_topic_read
from rostra.topics import policy, queries
from rostra.topics.queries import TopicRow
from rostra.web import addresses
from rostra.web.recent import recent
from rostra.web.requests import Request, cutoff_of, stamp_of
from rostra.web.topics.articles import Seen, articles, pager, topic_lead


def topic_page(request: Request, topic: TopicRow, forum: Node, page: int) -> dict[str, Any]:
    """Context of a topic's page."""
    per_page = settings.ROSTRA.posts_per_page
    actor = request.actor
    seen = _seen(request, topic)
    refusal = policy.why_not_reply(actor, topic, forum)
    is_moderator = forum_policy.is_moderator(actor, forum)
    may_edit_own = actor.is_member and policy.why_not_edit(actor, actor.id, topic, forum) is None
    last_page = page_of(topic.last_position, per_page)
    posts = queries.posts_on_page(topic.id, page, per_page)
    return {
        "topic": topic,
        "forum": forum,
        "lead": topic_lead(topic, forum, shows_rules=not seen.has_visited and page == 1),
        "pager": pager(topic, page, last_page),
        "posts": posts,
        "articles": articles(
            posts,
            seen=seen,
            reply_address="" if refusal else f"{addresses.topic(topic.id, topic.slug)}reply",
            may_edit=lambda post: is_moderator or (may_edit_own and post.author_id == actor.id),
        ),
        "page": page,
        "last_page": last_page,
        "recent": recent(stamp_of(request).content),
        "refusal": refusal,
        "is_moderator": is_moderator,
        "seen": seen,
        "token": uuid4().hex if actor.is_member else "",
    }


def _seen(request: Request, topic: TopicRow) -> Seen:
    reader = request.actor.id
    if reader is None:
        return Seen(0, cutoff_of(request), False)
    found = reading.marks(reader, topic.id, topic.forum_id)
    since = reading.read_since(found, topic.moved_at, cutoff_of(request))
    return Seen(found.position or 0, since, found.position is not None or found.read_at is not None)


def mark_seen(request: Request, topic: TopicRow, forum: Node, context: dict[str, Any]) -> None:
    """Move the reader's mark to the last post shown, when that is further than it was."""
    reader, seen, posts = request.actor.id, context["seen"], context["posts"]
    if reader is None or not posts or posts[-1].position <= seen.position or topic.last_post_at <= seen.since:
        return
    try:
        mark_topic_read(
            reader_id=reader, topic_id=topic.id, position=posts[-1].position, forum_id=forum.id,
            since=cutoff_of(request),
        )  # fmt: skip
    except DatabaseError:  # reading goes on while nothing can be written
        return
