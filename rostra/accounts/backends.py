"""Signing in by name or by e-mail address, through allauth, with names compared as people read them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import make_password

from rostra.accounts.models import User
from rostra.kernel.text import name_key


class NameOrEmail(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Finds the account by the key of its name."""

    def _authenticate_by_username(self, **credentials: Any) -> User | None:
        """allauth's hook: the name as typed and the password."""
        name, password = credentials.get("username") or credentials.get("name"), credentials.get("password")
        if not name or password is None:
            return None
        user = User.objects.filter(name_key=name_key(name)).first()
        if user is None:
            make_password(
                password
            )  # as slow as a wrong password, so that names cannot be guessed by the clock
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
