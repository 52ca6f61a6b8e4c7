"""How allauth makes an account of ours, signs it in, and writes to it."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from rostra.accounts.actions import admit, note_sign_in, set_password, welcome
from rostra.accounts.models import ADDRESS_LENGTH, User
from rostra.accounts.names import why_not_name
from rostra.accounts.queries import language_at
from rostra.bans.actions import note_use
from rostra.kernel.changes import change
from rostra.kernel.refusals import refuse
from rostra.kernel.text import name_key, tidy_name
from rostra.web.banned import why_not_confirm, why_not_sign_in
from rostra.web.clients import client_address, client_network
from rostra.web.letters import site_of, write_letter
from rostra.web.ratelimits import TooMany, forgive, refuse_spent, spend

# allauth's name of a mail, and our template
LETTERS = {
    "email_confirmation_signup": "confirm_sign_up",
    "email_confirmation": "confirm_address",
    "account_already_exists": "account_exists",
    "password_reset_key": "reset_password",
    "unknown_account": "unknown_address",
    "password_changed": "password_changed",
    "password_reset": "password_changed",
    "email_changed": "address_changed",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Names by our rules, writes by our actions, letters by our job, limits of ours, no flash messages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("The name or the password is wrong."),
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is wrong."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "enter_current_password": gettext_lazy("This is not your present password."),
        "email_taken": gettext_lazy(
            "There is an account with this e-mail address. Sign in, or ask for a new password."
        ),
        "duplicate_email": gettext_lazy("This is the e-mail address of your account already."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The tidy name. Raises ValidationError that says why not."""
        fault = why_not_name(username)
        if fault is not None:
            raise ValidationError(fault)
        return tidy_name(username)

    def clean_email(self, email: str) -> str:
        """The address. Raises ValidationError for one that is longer than those that mail is sent to (RFC 5321)."""
        if len(email) > ADDRESS_LENGTH:
            fault = gettext("An e-mail address has at most %(most)s characters; this one has %(number)s.")
            raise ValidationError(fault % {"most": ADDRESS_LENGTH, "number": len(email)})
        return email

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Fill the account from the form and let our action write it."""
        typed = form.cleaned_data
        user.name, user.email = tidy_name(typed["username"]), typed.get("email") or ""
        user.name_key = name_key(user.name)
        user.is_waiting = settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory"
        user.set_password(typed["password1"])
        return welcome(user=user) if commit else user

    def set_password(self, user: User, password: str) -> None:
        """allauth's hook for a changed and for a reset password."""
        set_password(user=user, password=password)
        for login in (user.name, user.email):
            forgive("sign-in anywhere as", name_key(login))
            if self.request is not None:
                forgive("sign-in as", f"{name_key(login)} {client_network(self.request)}")

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Mark the address as confirmed, and make a member of an account that waited for it. Raises Refused for a banned one."""
        refuse(why_not_confirm(request, email_address.email))
        others = User.objects.filter(email=email_address.email, is_waiting=False)
        if others.exclude(pk=email_address.user_id).exists():
            return False
        with change(is_visible=False):
            is_confirmed = bool(super().confirm_email(request, email_address))
            if is_confirmed:
                admit(user_id=email_address.user_id)
        return is_confirmed

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, and put it into the member's list. Raises Refused where a ban of an address stops that."""
        refuse(why_not_sign_in(request, user))
        super().login(request, user)
        remember_session(request, user)

    def get_login_stages(self) -> list[str]:
        """Confirming an address is the only stage, and only for accounts that wait for it."""
        return ["rostra.web.accounts.stages.ConfirmAddress"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises TooMany when this network, or this account, has failed too often."""
        network = client_network(request)
        refuse_spent("sign-in from", network)
        refuse_spent("sign-in as", f"{_login(credentials)} {network}")
        refuse_spent("sign-in anywhere as", _login(credentials))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Only what fails is counted, for an account in each network: a stranger does not shut its owner out."""
        network = client_network(request)
        spend("sign-in from", network)
        spend("sign-in as", f"{_login(credentials)} {network}")
        spend("sign-in anywhere as", _login(credentials))

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing to take back: allauth's own limits are off."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the settings say."""
        return client_address(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a letter."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return site_of(self.request) + path

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link of a letter."""
        return site_of(request) + reverse("account_confirm_email", args=[emailconfirmation.key])

    def should_send_confirmation_mail(self, request: HttpRequest, email_address: Any, signup: bool) -> bool:
        """Not at every attempt to sign in: the link of an earlier letter works as well."""
        return _may_write_to(email_address.email)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Instead of a confirmation, and as often."""
        if _may_write_to(email):
            super().send_account_already_exists_mail(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put one of allauth's mails on its way in our words."""
        user = context.get("user")
        write_letter(
            self.request, email, LETTERS[template_prefix.rpartition("/")[2]],
            language=user.language if user is not None else language_at(email),
            name=user.name if user is not None else "",
            link=context.get("activate_url") or context.get("password_reset_url") or "",
            address=context.get("to_email", ""), days=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS,
            hours=settings.PASSWORD_RESET_TIMEOUT // 3600,
        )  # fmt: skip

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell an account's owner what was done to it."""
        to = email or user.email
        if to:
            self.send_mail(template_prefix, to, {"user": user, **(context or {})})

    def add_message(self, *_: Any, **__: Any) -> None:
        """The page says it all."""


def remember_session(request: HttpRequest, user: User) -> None:
    """Put the request's session into its member's list."""
    if request.session.session_key is None:
        request.session.save()
    with change(is_visible=False, passes_gates=True):
        note_sign_in(
            user=user,
            session_key=str(request.session.session_key),
            browser=request.META.get("HTTP_USER_AGENT", ""),
        )
        note_use(member_id=user.pk, network=client_network(request))


def _login(credentials: dict[str, Any]) -> str:
    """Which account somebody wants to sign in to, whichever way the name is written."""
    return name_key(str(credentials.get("email") or credentials.get("username") or ""))


def _may_write_to(address: str) -> bool:
    """Count a letter that somebody asked for. False above the limit: silently, for it must not tell who has an account."""
    try:
        spend("mail to", address.lower())
    except TooMany:
        return False
    return True
