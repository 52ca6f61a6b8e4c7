"""The forms of accounts, in the words of a forum."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm as AllauthChangePassword,
)
from allauth.account.forms import (
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from rostra.accounts.actions import welcome
from rostra.accounts.models import User
from rostra.kernel.text import name_key

TRAP = "homepage"  # programs fill in every field
PASSWORD_HINT = gettext_lazy("At least 8 characters; a few random words are better than one.")


def _word(form: forms.BaseForm, words: dict[str, tuple[Any, Any]]) -> None:
    """Labels and hints; no placeholders, which vanish when somebody types."""
    for name, (label, hint) in words.items():
        form.fields[name].label, form.fields[name].help_text = label, hint
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = gettext(
                "This is no e-mail address: one looks like name@example.org."
            )
        if isinstance(field.widget, forms.PasswordInput):  # it can be shown, and then is like any other text
            field.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Name, e-mail address, password once: it can be shown, so it need not be typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = (
            gettext("Name"),
            gettext("As others will see it. Spaces and letters of any alphabet are fine."),
        )
        email = (gettext("E-mail address"), gettext("Only the board's administrators see it."))
        words = {"username": name, "email": email, "password1": (gettext("Password"), PASSWORD_HINT)}
        board = settings.ROSTRA
        if board.signup_question:
            self.fields["answer"] = forms.CharField(max_length=100)
            words["answer"] = (
                board.signup_question,
                gettext("It keeps machines out. The letter case does not matter."),
            )
        _word(self, words)

    def clean_answer(self) -> str:
        """What the board asks of who signs up. Raises ValidationError."""
        given = name_key(self.cleaned_data["answer"].strip())
        if given not in {name_key(each.strip()) for each in settings.ROSTRA.signup_answers.split(",")}:
            raise forms.ValidationError(
                gettext("This is not the answer. Ask the board's contact if you do not know it.")
            )
        return given

    def clean(self) -> Any:
        """Raises ValidationError for what fills in the field that people do not see."""
        if self.data.get(TRAP):
            raise forms.ValidationError(gettext("Leave the hidden field “%(name)s” empty.") % {"name": TRAP})
        return super().clean()

    def try_save(self, request: HttpRequest) -> tuple[User | None, Any]:
        """An address that has an account already takes as long as one that has none, and takes the name as well.

        Otherwise a second sign-up with the same name would tell whether the first made an account. What stands
        for the name has no address and no password, and is forgotten with the accounts that wait.
        """
        if self.account_already_exists:
            taken = User(name=self.cleaned_data["username"], is_waiting=True)
            taken.password = make_password(None)
            make_password(self.cleaned_data["password1"])
            welcome(user=taken)
        made: tuple[User | None, Any] = super().try_save(request)
        return made


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Name or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, {"login": (gettext("Name or e-mail address"), ""), "password": (gettext("Password"), "")})
        plain = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"].widget.attrs |= plain
        self.fields["remember"].label = gettext("Stay signed in on this device")


class AgainForm(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, {"password": (gettext("Password"), "")})


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The address to send a link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, {"email": (gettext("E-mail address"), gettext("The one that you signed up with."))})


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """A new password, once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _word(self, {"password1": (gettext("New password"), PASSWORD_HINT)})


class ChangePasswordForm(AllauthChangePassword):  # type: ignore[misc]  # allauth ships no types
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _word(
            self,
            {
                "oldpassword": (gettext("Present password"), ""),
                "password1": (gettext("New password"), PASSWORD_HINT),
            },
        )


class ChangeAddressForm(forms.Form):
    """A new address, and the password: somebody at an unlocked screen must not take an account over."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        _word(
            self, {"email": (gettext("New e-mail address"), ""), "password": (gettext("Your password"), "")}
        )

    def clean_email(self) -> str:
        """In small letters. Raises ValidationError for the address that the account has, and for one too long."""
        typed = str(get_adapter().clean_email(self.cleaned_data["email"])).lower()
        if typed == self._user.email:
            raise forms.ValidationError(gettext("This is the e-mail address of your account already."))
        return typed

    def clean_password(self) -> str:
        """The password of the account. Raises ValidationError."""
        typed = str(self.cleaned_data["password"])
        if not self._user.check_password(typed):
            raise forms.ValidationError(gettext("This is not your password."))
        return typed
