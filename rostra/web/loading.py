"""Getting what an address names, or the right error page: loading is the permission check."""

from urllib.parse import unquote

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils.translation import gettext

from rostra.forums import policy as forum_policy
from rostra.forums.queries import Node
from rostra.kernel.paging import page_of
from rostra.kernel.refusals import Gone, refuse
from rostra.topics import policy
from rostra.topics.queries import PostSource, TopicRow
from rostra.topics.queries import topic as topic_row
from rostra.web import addresses
from rostra.web.requests import Request, forest_of

BIGGEST_ID = 2**63 - 1


def missing(what: str, text: str) -> Http404:
    """404 that names what is not there: a forum, a topic, a post or a member."""
    told = {
        "forum": gettext("There is no forum %(number)s."),
        "topic": gettext("There is no topic %(number)s."),
        "post": gettext("There is no post #%(number)s."),
        "member": gettext("There is no member %(number)s."),
    }
    return Http404(told[what] % {"number": text[:30]})


def number_from(text: str, what: str) -> int:
    """An id out of an address. Raises Http404 that names it."""
    number = int(text)
    if not 1 <= number <= BIGGEST_ID:
        raise missing(what, text)
    return number


def forum_at(request: Request, text: str) -> Node:
    """The forum with this id. Raises Http404 when whoever asks may not see it, Refused when it may not be read."""
    node = forest_of(request).by_id.get(number_from(text, "forum"))
    if node is None:
        raise missing("forum", text)
    if node.kind == "forum":
        refuse(forum_policy.why_not_read(request.actor, node))
    return node


def topic_at(request: Request, text: str, *, follows: bool = False) -> tuple[TopicRow, Node]:
    """The topic with this id, or the one that it went into, and its forum. Raises Http404 for one that is not there for
    whoever asks.

    A form was about the topic that it showed: Gone when that went into another one, unless it `follows`.
    """
    number = number_from(text, "topic")
    found = policy.readable_topic(number, request.actor, forest_of(request))
    if found is None:
        raise missing("topic", text)
    if request.method == "POST" and found[0].id != number and not follows:
        raise Gone(gettext("This topic was merged into another one meanwhile. Open it again."))
    return found


def continued(request: Request, text: str, found: TopicRow) -> HttpResponsePermanentRedirect | None:
    """A redirect to the opening post of a topic that went into the one that was found for its number."""
    number = number_from(text, "topic")
    asked = topic_row(number) if number != found.id else None
    if asked is None or asked.merged_post_id is None:
        return None
    return HttpResponsePermanentRedirect(address_of_post(request, str(asked.merged_post_id)))


def post_at(request: Request, text: str) -> tuple[PostSource, TopicRow, Node]:
    """The post with this id and its source, its topic and forum. Raises Http404 as `topic_at` does."""
    found = policy.readable_source(number_from(text, "post"), request.actor, forest_of(request))
    if found is None:
        raise missing("post", text)
    return found


def id_before(request: Request) -> int:
    """Of a list by ids, the one that a page begins behind: `?before=`, or the biggest. Raises Http404 for no number."""
    text = request.GET.get("before", "")
    if not text:
        return BIGGEST_ID
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Http404(gettext("There is no such page: “%(text)s” is no number.") % {"text": text[:30]})
    return int(text)


def address_of_post(request: Request, text: str) -> str:
    """The page and the anchor of the post with this id. Raises Http404 for one that is not there for whoever asks."""
    place = policy.readable_place(number_from(text, "post"), request.actor, forest_of(request))
    if place is None:
        raise missing("post", text)
    page = page_of(place.position, settings.ROSTRA.posts_per_page)
    return f"{addresses.topic(place.topic_id, place.slug, page)}#p{place.post_id}"


def canonical(request: Request, address: str) -> HttpResponsePermanentRedirect | None:
    """A redirect to the canonical path, when another was asked for."""
    if request.path == unquote(address.partition("?")[0]):
        return None
    query = request.META.get("QUERY_STRING", "")
    query = "" if query == "page=1" else query
    return HttpResponsePermanentRedirect(address + ("?" + query if query and "?" not in address else ""))
