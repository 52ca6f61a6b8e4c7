"""Giving everybody in some forums what they are given in another."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.effects import with_copied
from rostra.forums.giving import copy_grants
from rostra.forums.queries import Forest, forest_in
from rostra.permissions.resolution import BOARD
from rostra.web.holders import Names, number_in, place_name, places
from rostra.web.manage import effects
from rostra.web.manage.shown import token, was_shown
from rostra.web.membership import for_givers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, stamp_of

HOME = "/manage/rights/copy/"


@takes("GET", "POST")
@for_givers
def copy(request: Request) -> HttpResponse:
    """Choose a forum and those that get its rights; look at the effect, and save."""
    forest = forest_in(request.META)
    if request.method != "POST":
        return _page(request, forest, number_in(request.GET.get("source", "")) or BOARD, [], "")
    source = number_in(request.POST.get("source", "")) or BOARD
    numbers = {number_in(text) for text in request.POST.getlist("target")}
    targets = [place for place in forest.by_id if place in numbers and place != source]
    if source not in forest.by_id or not targets:
        return _page(
            request,
            forest,
            source,
            targets,
            _("Choose a forum, and at least one other that gets its rights."),
        )
    if request.POST.get("do") == "save" and was_shown(request, forest.book, ["copy", source, targets]):
        copy_grants(giver=request.actor, source=source, targets=targets)
        return HttpResponseRedirect(f"{HOME}?done=copied")
    if request.POST.get("do") == "edit":
        return _page(request, forest, source, targets, "")
    context = {
        "source": source,
        "targets": targets,
        "from_name": place_name(forest, source),
        "to_names": ", ".join(place_name(forest, target) for target in targets),
        "token": token(forest.book, ["copy", source, targets]),
        "told": effects.told(
            forest, with_copied(forest.book, source, targets), Names(), stamp_of(request).content
        ),
    }
    return render(request, "manage/copy_effect.html", context)


def _page(request: Request, forest: Forest, source: int, targets: list[int], fault: str) -> HttpResponse:
    context = {
        "places": [each for each in places(forest) if each.id != BOARD],
        "source": source,
        "targets": targets,
        "fault": fault,
        "done": request.GET.get("done", ""),
    }
    return render(request, "manage/copy.html", context, status=422 if fault else 200)
