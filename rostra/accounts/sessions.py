"""Sessions in the database, read by a statement: the ORM's way was a fifth of a member's page."""

from typing import NamedTuple

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session

from rostra.kernel.clock import now
from rostra.kernel.statements import Statement


class _SessionRow(NamedTuple):
    session_data: str


_SESSION = Statement(
    "accounts.session",
    _SessionRow,
    "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s",
    sample=["x", now()],
)


def session_text(key: str) -> str | None:
    """The signed text of a session that has not ended. A key may be anything that a cookie can hold, NUL too."""
    if not (key.isascii() and key.isalnum()):
        return None
    row = _SESSION.first(key, now())
    return row.session_data if row else None


class SessionStore(DatabaseSessions):
    """Django's sessions; only the read is ours."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's own table."""
        return Session

    def load(self) -> dict[str, object]:
        """What the session holds; one that ended or never was is empty, and gets a new key."""
        text = session_text(self.session_key) if self.session_key else None
        if text is None:
            self._session_key = None
            return {}
        return self.decode(text)
