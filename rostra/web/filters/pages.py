"""What the list of a member's filters needs."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rostra.filters.models import IgnoredForum
from rostra.filters.queries import MOST_TOPICS, filtered_words, ignored_members, member_to_ignore
from rostra.filters.words import LENGTH
from rostra.forums.queries import Node
from rostra.kernel.refusals import Gone, Refused
from rostra.reading.queries import ignored_topics
from rostra.topics.policy import readable_topic
from rostra.web import addresses
from rostra.web.requests import Request, closed_of, forest_of
from rostra.web.showing import worded

HOME = "/settings/filters/"


@dataclass(frozen=True)
class Kept:
    """A line of the list: what is ignored, where it is, and a word on it."""

    name: str
    address: str
    hint: str = ""


@dataclass(frozen=True)
class Undone:
    """What was just taken from the list, and how to bring it back."""

    told: str
    action: str
    word: str = ""


def page(request: Request, *, typed: str = "", fault: str = "") -> dict[str, Any]:
    """Context of the page; `typed` is a word that could not be taken, and `fault` says why."""
    reader = request.actor.id or 0
    staff = _("now a moderator or administrator: always shown")
    topics = sorted(
        ignored_topics(reader, MOST_TOPICS, closed_of(request)), key=lambda row: row.title.casefold()
    )
    return {
        "members": [
            Kept(row.name, addresses.member(row.name), staff if row.is_staff else "")
            for row in ignored_members(reader)
        ],
        "forums": [Kept(node.name, addresses.forum(node.id, node.slug)) for node in _forums(request, reader)],
        "topics": [Kept(worded(row.title), addresses.topic(row.id, row.slug)) for row in topics],
        "words": filtered_words(reader),
        "word_length": LENGTH,
        "typed": typed,
        "fault": fault,
        "added": request.GET.get("added", "")[:LENGTH],
        "undone": _undone(request),
    }


def _forums(request: Request, reader: int) -> list[Node]:
    chosen = set(IgnoredForum.objects.filter(reader_id=reader).values_list("forum_id", flat=True))
    return [node for node in forest_of(request).by_id.values() if node.id in chosen]


def _undone(request: Request) -> Undone | None:
    kind, number = request.GET.get("stopped", ""), request.GET.get("id", "")
    word = request.GET.get("word", "")[:LENGTH]
    if kind == "word" and word:
        return Undone(_("You no longer filter “%(word)s”.") % {"word": word}, HOME, word)
    found = _named(request, kind, int(number)) if _is_id(number) else None
    if found is None:
        return None
    return Undone(_("You no longer ignore “%(name)s”.") % {"name": found.name}, f"{found.address}ignore")


def _named(request: Request, kind: str, number: int) -> Kept | None:
    if kind == "member":
        member = member_to_ignore(number)
        return Kept(member.name, addresses.member(member.name)) if member else None
    if kind == "topic":
        return _topic(request, number)
    node = forest_of(request).by_id.get(number) if kind == "forum" else None
    return Kept(node.name, addresses.forum(node.id, node.slug)) if node else None


def _topic(request: Request, number: int) -> Kept | None:
    try:
        found = readable_topic(number, request.actor, forest_of(request))
    except (Gone, Refused):
        return None
    return Kept(worded(found[0].title), addresses.topic(found[0].id, found[0].slug)) if found else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
