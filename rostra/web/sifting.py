"""Lists without what their reader does not want to see, and the honest line that says so."""

from dataclasses import dataclass
from typing import TypeVar

from django.utils.http import urlencode
from django.utils.translation import ngettext

from rostra.filters.sieve import OPEN
from rostra.reading.queries import FoundTopic
from rostra.topics.queries import ListedTopic
from rostra.web.dates import number as in_words
from rostra.web.requests import Request, sieve_of

Row = TypeVar("Row", ListedTopic, FoundTopic)
ALL = "&all=1"
_PLACES = ("before", "after")


@dataclass(frozen=True)
class LeftOut:
    """What is left out of a page, or would be: `is_shown`. `other` is the address of the other view of the page."""

    words: str
    other: str
    is_shown: bool


def shows_all(request: Request) -> bool:
    """Has the member asked for what the filters leave out?"""
    return request.actor.is_member and request.GET.get("all") == "1"


def sifted(request: Request, rows: list[Row], *, in_its_forum: bool = False) -> list[Row]:
    """The rows of a page that its reader wants to see, whatever was asked for."""
    sieve = sieve_of(request)
    if sieve is OPEN:
        return rows
    return [
        row
        for row in rows
        if not sieve.leaves_out(row.topic if isinstance(row, FoundTopic) else row, in_its_forum=in_its_forum)
    ]


def left_out(request: Request, number: int) -> LeftOut | None:
    """The line for a page of which so many topics are left out; None when none is, and none would be."""
    if not number:
        return None
    is_shown = shows_all(request)
    words = (
        ngettext(
            "%(number)s topic here is usually left out.",
            "%(number)s topics here are usually left out.",
            number,
        )
        if is_shown
        else ngettext("%(number)s topic left out.", "%(number)s topics left out.", number)
    )
    place = {name: request.GET[name] for name in _PLACES if name in request.GET}
    query = urlencode(place if is_shown else {**place, "all": "1"})
    return LeftOut(
        words % {"number": in_words(number)}, f"{request.path}?{query}" if query else request.path, is_shown
    )
