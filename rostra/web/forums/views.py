"""A forum's page, and counting it as read."""

from django.http import HttpResponse, HttpResponseRedirect

from rostra.board.queries import profile
from rostra.forums import policy
from rostra.forums.queries import Node
from rostra.kernel.refusals import Refusal, refuse
from rostra.reading.actions import mark_forum_read
from rostra.reading.queries import forum_marks
from rostra.web.forums.pages import forum_lead, topic_list, topic_rows, unread_topics
from rostra.web.heads import forum_head
from rostra.web.linked import attach, trail
from rostra.web.loading import canonical, forum_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.recent import recent
from rostra.web.requests import Request, joined_at, may_cache, stamp_of
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
    may_cache(request)
    response = render(request, "forums/forum.html", _context(request, node))
    if request.actor.is_member:
        return response
    return attach(response, trail(profile(stamp_of(request).structure), node))


@takes("POST")
def mark_read(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Count everything in the forum, and in those below it, as read."""
    node = forum_at(request, number)
    if request.actor.id is None:
        refuse(Refusal("Only members have read marks.", "Sign in first.", must_sign_in=True))
    for one in node.walk():
        mark_forum_read(reader_id=request.actor.id or 0, forum_id=one.id)
    return HttpResponseRedirect(node.address)


def _context(request: Request, node: Node) -> dict[str, object]:
    reader = request.actor.id
    since, content = joined_at(request), stamp_of(request).content
    marks = forum_marks(reader) if reader is not None else {}
    page = topic_list(node, request.GET.get("before"), request.GET.get("after"))
    unread: set[int] = set()
    if reader is not None and since is not None:
        unread = unread_topics(reader, node, page, max(since, marks.get(node.id, since)))
    return {
        "head": forum_head(profile(stamp_of(request).structure), node, is_first=page.is_first),
        "forum": node,
        "children": forum_rows(
            branches(node.children, content, marks if reader is not None else None, since)
        ),
        "page": page,
        "pinned_rows": topic_rows(page.pinned, unread),
        "topic_rows": topic_rows(page.topics, unread),
        "lead": forum_lead(node, shows_rules=node.id not in marks),
        "refusal": policy.why_not_write(request.actor, node),
        "recent": recent(content),
    }
