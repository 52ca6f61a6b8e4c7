"""Members, for who manages them: find one, see what holds for the account, and help its owner."""

from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts.actions import admit, end_other_sessions
from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import User
from rostra.accounts.queries import groups, sessions_of, standings
from rostra.accounts.searching import Found, account_with, accounts_beginning, accounts_waiting
from rostra.forums.rights import StillNew, still_new
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Refusal, refuse
from rostra.permissions.capabilities import May
from rostra.web.holders import number_in
from rostra.web.loading import missing
from rostra.web.membership import for_managers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

HOME = "/manage/members/"
LONGEST = 254


class State(NamedTuple):
    """What holds for an account now."""

    row: Found
    is_muted: bool
    is_banned: bool
    new: StillNew | None
    groups: list[tuple[int, str, bool]]
    sessions: int


@takes("GET")
@for_managers(May.MANAGE_MEMBERS)
def listed(request: Request) -> HttpResponse:
    """Accounts that begin as was typed; without it, those that wait for the confirmation of their address."""
    asked = request.GET.get("q", "")[:LONGEST]
    page = (
        accounts_beginning(asked, request.GET.get("after", "")[:LONGEST])
        if asked.strip()
        else accounts_waiting()
    )
    moment = now()
    context = {
        "asked": asked.replace("\0", "␀"),
        "length": LONGEST,
        "rows": [
            (row, _is_until(row.muted_until, moment), _is_until(row.banned_until, moment))
            for row in page.rows
        ],
        "after": page.after,
    }
    return render(request, "manage/members.html", context)


@takes("GET", "POST")
@for_managers(May.MANAGE_MEMBERS)
def member(request: Request, number: str) -> HttpResponse:
    """One account; POST confirms its address, or ends its sessions."""
    row = account_with(number_in(number) or 0)
    if row is None:
        raise missing("member", number)
    if request.method == "POST":
        refuse(why_not_act(request.actor, row))
        done = _confirmed(row) if request.POST.get("do") == "confirm" else _signed_out(row)
        return HttpResponseRedirect(f"{HOME}{row.id}/?done={done}")
    context: dict[str, Any] = {
        "state": _state(row),
        "refusal": why_not_act(request.actor, row),
        "done": _done().get(request.GET.get("done", ""), ""),
    }
    return render(request, "manage/member.html", context)


def why_not_act(actor: Actor, row: Found) -> Refusal | None:
    """Why the actor leaves this account to others."""
    if row.is_admin and not actor.is_admin:
        return Refusal(
            _("This is an administrator."), _("Administrators look after their accounts themselves.")
        )
    return None


def _state(row: Found) -> State:
    moment, names = now(), {each.id: each.name for each in groups()}
    user = User.objects.get(id=row.id)
    found = [(group, names.get(group, ""), leads) for group, leads in standings(row.id).items()]
    return State(
        row, _is_until(row.muted_until, moment), _is_until(row.banned_until, moment),
        None if row.is_waiting else still_new(actor_of(user)), sorted(found, key=lambda each: each[1].casefold()),
        len(sessions_of(row.id)),
    )  # fmt: skip


def _is_until(end: Any, moment: Any) -> bool:
    return end is not None and bool(moment < end)


def _confirmed(row: Found) -> str:
    """The account is a member's, as if its owner had used the link. Raises Refused where a member has the address."""
    if User.objects.filter(email=row.email, is_waiting=False).exclude(id=row.id).exclude(email="").exists():
        told = _("Another member has the address %(address)s already.") % {"address": row.email}
        refuse(Refusal(told, _("This account is forgotten by itself after a week.")))
    with change(is_visible=False):
        EmailAddress.objects.filter(user_id=row.id, email=row.email).update(verified=True)
        admit(user_id=row.id)
    return "confirmed"


def _signed_out(row: Found) -> str:
    end_other_sessions(member_id=row.id, but="")
    return "ended"


def _done() -> dict[str, str]:
    return {
        "confirmed": _("The address counts as confirmed: the account is a member's."),
        "ended": _("The account is signed out everywhere."),
    }
