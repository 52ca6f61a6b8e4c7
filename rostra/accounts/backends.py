"""Signing in by name or by e-mail address, through allauth, with names compared as people read them."""

from allauth.account.auth_backends import AuthenticationBackend

from rostra.accounts.models import User
from rostra.kernel.text import name_key


class NameOrEmail(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Finds the account by the key of its name; allauth makes a wrong name as slow as a wrong password."""

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        """allauth's hook: the name as typed and the password."""
        user = User.objects.filter(name_key=name_key(username)).first()
        checked: User | None = self._check_password(user, password)
        return checked
