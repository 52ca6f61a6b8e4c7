"""Where phpBB's addresses lead. A board moved here keeps its ids, so each number is ours too.

Only what names a page is read; `sid`, `hilit` and the like are left behind.
"""

import re

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from rostra.accounts.queries import name_of, person_named
from rostra.kernel.paging import page_of
from rostra.topics.queries import TopicRow
from rostra.web import addresses
from rostra.web.loading import address_of_post, forum_at, missing, number_from, topic_at
from rostra.web.methods import takes
from rostra.web.requests import Request

_NUMBER = re.compile(r"[0-9]{1,30}")
_LISTS = {
    "active_topics": "/active/", "newposts": "/active/", "unanswered": "/unanswered/",
    "unreadposts": "/unread/", "egosearch": "/mine/",
}  # fmt: skip
# What phpBB calls "newest" is the first unread post too.
_VIEWS = {"unread": "unread", "newest": "unread", "print": "print"}


@takes("GET", in_lane=True)
def topic(request: Request) -> HttpResponse:
    """`viewtopic.php`: a post by `p`, or a topic by `t`, at the page of `start`."""
    post = _number(request, "p")
    if post:
        return HttpResponsePermanentRedirect(address_of_post(request, post))
    row, _forum = topic_at(request, _needed(request, "t"))
    view = _VIEWS.get(_text(request, "view"))
    if view:
        return HttpResponsePermanentRedirect(f"{addresses.topic(row.id, row.slug)}{view}")
    return HttpResponsePermanentRedirect(addresses.topic(row.id, row.slug, _page(request, row)))


@takes("GET", in_lane=True)
def forum(request: Request) -> HttpResponse:
    """`viewforum.php`: a forum's first page, whatever page it was; a link forum leads to its link."""
    node = forum_at(request, _needed(request, "f"))
    return HttpResponsePermanentRedirect(
        node.link if node.kind == "link" else addresses.forum(node.id, node.slug)
    )


@takes("GET", in_lane=True)
def member(request: Request) -> HttpResponse:
    """`memberlist.php?mode=viewprofile`: a profile by number, or by name (`un`)."""
    known = _text(request, "un")
    if known:
        person = person_named(known)
        name = person.name if person else None
    else:
        known = _needed(request, "u")
        name = name_of(number_from(known, "member"))
    if name is None:
        raise missing("member", known)
    return HttpResponsePermanentRedirect(addresses.member(name))


@takes("GET", in_lane=True)
def search(request: Request) -> HttpResponse:
    """`search.php?search_id=`: the lists that everybody linked to."""
    found = _LISTS.get(_text(request, "search_id"))
    if found is None:
        raise Http404
    return HttpResponsePermanentRedirect(found)


@takes("GET", in_lane=True)
def index(request: Request) -> HttpResponse:
    """The board index."""
    return HttpResponsePermanentRedirect("/")


@takes("GET", in_lane=True)
def feed(request: Request, what: str = "", number: str = "") -> HttpResponse:
    """`feed.php` and `app.php/feed/`: of a topic, a forum or the board."""
    topic = number if what == "topic" else _number(request, "t")
    forum = number if what == "forum" else _number(request, "f")
    if topic:
        row, _forum = topic_at(request, topic)
        path = addresses.topic(row.id, row.slug)
    elif forum:
        node = forum_at(request, forum)
        path = addresses.forum(node.id, node.slug)
    else:
        path = "/"
    return HttpResponsePermanentRedirect(f"{path}feed/")


def _page(request: Request, row: TopicRow) -> int:
    """The page with the post behind so many others; the last one when there are fewer by now."""
    position = int(_number(request, "start") or "0") + 1
    return page_of(min(position, max(row.last_position, 1)), settings.ROSTRA.posts_per_page)


def _text(request: Request, name: str) -> str:
    """A parameter, also of an address whose ampersands were escaped twice."""
    return request.GET.get(name) or request.GET.get(f"amp;{name}") or ""


def _number(request: Request, name: str) -> str:
    """The digits that a parameter begins with, as PHP reads a number; empty when there are none."""
    found = _NUMBER.match(_text(request, name).lstrip(" 0"))
    return found[0] if found else ""


def _needed(request: Request, name: str) -> str:
    number = _number(request, name)
    if not number:
        raise Http404
    return number
