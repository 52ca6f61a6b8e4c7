"""Reading a topic, finding a post, and arranging a topic as its moderator."""

import difflib
import itertools

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect

from rostra.board.queries import profile
from rostra.kernel.paging import page_of
from rostra.kernel.refusals import Invalid
from rostra.topics import policy, queries
from rostra.topics.actions import arrange_topic
from rostra.topics.models import Topic
from rostra.web import addresses
from rostra.web.linked import attach
from rostra.web.loading import canonical, number_from, post_at, topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, may_cache, stamp_of
from rostra.web.topics.linked import topic_linked
from rostra.web.topics.pages import mark_seen, topic_page
from rostra.web.viewcounts import VIEWS


@takes("GET", in_lane=True)
def topic(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """A page of a topic."""
    row, forum = topic_at(request, number)
    page = _page_number(request, row)
    moved = canonical(request, addresses.topic(row.id, row.slug, page))
    if moved is not None:
        return moved
    if request.GET.get("page") == "1":
        return HttpResponseRedirect(addresses.topic(row.id, row.slug), status=301)
    may_cache(request, views_of=row.id)
    if request.actor.is_member:
        VIEWS.count(row.id, request.META.get("HTTP_USER_AGENT", ""))
    context = topic_page(request, row, forum, page)
    response = render(request, "topics/topic.html", context)
    if not request.actor.is_member:
        board = profile(stamp_of(request).structure)
        return attach(response, *topic_linked(board, row, forum, context["posts"]))
    mark_seen(request, row, forum, context)
    return response


@takes("GET", in_lane=True)
def permalink(request: Request, number: str) -> HttpResponse:
    """From a post's global number to its page and anchor, in one step."""
    place = policy.readable_place(number_from(number, "post"))
    if place is None:
        raise Http404(f"There is no post #{number}.")
    page = page_of(place.position, settings.ROSTRA.posts_per_page)
    return HttpResponseRedirect(f"{addresses.topic(place.topic_id, place.slug, page)}#p{place.post_id}")


@takes("GET")
def history(request: Request, number: str) -> HttpResponse:
    """Every text that a post has had, with what changed from each to the next."""
    post, row, forum = post_at(request, number)
    earlier = queries.revisions(post.id)
    texts = [post.source, *(revision.source for revision in earlier)]
    changes = [list(_lines_changed(old, new)) for new, old in itertools.pairwise(texts)]
    context = {"post": post, "topic": row, "forum": forum, "earlier": earlier, "changes": changes}
    response = render(request, "topics/history.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@takes("POST")
def arrange(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Lock or open, make sticky, an announcement or normal."""
    row, forum = topic_at(request, number)
    wanted, locked = request.POST.get("kind"), request.POST.get("locked")
    kinds = {kind.label: kind.value for kind in Topic.Kind}
    if (wanted is not None and wanted not in kinds) or locked not in (None, "yes", "no"):
        raise Invalid(kind=f"A topic is one of {', '.join(kinds)}; locked is yes or no.")
    is_locked = None if locked is None else locked == "yes"
    arrange_topic(
        moderator=request.actor,
        topic=row,
        forum=forum,
        kind=kinds[wanted] if wanted else None,
        is_locked=is_locked,
    )
    return HttpResponseRedirect(row.address)


def _page_number(request: Request, row: queries.TopicRow) -> int:
    text = request.GET.get("page", "1")
    last = page_of(row.last_position, settings.ROSTRA.posts_per_page)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= last):
        raise Http404(f"“{row.title}” has no page {text[:20]}: its pages are 1 to {last}.")
    return int(text)


def _lines_changed(old: str, new: str) -> list[tuple[str, str]]:
    """Lines taken out ("-") and put in ("+"), with a line of context around."""
    diff = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=1)
    return [(line[:1], line[1:]) for line in diff if not line.startswith(("---", "+++", "@@"))]
