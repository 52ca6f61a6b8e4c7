"""Whether the board runs."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from rostra.board.queries import stamp
from rostra.web.methods import takes


@takes("GET")
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("live\n", content_type="text/plain; charset=utf-8")


@takes("GET")
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers too, and holds a board."""
    try:
        stamp()
    except (DatabaseError, LookupError) as fault:
        return HttpResponse(
            f"not ready: {type(fault).__name__}\n", content_type="text/plain; charset=utf-8", status=503
        )
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
