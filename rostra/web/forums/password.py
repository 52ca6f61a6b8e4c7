"""Typing the password of a forum."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from rostra.forums import policy
from rostra.forums.giving import opens
from rostra.forums.queries import Node
from rostra.kernel.refusals import refuse
from rostra.web import opened
from rostra.web.clients import client_network
from rostra.web.loading import missing, number_from
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import refuse_spent, spend
from rostra.web.requests import Request, forest_of

_LIMIT = "forum password from"


@takes("GET", "POST")
def password(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Ask for the password, and go on to where the reader came from."""
    node = forest_of(request).by_id.get(number_from(number, "forum"))
    if node is None:
        raise missing("forum", number)
    refuse(policy.why_not_open(request.actor, node))
    if not node.lock or node.lock in request.actor.opened or policy.is_moderator(request.actor, node):
        return HttpResponseRedirect(_onward(request, node))
    fault = ""
    if request.method == "POST":
        refuse_spent(_LIMIT, client_network(request))
        if opens(place=node.id, password=request.POST.get("password", "")):
            answer = HttpResponseRedirect(_onward(request, node))
            opened.remember(request, answer, node.lock, is_member=request.actor.is_member)
            return answer
        spend(_LIMIT, client_network(request))
        fault = gettext("This is not the password of “%(forum)s”.") % {"forum": node.name}
    context = {"forum": node, "fault": fault, "onward": _onward(request, node)}
    return render(request, "forums/password.html", context, status=422 if fault else 200)


def _onward(request: Request, node: Node) -> str:
    """Where the reader came from, when that is on this board; otherwise the forum."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else node.address
