"""What every page needs: the frame around it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

from rostra.accounts.actors import GUEST, Actor
from rostra.board.queries import profile
from rostra.forums.queries import forest_in
from rostra.permissions.capabilities import ABOUT, Area, May, names_of
from rostra.web.languages import here
from rostra.web.requests import stamp_of
from rostra.web.tokens import form_token

_MANAGING = May(sum(each for each, about in ABOUT.items() if about.area is Area.MANAGING))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame: the board, its counts, and who is looking."""
    stamp, place = stamp_of(request), here()
    actor = getattr(request, "actor", GUEST)
    return {
        "request": request,
        "actor": actor,
        "manages": _managed(request, actor) if actor.is_member else (),
        "board": profile(stamp.structure),
        "stamp": stamp,
        "place": place,
        "csrf_token": form_token(request, is_member=actor.is_member),
        "viewing": request.META.get("rostra.viewing", "") if actor.stands_for else "",
        "notices": [],
    }


def _managed(request: HttpRequest, actor: Actor) -> tuple[str, ...]:
    """Which pages under Manage are theirs, by the names of the capabilities."""
    mask = forest_in(request.META).book.rights(actor).board & _MANAGING
    return tuple(names_of(mask)) if mask else ()


def render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the board."""
    return HttpResponse(engines["board"].get_template(template).render(context, request), status=status)
