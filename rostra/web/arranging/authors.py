"""Correcting whose post it is."""

from django.http import HttpResponse, HttpResponseRedirect

from rostra.forums.policy import why_not_moderate
from rostra.kernel.refusals import Invalid, refuse
from rostra.permissions.capabilities import May
from rostra.topics.authors import change_author
from rostra.web.arranging.places import LONGEST
from rostra.web.loading import post_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request


@takes("GET", "POST")
def author(request: Request, number: str) -> HttpResponse:
    """The member whose post it is, and why that is corrected."""
    post, _topic, forum = post_at(request, number)
    refuse(why_not_moderate(request.actor, forum, May.MOD_AUTHOR))
    typed = {name: request.POST.get(name, "").replace("\0", "␀")[:LONGEST] for name in ("name", "reason")}
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            change_author(moderator=request.actor, post_id=post.id, forum=forum, **typed)
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return HttpResponseRedirect(f"/p/{post.id}")
    context = {"post": post, "typed": typed, "faults": faults, "lengths": {"name": 60, "reason": 200}}
    return render(request, "arranging/author.html", context, status=422 if faults else 200)
