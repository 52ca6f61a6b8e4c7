"""Bans of addresses: the list of them, a form for a further one, and a button that ends one."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.bans.actions import LONGEST_REASON, MOST_DAYS, ban_address, end_ban
from rostra.bans.models import LONGEST_TARGET
from rostra.bans.policy import why_not_manage_bans
from rostra.bans.queries import listed_bans
from rostra.kernel.refusals import Invalid, refuse
from rostra.web.banned import stops_in_words
from rostra.web.clients import client_address
from rostra.web.loading import id_before
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

HOME = "/manage/bans/"
NUMBER = 50
_DEFAULTS = {"target": "", "stops": "1", "days": "30", "reason": ""}


@takes("GET", "POST")
def bans(request: Request) -> HttpResponse:
    """The bans that hold, with `all` those that ended too; POST sets one, or with `end` ends one."""
    refuse(why_not_manage_bans(request.actor))
    typed, faults = {**_DEFAULTS, "target": request.GET.get("target", "")[:LONGEST_TARGET]}, dict[str, str]()
    if request.method == "POST":
        if "end" in request.POST:
            end_ban(ender=request.actor, ban_id=_number(request.POST["end"]))
            return HttpResponseRedirect(f"{HOME}?done=ended")
        typed = {name: request.POST.get(name, "") for name in _DEFAULTS}
        try:
            ban_address(
                setter=request.actor, target=typed["target"], stops=_number(typed["stops"]),
                days=_number(typed["days"]), reason=typed["reason"], own_address=client_address(request),
            )  # fmt: skip
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return HttpResponseRedirect(f"{HOME}?done=banned")
    return render(request, "bans/bans.html", _context(request, typed, faults), status=422 if faults else 200)


def _context(request: Request, typed: dict[str, str], faults: dict[str, str]) -> dict[str, Any]:
    is_all = request.GET.get("all") == "1"
    rows = listed_bans(id_before(request), NUMBER, is_all=is_all)
    older = f"{HOME}?{'all=1&' if is_all else ''}before={rows[NUMBER - 1].id}" if len(rows) > NUMBER else ""
    return {
        "bans": rows[:NUMBER], "older": older, "is_all": is_all, "stops": stops_in_words(),
        "typed": {name: text.replace("\0", "␀") for name, text in typed.items()}, "faults": faults,
        "choices": [
            ("1", _("signing up only: members write on")), ("2", _("signing up, and writing as a member")),
            ("3", _("signing up, writing, and signing in; not for ranges, which others share")),
        ],
        "lengths": {"target": LONGEST_TARGET, "reason": LONGEST_REASON}, "most_days": MOST_DAYS,
        "own": client_address(request), "done": request.GET.get("done", ""),
    }  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else -1
