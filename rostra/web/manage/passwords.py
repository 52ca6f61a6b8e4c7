"""Passwords of forums: which forums have one, and a form that sets or removes one."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.giving import LONGEST_PASSWORD, set_forum_password
from rostra.forums.queries import forest_in
from rostra.kernel.refusals import Invalid
from rostra.permissions.resolution import BOARD
from rostra.web.holders import number_in, places
from rostra.web.membership import for_givers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

HOME = "/manage/passwords/"


@takes("GET", "POST")
@for_givers
def passwords(request: Request) -> HttpResponse:
    """All forums with a password; POST sets one, or with `remove` takes one away."""
    forest, fault = forest_in(request.META), ""
    removed = number_in(request.POST.get("remove", ""))
    place = removed or number_in(request.POST.get("place", "")) or BOARD
    if request.method == "POST":
        try:
            typed = "" if removed else request.POST.get("password", "")
            if not (typed or removed):
                raise Invalid(password=_("Type a password."))
            set_forum_password(giver=request.actor, place=place, password=typed)
        except Invalid as invalid:
            fault = str(invalid)
        else:
            return HttpResponseRedirect(f"{HOME}?done={'removed' if removed else 'set'}")
    context = {
        "locked": [node for node in forest.by_id.values() if node.lock],
        "places": [each for each in places(forest) if each.id != BOARD],
        "chosen": place,
        "length": LONGEST_PASSWORD,
        "fault": fault,
        "done": request.GET.get("done", ""),
    }
    return render(request, "manage/passwords.html", context, status=422 if fault else 200)
