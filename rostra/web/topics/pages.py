"""What a topic's page needs, out of topics, forums and reading."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError
from markupsafe import Markup

from rostra.board.queries import profile
from rostra.drafts.queries import draft
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Node
from rostra.houserules.queries import number_of_rules
from rostra.kernel.paging import page_of
from rostra.kernel.refusals import Refused
from rostra.moderation.queries import GoneRow, gone_between
from rostra.moderation.timers import timers_of
from rostra.permissions.capabilities import May
from rostra.reading import queries as reading
from rostra.reading.actions import mark_topic_read
from rostra.topics import policy, queries
from rostra.topics.queries import PostRow, TopicRow
from rostra.topics.rerendering import renewed
from rostra.web import addresses
from rostra.web.recent import recent
from rostra.web.requests import Request, closed_of, cutoff_of, sieve_of, stamp_of
from rostra.web.topics.articles import Seen, articles, pager, timeline, topic_lead
from rostra.web.topics.controls import controls_for
from rostra.web.topics.heads import topic_head
from rostra.web.topics.reminders import post_limits, reminders


def topic_page(request: Request, topic: TopicRow, forum: Node, page: int) -> dict[str, Any]:
    """Context of a topic's page."""
    per_page = settings.ROSTRA.posts_per_page
    actor, seen = request.actor, seen_in(request, topic)
    last_page = page_of(topic.last_position, per_page)
    posts = renewed(queries.posts_on_page(topic.id, page, per_page))
    gone = gone_on(topic, page, per_page, posts)
    refusal = policy.why_not_reply(actor, topic, forum)
    chooses = (
        request.GET.get("select") == "1" and policy.why_not_moderate(actor, forum, May.MOD_REMOVE) is None
    )
    may_write = not refusal or refusal.begins_at is not None  # now, or before long
    rules = number_of_rules(forum, stamp_of(request).structure)
    return {
        "head": topic_head(profile(stamp_of(request).structure), topic, forum, page, last_page, posts),
        "topic": topic,
        "forum": forum,
        "lead": topic_lead(topic, forum, rules, shows_rules=not seen.has_visited and page == 1),
        "pager": pager(topic, page, last_page),
        "pager_below": pager(topic, page, last_page, is_below=True),
        "timeline": timeline(topic, page, last_page, per_page),
        "posts": posts,
        "articles": articles_for(
            request, topic, forum, posts, seen, may_reply=not refusal, chooses=chooses, gone=gone
        ),
        "page": page,
        "last_page": last_page,
        "recent": recent(stamp_of(request).content, closed_of(request), sieve_of(request)),
        "refusal": refusal,
        "reminders": reminders(actor, topic, forum, posts[-1] if posts else None),
        "limits": post_limits(request),
        "timers": timers_of(topic),
        "chooses": chooses,
        "is_moderator": forum_policy.is_moderator(actor, forum) and not forum.read_only,
        "may_split": forum_policy.may(actor, forum, May.MOD_SPLIT),
        "may_move": forum_policy.may(actor, forum, May.MOD_MOVE),
        "seen": seen,
        "token": uuid4().hex if actor.is_member else "",
        "draft": draft(actor.id, f"topic:{topic.id}") if actor.id is not None and may_write else None,
    }


def articles_for(
    request: Request,
    topic: TopicRow,
    forum: Node,
    posts: list[PostRow],
    seen: Seen | None = None,
    *,
    folds: bool = True,
    may_reply: bool | None = None,
    chooses: bool = False,
    gone: Sequence[GoneRow] = (),
) -> Markup:
    """Posts of a topic with the marks and controls that are the viewer's; without `folds` nobody's are folded.

    `chooses`: several are to be removed at once.
    """
    actor = request.actor
    if may_reply is None:
        may_reply = policy.why_not_reply(actor, topic, forum) is None
    address = addresses.topic(topic.id, topic.slug)
    controls = controls_for(actor, topic, forum, address, may_reply=may_reply, chooses=chooses)
    ignored = sieve_of(request).members if folds else {}
    return articles(
        posts, seen=seen or seen_in(request, topic), controls=controls, ignored=ignored, gone=gone
    )


def gone_on(topic: TopicRow, page: int, per_page: int, posts: list[PostRow]) -> list[GoneRow]:
    """What decisions took away from this page; asked only where posts are missing on it."""
    after, last = (page - 1) * per_page, min(page * per_page, topic.last_position)
    return gone_between(topic.id, after, last) if len(posts) < last - after else []


def first_new_position(topic: TopicRow, seen: Seen) -> int | None:
    """The position of the first post that the reader has not seen; None when all is read.

    Times grow with positions, so the first one behind the reader's time is found by halving: some twenty looks
    at single rows, however long the topic is.
    """
    low, high = seen.position + 1, topic.newest_position
    if low > high or topic.last_post_at <= seen.since:
        return None
    while low < high:
        middle = (low + high) // 2
        found = queries.moment_at(topic.id, middle)
        if found is None or found.created_at > seen.since:
            high = middle
        else:
            low = found.position + 1
    return low


def seen_in(request: Request, topic: TopicRow) -> Seen:
    """How far the viewer has come in a topic."""
    reader = request.actor.id
    if reader is None:
        return Seen(0, cutoff_of(request), False)
    found = reading.marks(reader, topic.id, topic.forum_id)
    since = reading.read_since(found, topic.moved_at, cutoff_of(request))
    has_visited = bool(found.position) or found.read_at is not None
    return Seen(found.position or 0, since, has_visited, found.is_ignored)


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
    except (DatabaseError, Refused):  # reading goes on while nothing can be written
        return
