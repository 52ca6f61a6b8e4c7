"""How often one person, one address or one account may do what costs: a fixed window, counted in this process."""

import hashlib
from time import time

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext, gettext_lazy, ngettext

from rostra.kernel.refusals import Refusal

# What: (how many, in how many seconds, what to say of one more)
LIMITS = {
    "post": (120, 60, gettext_lazy("At most %(most)s posts are allowed in %(time)s.")),
    "report": (20, 3600, gettext_lazy("At most %(most)s posts can be reported in %(time)s.")),
    "note": (60, 3600, gettext_lazy("At most %(most)s notes can be written in %(time)s.")),
    "modmail as moderators": (
        120,
        3600,
        gettext_lazy("At most %(most)s messages to members are allowed in %(time)s."),
    ),
    "modmail": (
        20,
        3600,
        gettext_lazy("At most %(most)s messages to moderators are allowed in %(time)s."),
    ),
    "preview": (120, 60, gettext_lazy("At most %(most)s previews are allowed in %(time)s.")),
    "paste": (30, 60, gettext_lazy("At most %(most)s formatted texts can be pasted in %(time)s.")),
    "draft": (120, 60, gettext_lazy("At most %(most)s drafts can be saved in %(time)s.")),
    "bench": (12, 300, gettext_lazy("Rules can be tried %(most)s times in %(time)s.")),
    "sign-in from": (
        60,
        300,
        gettext_lazy(
            "At most %(most)s failed attempts to sign in are allowed from your network in %(time)s."
        ),
    ),
    "sign-in as": (
        8,
        300,
        gettext_lazy("At most %(most)s failed attempts to sign in to this account are allowed in %(time)s."),
    ),
    "sign-in anywhere as": (
        200,
        300,
        gettext_lazy("At most %(most)s failed attempts to sign in to this account are allowed in %(time)s."),
    ),
    "forum password from": (
        20,
        300,
        gettext_lazy("At most %(most)s wrong passwords are allowed from your network in %(time)s."),
    ),
    "sign-up from": (
        20,
        3600,
        gettext_lazy("At most %(most)s new accounts are allowed from your network in %(time)s."),
    ),
    "mail from": (
        20,
        3600,
        gettext_lazy("At most %(most)s requests for mail are allowed from your network in %(time)s."),
    ),
    "mail to": (
        4,
        900,
        gettext_lazy("At most %(most)s requests for mail to this address are allowed in %(time)s."),
    ),
    "link from": (
        30,
        300,
        gettext_lazy("At most %(most)s attempts with links from mails are allowed in %(time)s."),
    ),
    "password of": (
        10,
        300,
        gettext_lazy("At most %(most)s attempts to change this account are allowed in %(time)s."),
    ),
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
    most, seconds, _words = LIMITS[what]
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
    told = str(words) % {"most": most, "time": in_words(seconds)}
    return TooMany(Refusal(told, gettext("Wait a moment.")), left)


def in_words(seconds: int) -> str:
    """A span of time as people say it: seconds below two minutes, whole minutes above."""
    if seconds < 120:
        return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
