"""What every page needs: the frame around it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

from rostra.accounts.actors import GUEST, Actor
from rostra.board.queries import profile
from rostra.forums.queries import forest_in
from rostra.permissions.capabilities import May
from rostra.web.languages import here
from rostra.web.requests import stamp_of
from rostra.web.tokens import form_token


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame: the board, its counts, and who is looking."""
    stamp, place = stamp_of(request), here()
    actor = getattr(request, "actor", GUEST)
    return {
        "request": request,
        "actor": actor,
        "gives_rights": _may(request, actor, May.MANAGE_RIGHTS),
        "keeps_board": _may(request, actor, May.MANAGE_BOARD),
        "board": profile(stamp.structure),
        "stamp": stamp,
        "place": place,
        "csrf_token": form_token(request, is_member=actor.is_member),
        "viewing": request.META.get("rostra.viewing", "") if actor.stands_for else "",
        "notices": [],
    }


def _may(request: HttpRequest, actor: Actor, capability: May) -> bool:
    """Was this given for the whole board?"""
    if actor.is_admin or not actor.is_member:
        return actor.is_admin
    return forest_in(request.META).book.rights(actor).may(capability)


def render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the board."""
    return HttpResponse(engines["board"].get_template(template).render(context, request), status=status)
