"""Lists over all forums: active, new, unanswered; for members unread and mine; and all as read."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.kernel.refusals import Refusal, refuse
from rostra.reading.actions import mark_forums_read
from rostra.web.lists import pages
from rostra.web.lists.pages import FoundPage
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.recent import recent
from rostra.web.requests import Request, closed_of, forest_of, may_cache, sieve_of, stamp_of
from rostra.web.rows import found_rows
from rostra.web.sifting import ALL, left_out, shows_all, sifted


@takes("GET", in_lane=True)
def active(request: Request) -> HttpResponse:
    """All topics, the one with the newest post first."""
    return _list(request, "active", _("Active topics"), pages.active_page)


@takes("GET", in_lane=True)
def new(request: Request) -> HttpResponse:
    """Topics in the order they were begun, the newest first."""
    return _list(request, "new", _("New topics"), pages.new_page)


@takes("GET", in_lane=True)
def hot(request: Request) -> HttpResponse:
    """Topics with most replies for their age."""
    return _list(request, "hot", _("Hot topics"), pages.hot_page)


@takes("GET", in_lane=True)
def unanswered(request: Request) -> HttpResponse:
    """Topics that nobody has answered."""
    return _list(request, "unanswered", _("Unanswered topics"), pages.unanswered_page)


@takes("GET", in_lane=True)
def unread(request: Request) -> HttpResponse:
    """Topics with something new for the member who asks."""
    _refuse_guests(request)
    return _list(request, "unread", _("Unread topics"), pages.unread_page)


@takes("GET", in_lane=True)
def mine(request: Request) -> HttpResponse:
    """Topics that the member who asks wrote in."""
    _refuse_guests(request)
    return _list(
        request, "mine", _("Topics I wrote in"), lambda one: pages.page_of_author(one, one.actor.id or 0)
    )


@takes("POST")
def mark_all_read(request: Request) -> HttpResponse:
    """Count everything on the board as read."""
    _refuse_guests(request)
    forums = [node.id for node in forest_of(request).by_id.values() if node.kind == "forum"]
    mark_forums_read(reader_id=request.actor.id or 0, forum_ids=forums)
    return HttpResponseRedirect("/")


def _refuse_guests(request: Request) -> None:
    if not request.actor.is_member:
        reason = _("Only members have a list of what they read and wrote.")
        refuse(Refusal(reason, _("Sign in first."), must_sign_in=True))


def _list(request: Request, name: str, title: str, make: Callable[[Request], FoundPage]) -> HttpResponse:
    page = make(request)
    may_cache(request, *([] if name == "hot" else ["before"]))
    wanted = page.found if name == "mine" else sifted(request, page.found)
    found, more = (page.found, ALL) if shows_all(request) else (wanted, "")
    context = {
        "name": name,
        "title": title,
        "rows": found_rows(found, forest_of(request).by_id),
        "older": f"/{name}/?before={page.before}{more}" if page.before else "",
        "is_first": "before" not in request.GET,
        "left_out": left_out(request, len(page.found) - len(wanted)),
        "recent": recent(stamp_of(request).content, closed_of(request), sieve_of(request)),
    }
    return render(request, "lists/list.html", context)
