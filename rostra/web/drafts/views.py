"""Drafts: the list, saving while somebody types, discarding."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from rostra.drafts.actions import Ended, Newer, discard_draft, save_draft
from rostra.drafts.queries import DraftRow, PlaceRow, drafts_of, places_of
from rostra.forums.queries import Node
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.kernel.text import excerpt
from rostra.web import addresses
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import TooMany, spend
from rostra.web.requests import Request, closed_of, forest_of
from rostra.web.showing import worded

EXCERPT_LENGTH = 280


@dataclass
class Listed:
    """A draft in the list, with where to go on; no address when its place is gone."""

    row: DraftRow
    title: str
    address: str
    words: str


@takes("GET")
def drafts(request: Request) -> HttpResponse:
    """A member's drafts, the newest first."""
    _refuse_guests(request)
    author, forums = request.actor.id or 0, forest_of(request).by_id
    places = places_of(author, closed_of(request))
    listed = [_listed(row, places, forums) for row in drafts_of(author)]
    return render(request, "drafts/drafts.html", {"drafts": listed})


@takes("POST")
def save(request: Request) -> HttpResponse:
    """Keep what is typed so far. Answers {"version"}; 409 with the other text when a newer one is there."""
    _refuse_guests(request)
    version, base = request.POST.get("version", "0"), request.POST.get("base", "0")
    try:
        spend("draft", request.actor.id)
        saved = save_draft(
            author_id=request.actor.id or 0, place=request.POST.get("place", ""), title=request.POST.get("title", ""),
            body=request.POST.get("body", ""), reason=request.POST.get("reason", ""), base=_number(base),
            version=_number(version),
        )  # fmt: skip
    except Newer as newer:
        there = newer.found
        told = {"version": there.version, "title": there.title, "body": there.body, "reason": there.reason}
        return JsonResponse(told, status=409)
    except Ended:
        return JsonResponse({"version": 0}, status=410)
    except Invalid as invalid:
        return JsonResponse({"fault": str(invalid)}, status=422)
    except TooMany as fast:
        return JsonResponse({"fault": fast.refusal.reason}, status=429)
    return JsonResponse({"version": saved})


@takes("POST")
def discard(request: Request) -> HttpResponse:
    """Forget a draft, and go on where the form says."""
    _refuse_guests(request)
    discard_draft(author_id=request.actor.id or 0, place=request.POST.get("place", "")[:40])
    onward = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return HttpResponseRedirect(onward if is_ours else "/drafts/")


def _refuse_guests(request: Request) -> None:
    if not request.actor.is_member:
        refuse(Refusal(_("Only members have drafts."), _("Sign in first."), must_sign_in=True))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _listed(row: DraftRow, places: dict[str, PlaceRow], forums: dict[int, Node]) -> Listed:
    kind, _colon, number = row.place.partition(":")
    words = excerpt(row.body, EXCERPT_LENGTH)
    forum = forums.get(int(number)) if kind == "forum" else None
    if forum is not None:
        title = row.title or _("New topic in %(forum)s") % {"forum": forum.name}
        return Listed(row, title, f"{forum.address}new", words)
    there = places.get(row.place)
    if there is None:
        return Listed(row, row.title or _("Its place is no longer there"), "", words)
    if kind == "topic":
        title = _("Reply to “%(title)s”") % {"title": worded(there.title)}
        return Listed(row, title, f"{addresses.topic(there.topic_id, there.slug)}reply", words)
    return Listed(row, _("Edit #%(number)s") % {"number": number}, f"/p/{number}/edit", words)
