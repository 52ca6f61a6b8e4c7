"""What a topic's page needs, out of topics, forums and reading."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError

from rostra.board.queries import profile
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Node
from rostra.kernel.paging import page_of
from rostra.reading import queries as reading
from rostra.reading.actions import mark_topic_read
from rostra.topics import policy, queries
from rostra.topics.queries import TopicRow
from rostra.web import addresses
from rostra.web.recent import recent
from rostra.web.requests import Request, joined_at, stamp_of
from rostra.web.topics.articles import articles, pager, topic_lead
from rostra.web.topics.heads import topic_head


def topic_page(request: Request, topic: TopicRow, forum: Node, page: int) -> dict[str, Any]:
    """Context of a topic's page."""
    per_page = settings.ROSTRA.posts_per_page
    actor = request.actor
    read = reading.position_read(actor.id, topic.id) if actor.id is not None else 0
    refusal = policy.why_not_reply(actor, topic, forum)
    is_moderator = forum_policy.is_moderator(actor, forum)
    may_edit_own = actor.is_member and policy.why_not_edit(actor, actor.id, topic, forum) is None
    last_page = page_of(topic.last_position, per_page)
    posts = queries.posts_on_page(topic.id, page, per_page)
    return {
        "head": topic_head(profile(stamp_of(request).structure), topic, forum, page, last_page, posts),
        "topic": topic,
        "forum": forum,
        "lead": topic_lead(topic, forum, shows_rules=read == 0 and page == 1),
        "pager": pager(topic, page, last_page),
        "posts": posts,
        "articles": articles(
            posts,
            read=read if actor.is_member else None,
            reply_address="" if refusal else f"{addresses.topic(topic.id, topic.slug)}reply",
            may_edit=lambda post: is_moderator or (may_edit_own and post.author_id == actor.id),
        ),
        "page": page,
        "last_page": last_page,
        "recent": recent(stamp_of(request).content),
        "refusal": refusal,
        "is_moderator": is_moderator,
        "read": read,
        "token": uuid4().hex if actor.is_member else "",
    }


def mark_seen(request: Request, topic: TopicRow, forum: Node, context: dict[str, Any]) -> None:
    """Move the reader's mark to the last post shown, when that is further than it was."""
    reader, since = request.actor.id, joined_at(request)
    posts = context["posts"]
    if reader is None or since is None or not posts or posts[-1].position <= context["read"]:
        return
    if topic.last_post_at <= since:
        return  # all of it is older than the reader's account, and counts as read
    try:
        mark_topic_read(
            reader_id=reader, topic_id=topic.id, position=posts[-1].position, forum_id=forum.id,
            since=since,
        )  # fmt: skip
    except DatabaseError:  # reading goes on while nothing can be written
        return
