"""Rules as YAML, out of a place and into it."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from rostra.houserules.exchange import LONGEST, bring_rules, written
from rostra.houserules.queries import rules_of
from rostra.kernel.refusals import Invalid
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.web.rules.places import place_to_rule


@takes("GET", "POST")
def carry(request: Request, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """The rules as YAML to copy, and a field for others to bring in: all of them or none."""
    place = place_to_rule(request, number)
    typed, faults = "", dict[str, str]()
    if request.method == "POST":
        typed = request.POST.get("file", "")
        is_waived = bool(request.POST.get("waived"))
        try:
            bring_rules(author=request.actor, forum=place.forum, text=typed, is_waived=is_waived)
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return HttpResponseRedirect(f"{place.address}?done=brought")
    context = {
        "home": place,
        "written": written(rules_of(place.id)),
        "shown": {"file": typed.replace("\0", "␀")},
        "faults": faults,
        "lengths": {"file": LONGEST},
    }
    return render(request, "rules/carry.html", context, status=422 if faults else 200)


@takes("GET")
def file(request: Request, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """The rules as a file."""
    place = place_to_rule(request, number)
    name = f"rules-{place.forum.slug}.yaml" if place.forum else "rules.yaml"
    response = HttpResponse(written(rules_of(place.id)), "application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
