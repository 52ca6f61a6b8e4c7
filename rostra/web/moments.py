"""A time that is typed into a form: by the clock of whoever types it."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from rostra.kernel.refusals import Invalid
from rostra.web.dates import zone, zone_name
from rostra.web.languages import here


def moment_in(text: str, field: str) -> datetime | None:
    """The moment that `<input type="datetime-local">` sent, in the zone of the page; None when it is empty.

    Raises Invalid by the field.
    """
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip()[:40])
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone(here().zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        told = _("“%(text)s” is no time: write it as 2030-01-31T18:00.")
        raise Invalid(**{field: told % {"text": text[:40].replace("\0", "␀")}}) from None


def clock() -> str:
    """By which zone such a time is read, in words."""
    return zone_name(here().zone, here().language)


def typed(moment: datetime | None) -> str:
    """A moment as such a field shows it."""
    return moment.astimezone(zone(here().zone)).strftime("%Y-%m-%dT%H:%M") if moment else ""
