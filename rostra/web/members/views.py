"""A member's profile with what the member wrote: posts on the first page, topics on the second."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext

from rostra.accounts.paths import name_in
from rostra.accounts.queries import Person, person_named
from rostra.board.queries import profile
from rostra.filters.policy import why_not_ignore_member
from rostra.filters.queries import member_to_ignore
from rostra.forums.queries import forest_in
from rostra.kernel.text import excerpt
from rostra.markup import own_words
from rostra.modmail.policy import moderated
from rostra.notes.policy import has_notes
from rostra.notes.queries import MOST, notes_about
from rostra.topics.queries import AuthoredRow, posts_by, topics_by
from rostra.web import addresses
from rostra.web.heads import member_head
from rostra.web.linked import attach, profile_page
from rostra.web.loading import BIGGEST_ID, canonical, id_before
from rostra.web.methods import takes
from rostra.web.moderators import what_moderators_do
from rostra.web.pages import render
from rostra.web.requests import Request, closed_of, forest_of, may_cache, sieve_of, stamp_of

NUMBER = 20
EXCERPT_LENGTH = 280


@dataclass
class Authored:
    """A post in the list, cut."""

    row: AuthoredRow
    words: str


@takes("GET", in_lane=True)
def member(request: Request, name: str) -> HttpResponse:
    """Who it is, and the newest posts."""
    person = _person(name)
    address = addresses.member(person.name)
    moved = canonical(request, address)
    if moved is not None:
        return moved
    before = id_before(request)
    rows = posts_by(person.id, before, NUMBER + 1, closed_of(request))
    posts = [Authored(row, excerpt(own_words(row.html), EXCERPT_LENGTH)) for row in rows[:NUMBER]]
    older = f"{address}?before={posts[-1].row.id}" if len(rows) > NUMBER else ""
    may_cache(request, "before")
    is_first = before == BIGGEST_ID
    is_told = is_first and person.post_count > 0 and not request.actor.is_member
    board = profile(stamp_of(request).structure)
    context = {
        "head": member_head(board, person, is_first=is_first),
        "person": person, "posts": posts, "older": older, "is_first": is_first,
        **_ignoring(request, person), **_moderating(request, person),
    }  # fmt: skip
    response = render(request, "members/member.html", context)
    return attach(response, profile_page(person)) if is_told else response


@takes("GET", in_lane=True)
def topics(request: Request, name: str) -> HttpResponse:
    """Who it is, and the newest topics."""
    person = _person(name)
    address = f"{addresses.member(person.name)}topics/"
    moved: HttpResponsePermanentRedirect | None = canonical(request, address)
    if moved is not None:
        return moved
    before = id_before(request)
    rows = topics_by(person.id, before, NUMBER + 1, closed_of(request))
    begun = rows[:NUMBER]
    older = f"{address}?before={begun[-1].id}" if len(rows) > NUMBER else ""
    may_cache(request, "before")
    context = {
        "person": person, "topics": begun, "forums": forest_of(request).by_id, "older": older,
        **_ignoring(request, person), **_moderating(request, person),
    }  # fmt: skip
    return render(request, "members/topics.html", context)


def _person(text: str) -> Person:
    name = name_in(text)
    person = person_named(name)
    if person is None:
        raise Http404(gettext("There is no member called “%(name)s”.") % {"name": name[:60]})
    return person


def _ignoring(request: Request, person: Person) -> dict[str, bool]:
    """May the viewer ignore this member, and does it?"""
    known = member_to_ignore(person.id) if request.actor.is_member else None
    may = known is not None and why_not_ignore_member(request.actor, known) is None
    return {
        "may_ignore": may,
        "is_ignored": person.id in sieve_of(request).members,
        **what_moderators_do(request, person.id),
    }


def _moderating(request: Request, person: Person) -> dict[str, Any]:
    """What a moderator finds: how many notes there are about this member, and whether one can write to them."""
    forest = forest_in(request.META)
    is_other = request.actor.id != person.id
    notes = None
    if is_other and has_notes(request.actor, forest):
        number = len(notes_about(person.id, request.actor, forest))
        notes = str(number) if number <= MOST else f"{MOST}+"
    return {
        "notes": notes,
        "may_write_to": is_other and person.is_active and bool(moderated(request.actor, forest)),
    }
