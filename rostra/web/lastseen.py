"""Which members were here: noted in memory, written in one go every minute. A page itself writes nothing.

A session is written at most once an hour, and with it the day in its member's profile.
"""

import logging
from time import monotonic

from django.db import DatabaseError

from rostra.accounts.actions import note_uses
from rostra.kernel.refusals import Refused
from rostra.web.behind import WrittenBehind

logger = logging.getLogger(__name__)
SECONDS = 60
SECONDS_BETWEEN = 3600
MOST = 50_000  # sessions remembered as written


class Present(WrittenBehind):
    """Sessions that were used, each with its member."""

    def __init__(self) -> None:
        super().__init__("last-seen", SECONDS)
        self._written: dict[str, float] = {}
        self._pending: dict[str, int] = {}

    def note(self, session_key: str, member: int) -> None:
        """A member was here with this session."""
        last = self._written.get(session_key)
        if last is None or monotonic() - last > SECONDS_BETWEEN:
            with self._guard:
                self._pending[session_key] = member

    def flush(self) -> None:
        """Write what is buffered; what cannot be written now stays for the next time."""
        with self._guard:
            pending, self._pending = self._pending, {}
        if not pending:
            return
        try:
            note_uses(session_keys=list(pending), members=set(pending.values()))
        except (DatabaseError, Refused):
            logger.warning("visits of %d members could not be written yet", len(pending))
            with self._guard:
                self._pending = {**pending, **self._pending}
            return
        if len(self._written) > MOST:
            self._written.clear()
        self._written.update(dict.fromkeys(pending, monotonic()))


PRESENT = Present()
