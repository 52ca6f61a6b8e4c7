"""What every page needs: the frame around it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.utils.functional import SimpleLazyObject

from rostra.accounts.actors import GUEST
from rostra.board.queries import profile
from rostra.web.languages import here
from rostra.web.requests import stamp_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame: the board, its counts, and who is looking."""
    stamp, place = stamp_of(request), here()
    return {
        "request": request,
        "actor": getattr(request, "actor", GUEST),
        "board": profile(stamp.structure),
        "stamp": stamp,
        "place": place,
        "csrf_token": SimpleLazyObject(lambda: get_token(request)),
        "notices": [],
    }


def render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the board."""
    return HttpResponse(engines["board"].get_template(template).render(context, request), status=status)
