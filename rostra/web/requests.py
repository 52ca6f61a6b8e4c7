"""What every view knows of a request beyond Django's own."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from rostra.accounts.actors import GUEST, Actor
from rostra.board.queries import StampRow, stamp_in
from rostra.filters.queries import sieve_of as read_sieve
from rostra.filters.sieve import Sieve
from rostra.forums.queries import Forest, closed_to, forest_in, visible_in
from rostra.reading.queries import NOBODY, cutoff
from rostra.topics.queries import FAR_FUTURE


class Request(HttpRequest):
    """A request with its actor."""

    actor: Actor
    htmx: HtmxDetails


def stamp_of(request: HttpRequest) -> StampRow:
    """The board's stamp as of the start of this request; the page cache in front has read it already."""
    return stamp_in(request.META)


def forest_of(request: HttpRequest) -> Forest:
    """The tree of forums as of this request, as far as whoever asks may see it."""
    return visible_in(request.META, getattr(request, "actor", GUEST))


def closed_of(request: HttpRequest) -> str:
    """The forums whose topics whoever asks finds in no list (`forums.queries.closed_to`)."""
    return closed_to(forest_in(request.META), getattr(request, "actor", GUEST))


def sieve_of(request: Request) -> Sieve:
    """What the member who asks does not want to see; a guest sees everything."""
    return read_sieve(request.actor, forest_of(request), stamp_of(request).structure)


def may_cache(request: HttpRequest, *names: str, views_of: int | None = None) -> None:
    """Let the page cache keep this answer for guests; `names` are those in the query that the page depends on.

    A query with other names is not kept: there is no end of them. `views_of` is the topic whose views it adds to.
    """
    actor = getattr(request, "actor", None)
    is_guest = actor is None or not (actor.is_member or actor.stands_for)
    request.META["rostra.cacheable"] = is_guest
    request.META["rostra.names"] = names
    request.META["rostra.views_of"] = views_of


def cutoff_of(request: Request) -> datetime:
    """What the member who asks finds read: what is older. For a guest nothing is ever new."""
    joined = request.actor.joined_at
    return cutoff(joined) if joined is not None else FAR_FUTURE.moment


def reader_of(request: Request) -> int:
    """The member who asks, as the lists want it: a guest is nobody."""
    return request.actor.id or NOBODY
