"""How often one person may do what costs: a fixed window, counted in this process."""

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext, gettext_lazy

from rostra.kernel.refusals import Refusal

# What: (how many, in how many seconds, what to say of one more)
LIMITS = {
    "post": (120, 60, gettext_lazy("That were more than %(most)s posts in %(seconds)s seconds.")),
    "preview": (120, 60, gettext_lazy("That were more than %(most)s previews in %(seconds)s seconds.")),
}


class TooMany(Exception):
    """A limit was reached."""

    def __init__(self, refusal: Refusal, seconds: int) -> None:
        super().__init__(refusal.reason)
        self.refusal, self.seconds = refusal, seconds


def spend(what: str, member: int | None) -> None:
    """Count one use. Raises TooMany above the limit."""
    if not settings.ROSTRA.rate_limits:
        return
    most, seconds, words = LIMITS[what]
    key = f"rate:{what}:{member}"
    cache.add(key, 0, seconds)
    try:
        used = cache.incr(key)
    except ValueError:  # the window ended between the two lines
        cache.set(key, 1, seconds)
        used = 1
    if used > most:
        told = str(words) % {"most": most, "seconds": seconds}
        raise TooMany(Refusal(told, gettext("Wait a moment.")), seconds)
