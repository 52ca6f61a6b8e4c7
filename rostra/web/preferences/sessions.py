"""Where a member is signed in, and signing out there."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from rostra.accounts.actions import end_other_sessions, end_session
from rostra.accounts.queries import SessionRow, sessions_of
from rostra.bans.queries import own_uses
from rostra.web import errors
from rostra.web.membership import for_members
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.preferences.browsers import browser_name
from rostra.web.requests import Request

HOME = "/settings/sessions/"


@dataclass
class ListedSession:
    """A session in the list."""

    row: SessionRow
    browser: str
    is_this_one: bool


@takes("GET")
@for_members
def sessions(request: Request) -> HttpResponse:
    """All browsers in which the member is signed in."""
    here = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    rows = sessions_of(request.actor.id or 0)
    listed = [ListedSession(row, browser_name(row.browser), row.session_key == here) for row in rows]
    days = settings.ROSTRA.address_days
    uses = own_uses(request.actor.id or 0) if days else []
    return render(request, "preferences/sessions.html", {"sessions": listed, "uses": uses, "days": days})


@takes("POST")
@for_members
def end(request: Request) -> HttpResponse:
    """Sign out in one other browser, or in all others."""
    member, which = request.actor.id or 0, request.POST.get("session", "")
    if which == "others":
        end_other_sessions(member_id=member, but=request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
        return HttpResponseRedirect(f"{HOME}?done=ended")
    is_number = which.isascii() and which.isdigit() and len(which) < 19
    if not is_number or not end_session(member_id=member, sign_in=int(which)):
        return errors.page(
            request,
            404,
            gettext("This session has ended already."),
            gettext("The list shows those that are left."),
        )
    return HttpResponseRedirect(f"{HOME}?done=ended")
