"""Sitemaps (https://www.sitemaps.org/protocol.html): an index, the forums, and topics by ranges of their ids.

A topic stays in its range for ever. The index walks from range to range by the primary key: as many reads of one
row as there are ranges with topics. A range is one read of neighbours, one of the edits in it, one of the removals.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from rostra.accounts.actors import GUEST
from rostra.board.queries import stamp_in
from rostra.feeds.addresses import absolute
from rostra.feeds.answers import document, only_read
from rostra.feeds.queries import topic_after, topics_in_range
from rostra.forums.queries import Counts, Node, closed_to, counts, forest_in, visible_in
from rostra.kernel.clock import to_text

SPAN = 2000
MOST_MAPS = 50_000
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@only_read
def index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps. It has no times: they would cost a read of every topic."""
    numbers = islice(_numbers(closed_to(forest_in(request.META), GUEST)), MOST_MAPS)
    maps = [
        f"<sitemap><loc>{escape(absolute(f'/sitemap-{number}.xml'))}</loc></sitemap>" for number in numbers
    ]
    return _xml(request, f"<sitemapindex {_SPACE}>", maps, "</sitemapindex>")


@only_read
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Number 0: the board index and the forums. From 1 on: topics, each once, with its last change."""
    urls = _forums(request) if number == "0" else _topics(request, int(number))
    if not urls:
        raise Http404(
            gettext("There is no sitemap %(number)s; /sitemap.xml lists those that there are.")
            % {"number": number}
        )
    return _xml(request, f"<urlset {_SPACE}>", urls, "</urlset>")


def _numbers(closed: str) -> Iterator[int]:
    """0, and each range with a topic in it that guests may read."""
    number = 0
    while True:
        yield number
        found = topic_after(number * SPAN, closed)
        if found is None:
            return
        number = (found - 1) // SPAN + 1


def _topics(request: HttpRequest, number: int) -> list[str]:
    rows = topics_in_range((number - 1) * SPAN, number * SPAN, closed_to(forest_in(request.META), GUEST))
    return [_url(f"/t/{topic.id}-{topic.slug}/", changed_at) for topic, changed_at in rows]


def _forums(request: HttpRequest) -> list[str]:
    known = counts(stamp_in(request.META).content)
    forest = visible_in(request.META, GUEST)
    times = {node.id: _last_post(node, known) for node in forest.by_id.values()}
    newest = max((moment for moment in times.values() if moment), default=None)
    nodes = [node for root in forest.roots for node in root.walk() if node.kind != "link"]
    return [_url("/", newest), *(_url(node.address, times[node.id]) for node in nodes)]


def _last_post(node: Node, known: dict[int, Counts]) -> datetime | None:
    """The newest post in a forum and below it."""
    times = [known[one.id].last_post_at for one in node.walk() if one.id in known]
    return max((moment for moment in times if moment), default=None)


def _url(path: str, changed_at: datetime | None) -> str:
    time = f"<lastmod>{to_text(changed_at.replace(microsecond=0))}</lastmod>" if changed_at else ""
    return f"<url><loc>{escape(absolute(path))}</loc>{time}</url>"


def _xml(request: HttpRequest, opening: str, lines: list[str], closing: str) -> HttpResponse:
    """Not in the page cache: every new post would make all of them stale, and they are large."""
    return document(request, "\n".join([_XML + opening, *lines, closing, ""]), "application/xml")
