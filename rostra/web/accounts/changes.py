"""Changing the e-mail address and the password of one's account: the page “Account” of the settings."""

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
from rostra.web.clients import client_network
from rostra.web.letters import write_letter
from rostra.web.membership import account_of, for_members
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import spend
from rostra.web.requests import Request

HOME = "/settings/account/"


@takes("GET")
@for_members
def account(request: Request) -> HttpResponse:
    """What the account has, and the forms to change it."""
    return _page(request, account_of(request))


@takes("GET", "POST")
@for_members
def address(request: Request) -> HttpResponse:
    """Ask for another address. Nothing changes before the link that is sent there is used."""
    user = account_of(request)
    if request.method != "POST":
        return HttpResponseRedirect(HOME)
    spend("password of", user.pk)
    form = ChangeAddressForm(data=request.POST, user=user)
    if not form.is_valid():
        return _page(request, user, address_form=form)
    wanted = str(form.cleaned_data["email"])
    if can_send():
        _send_link(request, user, wanted)
        return HttpResponseRedirect(f"{HOME}?done=sent")
    if _is_taken(user, wanted):
        form.add_error("email", gettext("There is another account with this e-mail address."))
        return _page(request, user, address_form=form)
    change_address(user_id=user.pk, address=wanted)
    return HttpResponseRedirect(f"{HOME}?done=address")


@takes("POST")
@for_members
def pending_address(request: Request) -> HttpResponse:
    """The link that was sent to a new address: send it again, or forget it."""
    user = account_of(request)
    pending = _pending(user)
    if pending is not None and request.POST.get("do") == "again":
        _send_link(request, user, pending.email)
        return HttpResponseRedirect(f"{HOME}?done=sent")
    if pending is not None:
        with change(is_visible=False):
            pending.delete()
    return HttpResponseRedirect(HOME)


@takes("GET", "POST")
@for_members
def password(request: Request) -> HttpResponse:
    """Change the password: other browsers are signed out, this one stays."""
    user = User.objects.get(pk=request.user.pk or 0)  # and so the session is read before it is ended
    if request.method != "POST":
        return HttpResponseRedirect(HOME)
    spend("password of", user.pk)
    form = ChangePasswordForm(data=request.POST, user=user)
    if not form.is_valid():
        return _page(request, user, password_form=form)
    form.save()
    finalize_password_change(request, user)
    remember_session(request, user)
    return HttpResponseRedirect(f"{HOME}?done=password")


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


def _page(
    request: Request, user: User, *, address_form: Form | None = None, password_form: Form | None = None
) -> HttpResponse:
    context = {
        "user": user,
        "pending": _pending(user),
        "address_form": address_form or ChangeAddressForm(user=user),
        "password_form": password_form or ChangePasswordForm(user=user),
        "sends_mail": can_send(),
    }
    is_faulty = address_form is not None or password_form is not None
    return render(request, "preferences/account.html", context, status=422 if is_faulty else 200)
