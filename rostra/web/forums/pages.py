"""What a forum's page needs, out of forums, topics and reading."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext
from markupsafe import Markup

from rostra.forums.policy import may_read_of, why_not_read
from rostra.forums.queries import Node
from rostra.kernel.latest import LatestOfEach
from rostra.kernel.paging import Key, read_key
from rostra.reading import queries as reading
from rostra.reading.models import TopicMark
from rostra.reading.queries import ForumMarkRow, TopicMarkRow
from rostra.topics import queries
from rostra.topics.queries import FAR_FUTURE, ListedTopic
from rostra.topics.shadows import ShadowRow, shadows_in
from rostra.web.fragments import Fragments
from rostra.web.loading import BIGGEST_ID, id_before
from rostra.web.requests import Request, forest_of
from rostra.web.sifting import ALL, shows_all, sifted

_LEADS = Fragments("forums/lead.html", most=4096)
_SECONDS_OF_VIEWS = 15  # how long a first page may show the views that it was read with
_first: LatestOfEach["TopicList"] = LatestOfEach()


@dataclass
class TopicList:
    """A page of a forum's topics, and the addresses of the pages beside it."""

    pinned: list[ListedTopic]
    topics: list[ListedTopic]
    newer: str = ""
    older: str = ""
    is_first: bool = True
    shadows: Sequence[ShadowRow] = ()


def topic_list(forum: Node, content: int, before: str | None, after: str | None) -> TopicList:
    """The page of the list that an address asks for. Raises Http404 for a place that cannot be read.

    The first page, which is asked for most, is read once for each version of the board's content.
    """
    try:
        if after:
            return _page_after(forum, read_key(after))
        if before:
            return _page_before(forum, read_key(before))
        version = content, int(monotonic() / _SECONDS_OF_VIEWS)
        return replace(_first.at(version, forum, lambda: _page_before(forum, None)))
    except (ValueError, OverflowError):
        told = gettext("There is no such page of “%(forum)s”.") % {"forum": forum.name}
        raise Http404(told) from None


def own_topic_list(forum: Node, request: Request) -> TopicList:
    """The page of the list where one sees only the topics that one began: by their ids, the newest first."""
    size, before = settings.ROSTRA.topics_per_page, id_before(request)
    found = queries.own_topics_in(forum.id, request.actor.id or 0, before, size + 1)
    page = TopicList([], found[:size], is_first=before == BIGGEST_ID)
    if len(found) > size:
        page.older = f"{forum.address}?before={page.topics[-1].id}"
    return page


def _page_before(forum: Node, key: Key | None) -> TopicList:
    size = settings.ROSTRA.topics_per_page
    found = queries.topics_before(forum.id, key or FAR_FUTURE, size + 1)
    topics = found[:size]
    page = TopicList([] if key else queries.pinned_topics(forum.id), topics, is_first=key is None)
    if len(found) > size:
        page.older = f"{forum.address}?before={_key(topics[-1])}"
    if key is None:
        page.shadows = shadows_in(forum.id)
    else:
        page.newer = f"{forum.address}?after={_key(topics[0]) if topics else key}"
    return page


def _page_after(forum: Node, key: Key) -> TopicList:
    size = settings.ROSTRA.topics_per_page
    found = queries.topics_after(forum.id, key, size + 1)
    if len(found) <= size:  # the first page: whole, not cut at the key
        return _page_before(forum, None)
    topics = found[1:]
    return TopicList(
        [],
        topics,
        f"{forum.address}?after={_key(topics[0])}",
        f"{forum.address}?before={_key(topics[-1])}",
        False,
    )


def _key(topic: ListedTopic) -> str:
    return str(Key(topic.last_post_at, topic.id)).replace("+", "%2B")


def shadows(request: Request, page: TopicList) -> list[tuple[ShadowRow, Node]]:
    """Where topics of the list went, as far as the reader may go there."""
    tree, actor = forest_of(request), request.actor
    places = [(row, tree.by_id.get(row.forum_id)) for row in page.shadows]
    return [
        (row, node)
        for row, node in places
        if node and why_not_read(actor, node) is None and may_read_of(actor, node, row.author_id)
    ]


def sift(request: Request, page: TopicList) -> int:
    """Leave out what the reader does not want to see, unless all is asked for; returns how many topics that concerns."""
    pinned = sifted(request, page.pinned, in_its_forum=True)
    topics = sifted(request, page.topics, in_its_forum=True)
    number = len(page.pinned) + len(page.topics) - len(pinned) - len(topics)
    if not shows_all(request):
        page.pinned, page.topics = pinned, topics
        return number
    page.older, page.newer = (f"{address}{ALL}" if address else "" for address in (page.older, page.newer))
    return number


def unread_topics(
    reader_id: int, forum: Node, page: TopicList, mark: ForumMarkRow | None, since: datetime, apart: Set[int]
) -> set[int]:
    """Ids of the topics on the page with posts that the reader has not seen.

    `apart`: topics of which the forum's mark may say nothing; others need no look at marks when it covers the page.
    """
    recent = [topic for topic in (*page.pinned, *page.topics) if topic.last_post_at > since]
    fresh = {
        topic.id for topic in recent if topic.last_post_at > reading.read_since(mark, topic.moved_at, since)
    }
    if not fresh and not any(topic.id in apart for topic in recent):
        return set()
    times = [topic.last_post_at for topic in page.topics] or [since]
    marks = reading.topic_marks(reader_id, forum.id, max(times), min(times))
    return {
        topic.id for topic in recent if _is_unread(topic, marks.get(topic.id), is_fresh=topic.id in fresh)
    }


def _is_unread(topic: ListedTopic, mark: TopicMarkRow | None, *, is_fresh: bool) -> bool:
    if mark is None:
        return is_fresh
    is_counted = (
        is_fresh
        if mark.standing == TopicMark.Standing.WITH_FORUM
        else mark.standing == TopicMark.Standing.APART
    )
    return is_counted and mark.position < topic.newest_position


def forum_lead(forum: Node, rules: int, *, shows_rules: bool) -> Markup:
    """Name, description, moderators and rules, the rules open or folded; `rules` is how many numbered ones hold."""
    key = (forum, rules, shows_rules)
    return _LEADS.piece(key, lambda: {"forum": forum, "rules": rules, "shows_rules": shows_rules})


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _first.forget()
