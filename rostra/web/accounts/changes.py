"""Changing the e-mail address and the password of one's account: the page “Account” of the settings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.internal.flows.password_change import finalize_password_change
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from rostra.accounts.actions import change_address
from rostra.accounts.models import User
from rostra.accounts.queries import language_at
from rostra.kernel.changes import change
from rostra.mail.actions import can_send
from rostra.web.accounts.adapter import remember_session
from rostra.web.accounts.forms import ChangeAddressForm, ChangePasswordForm
from rostra.web.banned import fault_of_email
from rostra.web.clients import client_network
from rostra.web.letters import write_letter
from rostra.web.membership import account_of, for_members
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import spend
from rostra.web.requests import Request

HOME = "/settings/account/"
Act = Callable[[Request, User, Any], HttpResponse]


@takes("GET")
@for_members
def account(request: Request) -> HttpResponse:
    """What the account has, and the forms to change it."""
    return _page(request, account_of(request))


def _with_form(kind: type[Any]) -> Callable[[Act], Callable[..., HttpResponse]]:
    """Decorate what is done with a form once it is right. A faulty one is shown again, and a GET leads to the page.

    Both forms ask for the password, so they count together against guessing it.
    """

    def decorate(act: Act) -> Callable[..., HttpResponse]:
        @takes("GET", "POST")
        @for_members
        @wraps(act)
        def view(request: Request) -> HttpResponse:
            user = User.objects.get(pk=request.user.pk or 0)  # and so the session is read before it may end
            if request.method != "POST":
                return HttpResponseRedirect(HOME)
            spend("password of", user.pk)
            form = kind(data=request.POST, user=user)
            return act(request, user, form) if form.is_valid() else _page(request, user, form)

        return view

    return decorate


@_with_form(ChangeAddressForm)
def address(request: Request, user: User, form: Form) -> HttpResponse:
    """Ask for another address. Nothing changes before the link that is sent there is used."""
    wanted = str(form.cleaned_data["email"])
    banned = fault_of_email(request, wanted)
    if banned:
        form.add_error("email", banned)
        return _page(request, user, form)
    if can_send():
        _send_link(request, user, wanted)
        return _done("sent")
    if _is_taken(user, wanted):
        form.add_error("email", gettext("There is another account with this e-mail address."))
        return _page(request, user, form)
    change_address(user_id=user.pk, address=wanted)
    return _done("address")


@takes("POST")
@for_members
def pending_address(request: Request) -> HttpResponse:
    """The link that was sent to a new address: send it again, or forget it."""
    user = account_of(request)
    pending = _pending(user)
    if pending is not None and request.POST.get("do") == "again":
        _send_link(request, user, pending.email)
        return _done("sent")
    if pending is not None:
        with change(is_visible=False):
            pending.delete()
    return HttpResponseRedirect(HOME)


@_with_form(ChangePasswordForm)
def password(request: Request, user: User, form: Any) -> HttpResponse:
    """Change the password: other browsers are signed out, this one stays."""
    form.save()
    finalize_password_change(request, user)
    remember_session(request, user)
    return _done("password")


def _done(what: str) -> HttpResponse:
    return HttpResponseRedirect(f"{HOME}?done={what}")


def _send_link(request: Request, user: User, wanted: str) -> None:
    """A letter to the new address; when that is another account's, one that says so, and the page tells nothing."""
    spend("mail from", client_network(request))
    spend("mail to", wanted)
    with change(is_visible=False):
        sync_user_email_address(user)  # so that the old one is told
        EmailAddress.objects.filter(user=user, verified=False).exclude(
            email__in=(user.email, wanted)
        ).delete()
        row, _ = EmailAddress.objects.get_or_create(user=user, email=wanted)
        if _is_taken(user, wanted):
            write_letter(request, wanted, "account_exists", language=language_at(wanted))
        else:
            send_verification_email_to_address(request, row)


def _is_taken(user: User, wanted: str) -> bool:
    return any(
        other.pk != user.pk for other in filter_users_by_email(wanted) if not _only_wants(other, wanted)
    )


def _only_wants(other: User, wanted: str) -> bool:
    """Has the other account merely asked for this address, and never confirmed it?"""
    has_it = EmailAddress.objects.filter(user=other, email=wanted, verified=True).exists()
    return other.email != wanted and not has_it


def _pending(user: User) -> EmailAddress | None:
    found = EmailAddress.objects.filter(user=user, verified=False).exclude(email=user.email)
    return found.order_by("-pk").first()


def _page(request: Request, user: User, faulty: Form | None = None) -> HttpResponse:
    """The page with both forms; one that was filled in wrongly is shown as it was."""

    def shown(kind: type[Any]) -> Any:
        return faulty if isinstance(faulty, kind) else kind(user=user)

    context = {
        "user": user,
        "pending": _pending(user),
        "address_form": shown(ChangeAddressForm),
        "password_form": shown(ChangePasswordForm),
        "sends_mail": can_send(),
    }
    return render(request, "preferences/account.html", context, status=200 if faulty is None else 422)
