"""How allauth makes an account of ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from rostra.accounts.actions import welcome
from rostra.accounts.models import User
from rostra.accounts.names import why_not_name
from rostra.kernel.text import name_key, tidy_name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Names by our rules, accounts by our action, no flash messages."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The tidy name. Raises ValidationError that says why not."""
        fault = why_not_name(username)
        if fault is not None:
            raise ValidationError(fault)
        return tidy_name(username)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Fill the account from the form and let our action write it."""
        typed = form.cleaned_data
        user.name, user.email = tidy_name(typed["username"]), typed.get("email") or ""
        user.name_key = name_key(user.name)
        user.set_password(typed["password1"])
        return welcome(user=user) if commit else user

    def add_message(self, *_: Any, **__: Any) -> None:
        """The page says it all."""
