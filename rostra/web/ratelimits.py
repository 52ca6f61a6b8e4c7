"""How often one person may do what costs: a fixed window, counted in this process."""

from django.conf import settings
from django.core.cache import cache

from rostra.kernel.refusals import Refusal

# What: (how many, in how many seconds, what to call it)
LIMITS = {
    "post": (120, 60, "posts"),
    "preview": (120, 60, "previews"),
    "draft": (120, 60, "drafts"),
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
        raise TooMany(
            Refusal(f"That were more than {most} {words} in {seconds} seconds.", "Wait a moment."), seconds
        )
