"""Signing in by name or by e-mail address, through allauth, with names compared as people read them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from rostra.accounts.models import User
from rostra.kernel.text import name_key


class NameOrEmail(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Finds the account by the key of its name; allauth makes a wrong name as slow as a wrong password."""

    def _authenticate(self, request: Any, **credentials: Any) -> User | None:
        """allauth's hook. One look at the password for each account, or an e-mail address that has one is slower."""
        password = str(credentials.get("password") or "")
        if credentials.get("email"):
            found: User | None = self._authenticate_by_email(credentials["email"], password)
            if found is not None or self._did_check_password:
                return found
        return self._authenticate_by_username(str(credentials.get("username") or ""), password)

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        """allauth's hook: the name as typed and the password."""
        user = User.objects.filter(name_key=name_key(username)).first()
        checked: User | None = self._check_password(user, password)
        return checked
