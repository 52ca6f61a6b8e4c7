"""The addresses of a member: asked for with a reason, shown to whoever asked, noted for administrators."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts.models import User
from rostra.accounts.paths import name_in
from rostra.bans.actions import LONGEST_REASON, look_up
from rostra.bans.models import Look
from rostra.bans.policy import manages_members, why_not_look_up, why_not_see_look
from rostra.bans.queries import looks as looks_before
from rostra.bans.queries import uses_of
from rostra.kernel.refusals import Invalid, refuse
from rostra.kernel.text import name_key
from rostra.web.loading import id_before, number_from
from rostra.web.membership import for_administrators
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

NUMBER = 50


@takes("GET", "POST")
def addresses(request: Request, name: str) -> HttpResponse:
    """Ask for the addresses of a member: the reason first, which is kept."""
    member, faults = _member(name), dict[str, str]()
    refuse(why_not_look_up(request.actor, member))
    typed = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            made = look_up(looker=request.actor, member=member, reason=typed)
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return HttpResponseRedirect(f"/moderate/looks/{made.pk}/")
    context = {
        "member": member, "typed": {"reason": typed.replace("\0", "␀")}, "faults": faults,
        "lengths": {"reason": LONGEST_REASON}, "days": settings.ROSTRA.address_days,
    }  # fmt: skip
    return render(request, "bans/addresses.html", context, status=422 if faults else 200)


@takes("GET")
def look(request: Request, number: str) -> HttpResponse:
    """What was asked for: only for whoever asked, and for an hour."""
    found = Look.objects.select_related("member").filter(id=number_from(number, "post")).first()
    if found is None or found.member is None:
        raise Http404(_("Nothing of that number was looked up."))
    refuse(why_not_see_look(request.actor, found) or why_not_look_up(request.actor, found.member))
    context = {
        "look": found, "member": found.member, "uses": uses_of(found.member.pk, request.actor), "may_ban": manages_members(request.actor),
        "days": settings.ROSTRA.address_days,
    }  # fmt: skip
    return render(request, "bans/look.html", context)


@takes("GET")
@for_administrators
def looks(request: Request) -> HttpResponse:
    """Who was shown whose addresses, and why."""
    rows = looks_before(id_before(request), NUMBER)
    older = f"/manage/looks/?before={rows[NUMBER - 1].id}" if len(rows) > NUMBER else ""
    return render(request, "bans/looks.html", {"looks": rows[:NUMBER], "older": older})


def _member(text: str) -> User:
    name = name_in(text)
    found = User.objects.filter(name_key=name_key(name), is_waiting=False).first()
    if found is None:
        raise Http404(_("There is no member called “%(name)s”.") % {"name": name[:60]})
    return found
