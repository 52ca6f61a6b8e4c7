"""The board index, and the small files a browser asks for."""

from django.http import HttpResponse, HttpResponseRedirect

from rostra.board.queries import profile
from rostra.reading.queries import forum_marks
from rostra.web import atoms
from rostra.web.heads import board_head
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.recent import recent
from rostra.web.requests import Request, forest_of, joined_at, may_cache, stamp_of
from rostra.web.tree import branches, categories


@takes("GET", in_lane=True)
def index(request: Request) -> HttpResponse:
    """The tree of categories and forums, the board's numbers, and the newest topics."""
    may_cache(request)
    actor = request.actor
    marks = forum_marks(actor.id) if actor.id is not None else None
    content = stamp_of(request).content
    context = {
        "head": board_head(profile(stamp_of(request).structure)),
        "categories": categories(branches(forest_of(request).roots, content, marks, joined_at(request))),
        "recent": recent(content),
    }
    return render(request, "index/index.html", context)


@takes("GET")
def favicon(request: Request) -> HttpResponse:
    """The icon, for browsers that ask at the root."""
    return HttpResponseRedirect(atoms.asset("rostra.svg"))
