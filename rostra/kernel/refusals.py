"""A "no" with its reason, in words for the person refused."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done, and what the person can do about it. Both are whole sentences.

    `ended_at`: until when it could be done, `begins_at`: from when it can be. Pages say it in the reader's zone. `leads_to`: the page that opens it.
    """

    reason: str
    remedy: str = ""
    must_sign_in: bool = False
    ended_at: datetime | None = None
    leads_to: str = ""
    begins_at: datetime | None = None


class Refused(Exception):
    """An action was asked for that its policy forbids."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class Invalid(Exception):
    """What was typed cannot be taken: `faults` names the field and says what is wrong and how to mend it."""

    def __init__(self, **faults: str) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = faults


class Gone(Exception):
    """It was here and was removed: 410, not 404."""


def refuse(refusal: Refusal | None) -> None:
    """Raise Refused when there is a refusal."""
    if refusal is not None:
        raise Refused(refusal)
