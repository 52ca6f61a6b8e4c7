"""Choosing as whom to look at the board (`web/viewing.py`), and ending that."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.web.holders import Names
from rostra.web.membership import for_givers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.web.viewing import COOKIE, HOME, holder_in


@takes("GET", "POST")
def view(request: Request) -> HttpResponse:
    """The choice; POST looks at the board so, or with `do=end` as oneself again, which everybody may."""
    if request.method == "POST" and request.POST.get("do") == "end":
        answer = HttpResponseRedirect(HOME)
        answer.delete_cookie(COOKIE)
        return answer
    return _choice(request)


@for_givers
def _choice(request: Request) -> HttpResponse:
    names = Names()
    if request.method != "POST":
        return render(request, "manage/view.html", {"holders": names.to_choose()})
    key = request.POST.get("holder", "")
    if holder_in(names, key) is None:
        raise Http404(_("There is no such group or member: %(key)s") % {"key": key[:30]})
    answer = HttpResponseRedirect("/")
    answer.set_cookie(COOKIE, key, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE))
    return answer
