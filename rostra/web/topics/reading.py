"""Reading a topic: its pages, one author's posts in it, all of it for print; finding a post, and what is new."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts.paths import name_in
from rostra.accounts.queries import person_named
from rostra.board.queries import profile
from rostra.kernel.paging import page_of
from rostra.topics import queries
from rostra.topics.rerendering import renewed
from rostra.web import addresses
from rostra.web.linked import attach
from rostra.web.loading import address_of_post, canonical, continued, topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, may_cache, stamp_of
from rostra.web.showing import worded
from rostra.web.topics.linked import topic_linked
from rostra.web.topics.pages import articles_for, first_new_position, mark_seen, seen_in, topic_page
from rostra.web.viewcounts import VIEWS

PRINTED = 100


@takes("GET", in_lane=True)
def topic(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """A page of a topic."""
    row, forum = topic_at(request, number)
    went = continued(request, number, row)
    if went is not None:
        return went
    page = _page_number(request, row)
    moved = canonical(request, addresses.topic(row.id, row.slug, page))
    if moved is not None:
        return moved
    if request.GET.get("page") == "1":
        return HttpResponseRedirect(addresses.topic(row.id, row.slug), status=301)
    may_cache(request, "page", views_of=row.id)
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
    return HttpResponseRedirect(address_of_post(request, number))


@takes("GET")
def first_unread(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """To the first post that the reader has not seen; without one, to the last."""
    row, _forum = topic_at(request, number)
    found = first_new_position(row, seen_in(request, row)) or row.newest_position
    page = page_of(found, settings.ROSTRA.posts_per_page)
    posts = [
        post
        for post in queries.posts_on_page(row.id, page, settings.ROSTRA.posts_per_page)
        if post.position >= found
    ]
    anchor = f"#p{posts[0].id}" if posts else ""
    return HttpResponseRedirect(f"{addresses.topic(row.id, row.slug, page)}{anchor}")


@takes("GET")
def by_one(request: Request, number: str, name: str, slug: str | None = None) -> HttpResponse:
    """One author's posts in a topic."""
    may_cache(request, "after")
    row, forum = topic_at(request, number)
    name = name_in(name)
    person = person_named(name)
    if person is None:
        raise Http404(_("There is no member called “%(name)s”.") % {"name": name[:60]})
    size, after = settings.ROSTRA.posts_per_page, _position(request.GET.get("after", "0"))
    found = renewed(queries.posts_by_one(row.id, person.id, after, size + 1))
    more = found[size - 1].position if len(found) > size else 0
    context = {"topic": row, "forum": forum, "person": person, "posts": found[:size], "more": more}
    context["articles"] = articles_for(request, row, forum, found[:size], folds=False)
    return _not_indexed(render(request, "topics/by_one.html", context))


@takes("GET")
def for_print(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """A topic as plain paper: many posts a page, nothing to press."""
    may_cache(request, "page")
    row, forum = topic_at(request, number)
    page, last = _position(request.GET.get("page", "1")), page_of(row.last_position, PRINTED)
    if not 1 <= page <= last:
        raise Http404(
            _("“%(title)s” has no printed page %(page)s.") % {"title": worded(row.title), "page": page}
        )
    posts = renewed(queries.posts_on_page(row.id, page, PRINTED))
    context = {"topic": row, "forum": forum, "posts": posts, "page": page, "last_page": last}
    return _not_indexed(render(request, "topics/print.html", context))


def _not_indexed(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _position(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404(_("“%(text)s” is no number.") % {"text": text[:20]})
    return int(text)


def _page_number(request: Request, row: queries.TopicRow) -> int:
    text = request.GET.get("page", "1")
    last = page_of(row.last_position, settings.ROSTRA.posts_per_page)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= last):
        words = _("“%(title)s” has no page %(page)s: its pages are 1 to %(last)s.")
        raise Http404(words % {"title": worded(row.title), "page": text[:20], "last": last})
    return int(text)
