"""Times: always aware, always UTC; what a reader sees is decided in `web`."""

from datetime import UTC, datetime
from functools import cache, lru_cache
from zoneinfo import available_timezones

from django.utils import timezone


def now() -> datetime:
    """This moment, to the microsecond, in UTC."""
    return timezone.now()


@lru_cache(maxsize=65_536)
def from_sqlite(value: bytes) -> datetime:
    """A time column of SQLite, as its driver hands it over. Pages show the same moments again and again."""
    return datetime.fromisoformat(value.decode()).replace(tzinfo=UTC)


@cache
def known_zones() -> frozenset[str]:
    """The names of all zones in the IANA database; the first call reads a directory."""
    return frozenset(available_timezones())


def to_text(moment: datetime) -> str:
    """RFC 3339 in UTC with a Z; fractions of a second only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """Read RFC 3339. Raises ValueError when it is none, or says no time zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} does not say its time zone (2024-04-20T10:00:00Z does)")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{text!r} is out of range") from None
