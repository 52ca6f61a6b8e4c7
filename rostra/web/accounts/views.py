"""The two pages of signing in that are ours alone."""

from django.http import HttpResponse
from django.utils.translation import gettext

from rostra.web import errors
from rostra.web.methods import takes
from rostra.web.requests import Request


@takes("GET")
def inactive(request: Request) -> HttpResponse:
    """The account was switched off."""
    return errors.page(
        request,
        403,
        gettext("This account has been switched off."),
        gettext("An administrator can tell you why."),
    )


@takes("GET")
def forgotten(request: Request) -> HttpResponse:
    """Until mail can be sent, an administrator sets a new password."""
    remedy = gettext("Ask an administrator of the board.")
    return errors.page(
        request, 404, gettext("This board cannot send you a new password by mail yet."), remedy
    )
