"""Times: always aware, always UTC; what a reader sees is decided in `web`."""

from datetime import UTC, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, to the microsecond, in UTC."""
    return timezone.now()


def from_database(value: str | datetime | None) -> datetime | None:
    """A time as a raw statement returns it: without its zone, or as text, on SQLite; whole on PostgreSQL."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def to_text(moment: datetime) -> str:
    """RFC 3339 in UTC with a Z; fractions of a second only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """Read RFC 3339. Raises ValueError when it is none, or says no time zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} does not say its time zone (2024-04-20T10:00:00Z does)")
    return moment.astimezone(UTC)
