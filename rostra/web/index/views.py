"""The board index, and the small files a browser asks for."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.board.queries import profile
from rostra.reading.queries import unread_forums
from rostra.web import atoms
from rostra.web.heads import board_head
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.recent import recent
from rostra.web.requests import Request, closed_of, cutoff_of, forest_of, may_cache, sieve_of, stamp_of
from rostra.web.tree import branches, categories


@takes("GET", in_lane=True)
def index(request: Request) -> HttpResponse:
    """The tree of categories and forums, the board's numbers, and the newest topics."""
    may_cache(request)
    reader = request.actor.id
    unread = unread_forums(reader, cutoff_of(request)) if reader is not None else set()
    content, sieve = stamp_of(request).content, sieve_of(request)
    context = {
        "head": board_head(profile(stamp_of(request).structure)),
        "categories": categories(
            branches(forest_of(request).roots, content, closed_of(request), unread, sieve.forums)
        ),
        "recent": recent(content, closed_of(request), sieve),
    }
    return render(request, "index/index.html", context)


@takes("GET")
def keys(request: Request) -> HttpResponse:
    """The keyboard shortcuts, and their switch."""
    rows = [
        (["j"], _("next post, topic, forum or entry of the queue")),
        (["k"], _("the one before")),
        (["o"], _("open it")),
        (["r"], _("reply, or begin a topic")),
        (["q"], _("quote the post, or what is selected in it")),
        (["e"], _("edit the post")),
        (["n"], _("next page")),
        (["p"], _("previous page")),
        (["u"], _("up to the forum")),
        (["g", "i"], _("board index")),
        (["g", "u"], _("unread topics")),
        (["g", "a"], _("active topics")),
        (["g", "n"], _("new topics")),
        (["g", "m"], _("topics I wrote in")),
        (["g", "d"], _("drafts")),
        (["a"], _("in the queue of moderators: post the text")),
        (["r"], _("in the queue: refuse or remove, with reasons")),
        (["s"], _("in the queue: the reported post stays")),
        (["c"], _("in the queue: say that you are at it")),
        (["e"], _("in the queue: open the case, the post or the topic")),
        ([_("Ctrl"), _("Enter")], _("send what you are writing")),
        ([_("Ctrl"), "B"], _("bold, in the text you are writing")),
        ([_("Ctrl"), "I"], _("italic")),
        ([_("Ctrl"), "K"], _("a link")),
        (["?"], _("this list")),
    ]
    may_cache(request)
    return render(request, "index/keys.html", {"rows": rows})


@takes("GET")
def favicon(request: Request) -> HttpResponse:
    """The icon, for browsers that ask at the root."""
    return HttpResponseRedirect(atoms.asset("rostra.svg"))
