"""A member's profile with what the member wrote."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from rostra.accounts.queries import person_named
from rostra.kernel.text import excerpt
from rostra.markup import own_words
from rostra.topics.queries import AuthoredRow, posts_by
from rostra.web import addresses
from rostra.web.loading import BIGGEST_ID, canonical
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, may_cache

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
    person = person_named(name)
    if person is None:
        raise Http404(gettext("There is no member called “%(name)s”.") % {"name": name[:60]})
    moved = canonical(request, addresses.member(person.name))
    if moved is not None:
        return moved
    before = _before(request)
    rows = posts_by(person.id, before, NUMBER + 1)
    posts = [Authored(row, excerpt(own_words(row.html), EXCERPT_LENGTH)) for row in rows[:NUMBER]]
    older = f"{addresses.member(person.name)}?before={posts[-1].row.id}" if len(rows) > NUMBER else ""
    may_cache(request)
    context = {"person": person, "posts": posts, "older": older, "is_first": before == BIGGEST_ID}
    return render(request, "members/member.html", context)


def _before(request: Request) -> int:
    text = request.GET.get("before", "")
    if not text:
        return BIGGEST_ID
    if not (text.isascii() and text.isdigit()) or int(text[:30]) > BIGGEST_ID:
        told = gettext("There is no such page: “%(text)s” is not the number of a post.")
        raise Http404(told % {"text": text[:30]})
    return int(text)
