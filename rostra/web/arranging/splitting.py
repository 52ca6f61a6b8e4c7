"""Splitting a topic: posts are chosen, and become a topic of their own or go into another."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.queries import Node
from rostra.kernel.paging import page_of
from rostra.kernel.refusals import Invalid, refuse
from rostra.kernel.text import excerpt
from rostra.markup import own_words
from rostra.topics import policy, queries
from rostra.topics.moving import Chosen, move_posts, split_topic
from rostra.topics.queries import TopicRow
from rostra.web.arranging.places import LONGEST, forums_for, topic_typed
from rostra.web.loading import number_from, topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, forest_of

SHOWN, EXCERPT = 25, 120
_BIGGEST = 18


class Typed(NamedTuple):
    """What the form holds."""

    posts: frozenset[int] = frozenset()
    is_onward: bool = False
    where: str = "new"
    title: str = ""
    forum: str = ""
    into: str = ""


@takes("GET", "POST")
def split(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """The posts of a topic, some at a time, to choose from; and where they go."""
    topic, forum = topic_at(request, number)
    refuse(policy.why_not_split(request.actor, forum, forum))
    page = _page(request, topic)
    if request.method != "POST":
        first = request.GET.get("from", "")
        chosen = frozenset({int(first)}) if _is_number(first) else frozenset[int]()
        return _show(request, topic, forum, page, Typed(posts=chosen, forum=str(forum.id)), {})
    typed = _typed(request)
    try:
        return HttpResponseRedirect(_split(request, topic, forum, typed))
    except Invalid as invalid:
        return _show(request, topic, forum, page, typed, invalid.faults)


def _typed(request: Request) -> Typed:
    sent = request.POST
    posts = frozenset(int(text) for text in sent.getlist("posts") if _is_number(text))
    lines = {name: sent.get(name, "").replace("\0", "␀")[:LONGEST] for name in ("title", "forum", "into")}
    return Typed(posts, bool(sent.get("onward")), "other" if sent.get("where") == "other" else "new", **lines)


def _split(request: Request, topic: TopicRow, forum: Node, typed: Typed) -> str:
    """Do it; returns the address of the first post that went."""
    if not typed.posts:
        raise Invalid(posts=_("Choose at least one post."))
    chosen = Chosen(typed.posts, typed.is_onward)
    asked: dict[str, Any] = {"moderator": request.actor, "topic": topic, "forum": forum, "chosen": chosen}
    if typed.where == "other":
        into, there = topic_typed(request, typed.into)
        move_posts(**asked, into=into, there=there)
        return f"/p/{min(typed.posts)}"
    to = forest_of(request).by_id.get(int(typed.forum) if _is_number(typed.forum) else 0)
    if to is None:
        raise Invalid(forum=_("Choose a forum."))
    made = split_topic(**asked, title=typed.title, to=to)
    return f"/t/{made.pk}-{made.slug}/"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _BIGGEST


def _page(request: Request, topic: TopicRow) -> int:
    """The page asked for; of a post that is named, the one where it is. Raises Http404."""
    first, text = request.GET.get("from", ""), request.GET.get("page", "1")
    if _is_number(first):
        place = queries.place_of(number_from(first, "post"))
        return page_of(place.position, SHOWN) if place and place.topic_id == topic.id else 1
    if not _is_number(text) or not 1 <= int(text) <= page_of(topic.last_position, SHOWN):
        raise Http404(_("“%(text)s” is no page.") % {"text": text[:20]})
    return int(text)


def _show(
    request: Request, topic: TopicRow, forum: Node, page: int, typed: Typed, faults: dict[str, str]
) -> HttpResponse:
    posts = [
        (post, excerpt(own_words(post.html), EXCERPT))
        for post in queries.posts_on_page(topic.id, page, SHOWN)
    ]
    context = {
        "topic": topic, "forum": forum, "posts": posts, "page": page, "last_page": page_of(topic.last_position, SHOWN),
        "typed": typed, "faults": faults, "forums": forums_for(request, forum),
    }  # fmt: skip
    return render(request, "arranging/split.html", context, status=422 if faults else 200)
