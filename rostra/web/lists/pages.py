"""What a page of a list over all forums needs: its topics, and the address of the next page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from rostra.kernel.paging import Key, read_key
from rostra.reading import queries as reading
from rostra.reading.queries import FoundTopic
from rostra.topics.queries import ListedTopic
from rostra.web.loading import id_before
from rostra.web.requests import Request, closed_of, cutoff_of, reader_of

LOOKED_AT = 200  # topics that a page of unread ones looks at before it asks the reader to go on


@dataclass
class FoundPage:
    """Topics of a page, and where the next begins: `before`, empty at the end."""

    found: list[FoundTopic]
    before: str = ""


def active_page(request: Request) -> FoundPage:
    """All topics, the one with the newest post first."""
    return _by_last_post(request, reading.active_topics)


def unanswered_page(request: Request) -> FoundPage:
    """Topics that nobody has answered."""
    return _by_last_post(request, reading.unanswered_topics)


def unread_page(request: Request) -> FoundPage:
    """Topics with something new for the reader, among those that the page looks at."""
    size = settings.ROSTRA.topics_per_page
    looked = reading.active_topics(
        reader_of(request), cutoff_of(request), _key(request), LOOKED_AT + 1, closed_of(request)
    )
    fresh = [one for one in looked[:LOOKED_AT] if one.is_unread]
    if len(fresh) > size:
        return FoundPage(fresh[:size], _place(fresh[size - 1].topic))
    is_over = len(looked) <= LOOKED_AT or looked[LOOKED_AT].topic.last_post_at <= cutoff_of(request)
    return FoundPage(fresh, "" if is_over else _place(looked[LOOKED_AT - 1].topic))


def hot_page(request: Request) -> FoundPage:
    """Of the topics with the newest posts, those with most replies for their age: a topic cools down by itself.

    Replies divided by the age in hours, plus twelve, to the power of 1.2: a day halves what a reply counts,
    about. Only the looked-at topics are ranked, so the page costs the same on every board.
    """
    looked = reading.active_topics(
        reader_of(request), cutoff_of(request), None, LOOKED_AT, closed_of(request)
    )
    newest = max((one.topic.last_post_at for one in looked), default=None)

    def heat(one: FoundTopic) -> float:
        hours = (newest - one.topic.created_at).total_seconds() / 3600 if newest else 0
        return (one.topic.post_count - 1) / float((max(hours, 0) + 12) ** 1.2)

    return FoundPage(sorted(looked, key=heat, reverse=True)[: settings.ROSTRA.topics_per_page])


def new_page(request: Request) -> FoundPage:
    """Topics in the order they were begun."""
    size = settings.ROSTRA.topics_per_page
    found = reading.new_topics(
        reader_of(request), cutoff_of(request), id_before(request), size + 1, closed_of(request)
    )
    return FoundPage(found[:size], str(found[size - 1].topic.id) if len(found) > size else "")


def page_of_author(request: Request, author_id: int) -> FoundPage:
    """Topics that a member wrote in, the latest own post first."""
    size = settings.ROSTRA.topics_per_page
    closed = closed_of(request)
    found = reading.topics_of(
        author_id, reader_of(request), cutoff_of(request), id_before(request), size + 1, closed
    )
    more = reading.last_own_post(author_id, found[size - 1].topic.id) if len(found) > size else 0
    return FoundPage(found[:size], str(more) if more else "")


def _by_last_post(request: Request, listing: Callable[..., list[FoundTopic]]) -> FoundPage:
    size = settings.ROSTRA.topics_per_page
    found = listing(reader_of(request), cutoff_of(request), _key(request), size + 1, closed_of(request))
    return FoundPage(found[:size], _place(found[size - 1].topic) if len(found) > size else "")


def _place(topic: ListedTopic) -> str:
    return str(Key(topic.last_post_at, topic.id)).replace("+", "%2B")


def _key(request: Request) -> Key | None:
    text = request.GET.get("before")
    try:
        return read_key(text) if text else None
    except (ValueError, OverflowError):
        told = _("There is no such page: “%(text)s” is not a place in this list.")
        raise Http404(told % {"text": str(text)[:60]}) from None
