"""Which grant decided: for any member, forum and capability."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rostra.accounts.actors import GUEST, Actor, actor_with_id
from rostra.accounts.queries import members_named
from rostra.forums.queries import forest_in
from rostra.permissions.capabilities import BY_NAME
from rostra.permissions.resolution import BOARD
from rostra.web.holders import Names, number_in, places
from rostra.web.membership import for_givers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.reasons import capabilities, explained
from rostra.web.requests import Request


@takes("GET")
@for_givers
def why(request: Request) -> HttpResponse:
    """Choose who, where and what; without a name it is a guest."""
    forest, asked = forest_in(request.META), request.GET.get("member", "").strip()
    place = number_in(request.GET.get("place", "")) or BOARD
    place = place if place in forest.by_id else BOARD
    capability = BY_NAME.get(request.GET.get("may", ""))
    actor = _actor(asked)
    context = {
        "places": places(forest),
        "chosen": place,
        "capabilities": capabilities(),
        "capability": request.GET.get("may", ""),
        "asked": asked[:60].replace("\0", "␀"),
        "fault": ""
        if actor
        else _("Nobody is called “%(name)s” here.") % {"name": asked[:60].replace("\0", "␀")},
        "told": explained(forest, Names(), actor, capability, place) if actor and capability else None,
    }
    return render(request, "manage/why.html", context, status=200 if actor else 422)


def _actor(name: str) -> Actor | None:
    """Who is asked about; a guest without a name, None when nobody is called that."""
    if not name:
        return GUEST
    found = members_named([name]).get(name)
    return actor_with_id(found.id) if found else None
