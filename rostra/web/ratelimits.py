"""How often one person, one address or one account may do what costs: a fixed window, counted in this process."""

import hashlib
from time import time

from django.conf import settings
from django.core.cache import cache

from rostra.kernel.refusals import Refusal

# What: (how many, in how many seconds, what to call it)
LIMITS = {
    "post": (120, 60, "posts"),
    "preview": (120, 60, "previews"),
    "draft": (120, 60, "drafts"),
    "sign-in from": (60, 300, "failed attempts to sign in from your network"),
    "sign-in as": (8, 300, "failed attempts to sign in to this account"),
    "sign-up from": (20, 3600, "new accounts from your network"),
    "mail from": (20, 3600, "requests for mail from your network"),
    "mail to": (4, 900, "requests for mail to this address"),
    "link from": (30, 300, "attempts with links from mails"),
    "password of": (10, 300, "attempts to change this account"),
}


class TooMany(Exception):
    """A limit was reached; `seconds` says when it ends."""

    def __init__(self, refusal: Refusal, seconds: int) -> None:
        super().__init__(refusal.reason)
        self.refusal, self.seconds = refusal, seconds


def spend(what: str, whose: int | str | None) -> None:
    """Count one use. Raises TooMany above the limit."""
    if not settings.ROSTRA.rate_limits:
        return
    most, seconds, _ = LIMITS[what]
    key = _key(what, whose)
    if cache.add(key, 0, seconds):
        cache.set(f"{key}:end", time() + seconds, seconds)
    try:
        used = cache.incr(key)
    except ValueError:  # the window ended between the two lines
        cache.set(key, 1, seconds)
        used = 1
    if used > most:
        raise _too_many(what, key)


def refuse_spent(what: str, whose: int | str | None) -> None:
    """Raise TooMany when the limit is reached, and count nothing: for what counts only when it fails."""
    if settings.ROSTRA.rate_limits:
        key = _key(what, whose)
        if cache.get(key, 0) >= LIMITS[what][0]:
            raise _too_many(what, key)


def forgive(what: str, whose: int | str | None) -> None:
    """Forget what was counted."""
    cache.delete(_key(what, whose))


def _key(what: str, whose: int | str | None) -> str:
    """A key of the cache; what was typed may hold anything, so only its digest stands there."""
    digest = hashlib.sha256(str(whose).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"rate:{what.replace(' ', '-')}:{digest}"


def _too_many(what: str, key: str) -> TooMany:
    most, seconds, words = LIMITS[what]
    left = max(1, round(cache.get(f"{key}:end", time() + seconds) - time()))
    said = f"{seconds} seconds" if seconds < 120 else f"{seconds // 60} minutes"
    return TooMany(Refusal(f"That were more than {most} {words} in {said}.", "Wait a moment."), left)
