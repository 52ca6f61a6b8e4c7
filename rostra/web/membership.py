"""Pages that only a member has, or an administrator."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext

from rostra.accounts.models import User
from rostra.forums.policy import why_not_give, why_not_manage
from rostra.kernel.refusals import Refusal, Refused, refuse
from rostra.permissions.capabilities import May
from rostra.web.requests import Request

View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """Decorate a view: a guest is led to the sign-in page and back."""

    @wraps(view)
    def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_member:
            raise Refused(
                Refusal(gettext("Only members have settings."), gettext("Sign in first."), must_sign_in=True)
            )
        return view(request, *args, **kwargs)

    return checked


def for_administrators(view: View) -> View:
    """Decorate a view: a guest is led to the sign-in page and back, a member is refused."""

    @wraps(view)
    def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_admin:
            remedy = "" if request.actor.is_member else gettext("Sign in first.")
            raise Refused(
                Refusal(
                    gettext("Only administrators can do this."),
                    remedy,
                    must_sign_in=not request.actor.is_member,
                )
            )
        return view(request, *args, **kwargs)

    return checked


def for_givers(view: View) -> View:
    """Decorate a view: only who may give rights comes in; a guest is led to the sign-in page and back."""

    @wraps(view)
    def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse(why_not_give(request.actor))
        return view(request, *args, **kwargs)

    return checked


def for_managers(capability: May) -> Callable[[View], View]:
    """Decorate a view: only who was given this capability of the whole board comes in; a guest is led to the sign-in page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            refuse(why_not_manage(request.actor, capability))
            return view(request, *args, **kwargs)

        return checked

    return decorate


def account_of(request: Request) -> User:
    """The account of the member who asks."""
    return User.objects.get(id=request.actor.id or 0)
