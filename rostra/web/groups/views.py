"""The groups that a member knows of, who is in them, joining and leaving, and what leaders decide."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts import grouping
from rostra.accounts.queries import (
    MOST_IN_LIST,
    GroupRow,
    asked_for,
    groups,
    people_asking,
    people_in,
    standings,
)
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.web.holders import number_in
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

View = Callable[..., HttpResponse]
HOME = "/groups/"
_LEADERS = ("accept", "refuse", "remove")


@dataclass
class Known:
    """A group as the member who asks knows it."""

    row: GroupRow
    is_in: bool
    is_leader: bool
    has_asked: bool


def _for_members(view: View) -> View:
    @wraps(view)
    def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_member:
            refuse(Refusal(_("Only members see the groups."), _("Sign in first."), must_sign_in=True))
        return view(request, *args, **kwargs)

    return checked


@takes("GET")
@_for_members
def listed(request: Request) -> HttpResponse:
    """All groups that the member knows of."""
    return render(request, "groups/groups.html", {"groups": _known(request)})


@takes("GET", "POST")
@_for_members
def group(request: Request, number: str) -> HttpResponse:
    """Who is in a group; POST joins, leaves, asks or takes that back, and lets leaders decide about others."""
    found = next((each for each in _known(request) if str(each.row.id) == number), None)
    if found is None:
        raise Http404(_("There is no group %(number)s.") % {"number": number})
    fault = ""
    if request.method == "POST":
        try:
            return _done(request, found)
        except Invalid as invalid:
            fault = str(invalid)
    people = people_in(found.row.id)
    context = {
        "group": found,
        "people": people,
        "is_cut": len(people) == MOST_IN_LIST,
        "asking": people_asking(found.row.id) if found.is_leader else [],
        "fault": fault,
        "done": request.GET.get("done", ""),
    }
    return render(request, "groups/group.html", context, status=422 if fault else 200)


def _known(request: Request) -> list[Known]:
    mine, asked = standings(request.actor.id or 0), asked_for(request.actor.id or 0)
    return [
        Known(row, row.id in mine, mine.get(row.id, False), row.id in asked)
        for row in groups()
        if not row.is_hidden or row.id in mine
    ]


def _done(request: Request, found: Known) -> HttpResponse:
    """One thing done. Raises Refused and Invalid."""
    what, me, row = request.POST.get("do", ""), request.actor.id or 0, found.row
    if what in _LEADERS:
        return _decided(request, found, what)
    if what == "join":
        grouping.enter_group(member_id=me, group_id=row.id)
    elif what == "ask":
        grouping.ask_to_join(member_id=me, group_id=row.id)
    elif what == "withdraw":
        grouping.forget_request(member_id=me, group_id=row.id)
    elif what == "leave":
        grouping.leave_group(member_id=me, group_id=row.id)
    else:
        raise Invalid(do=_("Nothing was chosen."))
    is_gone = what == "leave" and row.is_hidden
    return HttpResponseRedirect(HOME if is_gone else f"{HOME}{row.id}/?done={what}")


def _decided(request: Request, found: Known, what: str) -> HttpResponse:
    """What a leader decides about somebody else. Leaders are taken out by administrators."""
    if not found.is_leader:
        refuse(Refusal(_("Only leaders of the group can do this."), _("Ask one of them.")))
    member, group_id = number_in(request.POST.get("member", "")) or 0, found.row.id
    if what == "accept":
        grouping.accept_request(member_id=member, group_id=group_id)
    elif what == "refuse":
        grouping.forget_request(member_id=member, group_id=group_id)
    elif any(each.id == member and each.is_leader for each in people_in(group_id)):
        raise Invalid(member=_("Leaders are taken out by administrators."))
    else:
        grouping.take_out(member_id=member, group_id=group_id)
    return HttpResponseRedirect(f"{HOME}{group_id}/?done={what}")
