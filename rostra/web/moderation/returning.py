"""Back to the queue after a decision, at what comes next in it."""

import re

from django.http import HttpResponseRedirect

from rostra.web.requests import Request

HOME = "/moderate/"
_PLACE = re.compile(
    r"(?P<page>/moderate/(?:\?(?:texts|reports|appeals)=[0-9]{1,18})?)(?P<entry>(?:#(?:held|report|appeal)[0-9]{1,18})?)"
)


def next_of(request: Request) -> str:
    """Where in the queue whoever decides came from and goes on; nothing for a decision that began elsewhere."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if _PLACE.fullmatch(asked) else ""


def onward(request: Request, done: str, otherwise: str = HOME) -> HttpResponseRedirect:
    """On to what comes next in the queue, where it is said what was done."""
    found = _PLACE.fullmatch(next_of(request) or otherwise)
    if found is None:
        return HttpResponseRedirect(otherwise)
    page = found["page"]
    return HttpResponseRedirect(f"{page}{'&' if '?' in page else '?'}done={done}{found['entry']}")
