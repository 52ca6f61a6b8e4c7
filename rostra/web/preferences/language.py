"""A member's language and time zone."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from rostra.accounts.actions import choose_language_and_zone
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.web import dates, languages
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

ADDRESS = "/settings/language/"


@takes("GET", "POST")
def language(request: Request) -> HttpResponse:
    """Choose them; the next page is in the new language."""
    member = request.actor.id
    if member is None:
        refuse(Refusal(gettext("Only members have settings."), gettext("Sign in first."), must_sign_in=True))
    typed = {"language": request.actor.language, "time_zone": request.actor.time_zone}
    if request.method != "POST":
        return _show(request, typed, {})
    typed = {name: request.POST.get(name, "") for name in typed}
    try:
        choose_language_and_zone(member_id=member or 0, **typed)
    except Invalid as invalid:
        return _show(request, typed, invalid.faults)
    return HttpResponseRedirect(f"{ADDRESS}?saved")


def _show(request: Request, typed: dict[str, str], faults: dict[str, str]) -> HttpResponse:
    now = languages.language()
    context = {
        "typed": typed,
        "faults": faults,
        "is_saved": "saved" in request.GET and not faults,
        "languages": [
            (code, languages.PSEUDO.get(code, code), dates.language_name(code))
            for code in settings.BOARD_LANGUAGES
        ],
        "zones": dates.zones(now),
        "board_zone": dates.zone_name(settings.ROSTRA.time_zone, now),
    }
    return render(request, "preferences/language.html", context, status=422 if faults else 200)
