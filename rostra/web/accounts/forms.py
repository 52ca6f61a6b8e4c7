"""The forms of signing up and in, in the words of a forum."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django.utils.translation import gettext


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Name, e-mail address, password once: it can be shown, so it need not be typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, hint in (
            (
                "username",
                gettext("Name"),
                gettext("As others will see it. Spaces and letters of any alphabet are fine."),
            ),
            ("email", gettext("E-mail address"), gettext("Only the board's administrators see it.")),
            (
                "password1",
                gettext("Password"),
                gettext("At least 8 characters; a few random words are better than one."),
            ),
        ):
            self.fields[name].label, self.fields[name].help_text = label, hint
            self.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Name or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = gettext("Name or e-mail address")
        self.fields["password"].label = gettext("Password")
        self.fields["remember"].label = gettext("Stay signed in")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
