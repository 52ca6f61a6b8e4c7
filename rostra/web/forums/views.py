"""A forum's page, and counting it as read."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from rostra.board.queries import profile
from rostra.forums import policy
from rostra.forums.queries import Node
from rostra.houserules.policy import why_not_rule
from rostra.houserules.queries import number_fallen_back, number_of_rules
from rostra.kernel.refusals import Refusal, refuse
from rostra.moderation.bulk import deeds_of
from rostra.permissions.capabilities import May
from rostra.reading.actions import mark_forums_read
from rostra.reading.queries import forum_mark, unread_forums
from rostra.web.forums.pages import (
    TopicList,
    forum_lead,
    own_topic_list,
    shadows,
    sift,
    topic_list,
    unread_topics,
)
from rostra.web.heads import forum_head
from rostra.web.linked import attach, trail
from rostra.web.loading import canonical, forum_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.recent import recent
from rostra.web.requests import Request, closed_of, cutoff_of, may_cache, sieve_of, stamp_of
from rostra.web.rows import topic_rows
from rostra.web.sifting import left_out
from rostra.web.tree import branches, forum_rows


@takes("GET", in_lane=True)
def forum(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Description, moderators, rules, sub-forums and topics."""
    node = forum_at(request, number)
    moved = canonical(request, node.address)
    if moved is not None:
        return moved
    if node.kind == "link":
        return HttpResponseRedirect(node.link)
    may_cache(request, "before", "after")
    response = render(request, "forums/forum.html", _context(request, node))
    if request.actor.is_member:
        return response
    return attach(response, trail(profile(stamp_of(request).structure), node))


@takes("POST")
def mark_read(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Count everything in the forum, and in those below it, as read."""
    node = forum_at(request, number)
    if request.actor.id is None:
        refuse(
            Refusal(gettext("Only members have read marks."), gettext("Sign in first."), must_sign_in=True)
        )
    mark_forums_read(reader_id=request.actor.id or 0, forum_ids=[one.id for one in node.walk()])
    return HttpResponseRedirect(node.address)


def _context(request: Request, node: Node) -> dict[str, object]:
    reader, content = request.actor.id, stamp_of(request).content
    if policy.may(request.actor, node, May.READ_OTHERS) or node.kind != "forum":
        page = topic_list(node, content, request.GET.get("before"), request.GET.get("after"))
    else:
        page = own_topic_list(node, request)
    sieve, number = sieve_of(request), sift(request, page)
    mark, unread, below = None, set[int](), set[int]()
    if reader is not None:
        since = cutoff_of(request)
        mark = forum_mark(reader, node.id)
        unread = unread_topics(reader, node, page, mark, since, sieve.apart)
        below = unread_forums(reader, since) if node.children else below
    return {
        "head": forum_head(profile(stamp_of(request).structure), node, is_first=page.is_first),
        "forum": node,
        "children": forum_rows(branches(node.children, content, closed_of(request), below, sieve.forums)),
        "page": page,
        **_rows(request, node, page, unread),
        "shadows": shadows(request, page),
        "lead": forum_lead(
            node, number_of_rules(node, stamp_of(request).structure), shows_rules=mark is None
        ),
        "refusal": policy.why_not_write(request.actor, node, May.BEGIN),
        "may_rule": request.actor.is_member and why_not_rule(request.actor, node) is None,
        "fallen": number_fallen_back(node.id, stamp_of(request).structure),
        "left_out": left_out(request, number),
        "ignored": next((one for one in (node, *node.ancestors[::-1]) if one.id in sieve.forums), None),
        "recent": recent(content, closed_of(request), sieve),
    }


def _rows(request: Request, node: Node, page: TopicList, unread: set[int]) -> dict[str, object]:
    """The topics; for moderators who ask for it each with a box to tick, and what can be done with what is ticked."""
    deeds = deeds_of(request.actor, node) if request.actor.is_member else []
    chooses = bool(deeds) and request.GET.get("select") == "1"
    if chooses:
        page.older, page.newer = (
            f"{address}&select=1" if address else "" for address in (page.older, page.newer)
        )
    return {
        "pinned_rows": topic_rows(page.pinned, unread, chooses=chooses),
        "topic_rows": topic_rows(page.topics, unread, chooses=chooses),
        "deeds": deeds,
        "chooses": chooses,
        "may_slow": "lock" in deeds,
    }
