"""Signing up, in and out, and new passwords: allauth's views with our limits. Confirming an address is ours."""

from typing import Any

from allauth.account import app_settings
from allauth.account import views as allauth
from allauth.account.internal.flows import email_verification
from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import signing
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, gettext_lazy

from rostra.accounts.names import why_not_name
from rostra.mail.actions import can_send
from rostra.web import errors
from rostra.web.banned import faults_of_sign_up
from rostra.web.clients import client_network
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import refuse_spent, spend
from rostra.web.requests import Request

NO_MAIL = gettext_lazy("This board sends no mail, so it cannot send you a new password.")


class SignUp(allauth.SignupView):  # type: ignore[misc]  # allauth ships no types
    """Make an account."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Only accounts that are made count, not the attempts at a name that is free."""
        faults = faults_of_sign_up(self.request, form.cleaned_data.get("email", ""))
        for field, told in faults:
            form.add_error(field, told)
        if faults:
            return _answer(self.form_invalid(form))
        spend("sign-up from", client_network(self.request))
        try:
            return _answer(super().form_valid(form))
        except IntegrityError:  # somebody else took the name a moment ago
            fault = why_not_name(form.cleaned_data["username"])
            if fault is None:
                raise
            form.add_error("username", fault)
            return _answer(self.form_invalid(form))


class Forgotten(allauth.PasswordResetView):  # type: ignore[misc]  # allauth ships no types
    """Send a link for a new password. The answer does not say whether there is such an account."""

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """On a board without mail, say who can help."""
        if not can_send():
            return errors.page(
                request, 404, str(NO_MAIL), gettext("Ask an administrator of the board for one.")
            )
        return _answer(super().dispatch(request, *args, **kwargs))

    def form_valid(self, form: Any) -> HttpResponse:
        """Count for the network and for the address."""
        spend("mail from", client_network(self.request))
        spend("mail to", form.cleaned_data["email"].lower())
        return _answer(super().form_valid(form))


class NewPassword(allauth.PasswordResetFromKeyView):  # type: ignore[misc]  # allauth ships no types
    """Choose a password by the link of a letter."""

    def dispatch(self, request: Request, uidb36: str, key: str, **kwargs: Any) -> HttpResponse:
        """Links are guessed at a limited pace only."""
        if request.method == "POST" or key != self.reset_url_key:
            spend("link from", client_network(request))
        return _answer(super().dispatch(request, uidb36, key, **kwargs))


def _answer(response: Any) -> HttpResponse:
    """allauth ships no types."""
    made: HttpResponse = response
    return made


@takes("GET", "POST")
def sent(request: Request) -> HttpResponse:
    """A letter with a link is on its way; a button sends it once more."""
    login = unstash_login(request, peek=True)
    if request.method == "POST" and login is not None:
        address = login.user.email if login.user else login.email
        spend("mail from", client_network(request))
        refuse_spent("mail to", address.lower())
        email_verification.send_verification_email_at_login(request, login)
        return HttpResponseRedirect(f"{request.path}?again=1")
    context = {"can_repeat": login is not None, "was_repeated": "again" in request.GET}
    return render(request, "account/sent.html", context)


@takes("GET", "POST")
def confirm(request: Request, key: str) -> HttpResponse:
    """The page that a letter's link leads to: its button confirms the address. A GET changes nothing."""
    spend("link from", client_network(request))
    found = EmailConfirmationHMAC.from_key(key)
    if found is None:
        return _not_confirmed(request, key)
    if request.method != "POST":
        return render(request, "account/confirm.html", {"address": found.email_address})
    address, response = email_verification.verify_email_and_resume(request, found)
    if response is not None:
        return _answer(response)
    if address is None:
        told = gettext("%(address)s belongs to another account by now.") % {
            "address": found.email_address.email
        }
        return errors.page(request, 422, told, gettext("Sign in to that account, or use another address."))
    there = (
        "/settings/account/?done=address"
        if request.actor.id == address.user_id
        else "/sign-in/?done=confirmed"
    )
    return HttpResponseRedirect(there)


def _not_confirmed(request: Request, key: str) -> HttpResponse:
    """The link is too old, was used, or is none."""
    address = _address_of(key)
    if address is None or address.verified:
        return render(request, "account/spent.html", {"address": address}, status=200 if address else 404)
    if request.method == "POST":
        spend("mail from", client_network(request))
        spend("mail to", address.email.lower())
        email_verification.send_verification_email_to_address(
            request, address, signup=address.user.is_waiting
        )
        return HttpResponseRedirect("/sign-up/confirm/?again=1")
    return render(request, "account/expired.html", {"address": address}, status=410)


def _address_of(key: str) -> EmailAddress | None:
    """Whose link it is, however old."""
    try:
        number = signing.loads(key, salt=app_settings.SALT)
    except signing.BadSignature:
        return None
    return EmailAddress.objects.select_related("user").filter(pk=number).first()


@takes("GET")
def inactive(request: Request) -> HttpResponse:
    """The account was switched off."""
    return errors.page(
        request,
        403,
        gettext("This account has been switched off."),
        gettext("An administrator can tell you why."),
    )
