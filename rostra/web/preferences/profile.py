"""What a member says in the profile."""

from django.http import HttpResponse, HttpResponseRedirect

from rostra.accounts.actions import ABOUT_LENGTH, LOCATION_LENGTH, describe_oneself
from rostra.kernel.refusals import Invalid
from rostra.web.membership import account_of, for_members
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import spend
from rostra.web.requests import Request


@takes("GET")
@for_members
def settings_index(request: Request) -> HttpResponse:
    """The first page of the area."""
    return HttpResponseRedirect("/settings/profile/")


@takes("GET", "POST")
@for_members
def profile(request: Request) -> HttpResponse:
    """Location and a few words about oneself."""
    user = account_of(request)
    typed = {"location": user.location, "about": user.about}
    faults: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        spend("password of", request.actor.id)
        try:
            describe_oneself(member_id=user.pk, **typed)
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return HttpResponseRedirect("/settings/profile/?done=profile")
    shown = {name: text.replace("\0", "␀") for name, text in typed.items()}
    context = {
        "typed": shown,
        "faults": faults,
        "location_length": LOCATION_LENGTH,
        "about_length": ABOUT_LENGTH,
    }
    return render(request, "preferences/profile.html", context, status=422 if faults else 200)
