"""The feeds: of the board and a forum the topics that were begun, of a topic and a member the posts."""

from dataclasses import replace
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext

from rostra.accounts.actors import GUEST
from rostra.accounts.paths import name_in
from rostra.accounts.queries import person_named
from rostra.board.queries import profile, stamp_in
from rostra.feeds import addresses, atom, pages, queries
from rostra.feeds.answers import document, only_read
from rostra.feeds.atom import Channel
from rostra.feeds.queries import Item, Walk
from rostra.forums.queries import closed_to, forest_in, visible_in
from rostra.markup.censoring import censored
from rostra.topics.display import display_at
from rostra.topics.policy import readable_topic

_MOST_DIGITS = 18


@only_read
def board(request: HttpRequest) -> HttpResponse:
    """The newest topics of the board."""
    about = profile(stamp_in(request.META).structure)
    channel = Channel(addresses.tag("board"), about.name, "/", about.tagline, about.language)
    return _answer(
        request, channel, queries.topics_of_board(closed_to(forest_in(request.META), GUEST)), _topic_id
    )


@only_read
def forum(request: HttpRequest, number: str, slug: str | None = None) -> HttpResponse:
    """The newest topics of a forum and of the forums below it."""
    node = visible_in(request.META, GUEST).by_id.get(int(number))
    if node is None or node.kind == "link":
        raise Http404(gettext("There is no forum %(number)s with a feed.") % {"number": number})
    about = profile(stamp_in(request.META).structure)
    channel = Channel(
        addresses.tag("forum", node.id), f"{node.name} - {about.name}", node.address, node.description,
        about.language,
    )  # fmt: skip
    closed = closed_to(forest_in(request.META), GUEST)
    ids = [one.id for one in node.walk() if one.kind == "forum" and f",{one.id}," not in closed]
    return _answer(request, channel, queries.topics_of_forums(ids), _topic_id)


@only_read
def topic(request: HttpRequest, number: str, slug: str | None = None) -> HttpResponse:
    """The newest posts of a topic."""
    forest = forest_in(request.META)
    found = readable_topic(int(number), GUEST, forest) if len(number) <= _MOST_DIGITS else None
    if found is None:
        raise Http404(gettext("There is no topic %(number)s.") % {"number": number})
    row, _forum = found
    about = profile(stamp_in(request.META).structure)
    channel = Channel(addresses.tag("topic", row.id), f"{row.title} - {about.name}", row.address)
    return _answer(request, channel, queries.posts_of_topic(row.id), lambda item: item.position)


@only_read
def member(request: HttpRequest, name: str) -> HttpResponse:
    """The newest posts of a member."""
    name = name_in(name)
    person = person_named(name)
    if person is None:
        raise Http404(gettext("There is no member called “%(name)s”.") % {"name": name[:60]})
    about = profile(stamp_in(request.META).structure)
    channel = Channel(
        addresses.tag("member", person.id), f"{person.name} - {about.name}", addresses.member(person.name)
    )
    return _answer(
        request,
        channel,
        queries.posts_of_member(person.id, closed_to(forest_in(request.META), GUEST)),
        lambda item: item.id,
    )


def _topic_id(item: Item) -> int:
    return item.topic_id


def _answer(request: HttpRequest, channel: Channel, walk: Walk, key_of: pages.KeyOf) -> HttpResponse:
    if request.path != channel.feed_path:
        asked = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(quote(channel.feed_path) + ("?" + asked if asked else ""))
    before, after = _key(request, "before"), _key(request, "after")
    if after is not None:
        page = pages.newer_than(walk, key_of, after)
    elif before is not None:
        page = pages.older_than(walk, key_of, before)
    else:
        page = pages.newest(walk, key_of)
    query = f"?before={before}" if before is not None and after is None else ""
    query = f"?after={after}" if after is not None and page.after is not None else query
    forums = {node.id: node.name for node in forest_in(request.META).by_id.values()}
    display = display_at(stamp_in(request.META).structure)
    channel = replace(channel, title=censored(channel.title, display.censored))
    text = atom.document(channel, page, forums, query, display)
    changed_at = atom.updated_at(page)
    return document(request, text, atom.FEED_TYPE, changed_at=changed_at, is_kept=True)


def _key(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise Http404(
            gettext("There is no such page: “%(text)s” is not a place in this feed.") % {"text": text[:30]}
        )
    return int(text)
