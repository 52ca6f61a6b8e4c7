"""Times, months and numbers as the reader's language writes them, by the patterns of the Unicode CLDR.

English is British English: the day before the month, twenty-four hours. A moment is put into words once for each
language and zone.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import DateTimePattern, format_date, get_timezone_location, get_timezone_name, parse_pattern
from babel.numbers import format_decimal
from markupsafe import Markup

from rostra.kernel.clock import known_zones
from rostra.web.languages import PSEUDO, here

_BRITISH = {"en", *PSEUDO}


@lru_cache(maxsize=64)
def cldr(language: str) -> Locale:
    """The CLDR's locale of a language of the interface."""
    return Locale.parse("en_GB") if language in _BRITISH else Locale.parse(language, sep="-")


def tag(language: str) -> str:
    """What the browser's `Intl` calls that locale."""
    return str(cldr(language)).replace("_", "-")


class _Patterns(NamedTuple):
    minute: DateTimePattern
    second: DateTimePattern
    month: DateTimePattern
    whole_month: DateTimePattern


@lru_cache(maxsize=64)
def _patterns(language: str) -> _Patterns:
    locale = cldr(language)
    on, both = locale.date_formats["medium"].pattern, str(locale.datetime_formats["medium"])

    def joined(time: str) -> DateTimePattern:
        return parse_pattern(both.replace("{1}", on).replace("{0}", time))

    times = locale.time_formats
    return _Patterns(
        joined(times["short"].pattern), joined(times["medium"].pattern),
        locale.datetime_skeletons["yMMM"], locale.datetime_skeletons["yMMMM"],
    )  # fmt: skip


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """A time zone by its name in the IANA database."""
    return ZoneInfo(name)


def time(moment: datetime | None) -> Markup:
    """A moment as `<time>`, to the minute, in the reader's zone."""
    if moment is None:
        return Markup("")
    place = here()
    return _time(moment, place.language, place.zone)


@lru_cache(maxsize=32_768)
def _time(moment: datetime, language: str, zone_name: str) -> Markup:
    at, patterns, locale = moment.astimezone(zone(zone_name)), _patterns(language), cldr(language)
    exact = f"{patterns.second.apply(at, locale)} {get_timezone_name(at, 'short', locale=locale)}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        _utc(moment), exact, patterns.minute.apply(at, locale)
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(zone("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)


def month(moment: datetime | None, *, is_whole: bool = False) -> Markup:
    """Month and year as `<time>`, in the reader's zone; the month in short where it has a short form."""
    if moment is None:
        return Markup("")
    place = here()
    at = moment.astimezone(zone(place.zone))
    return _month(at.year, at.month, place.language, is_whole)


@lru_cache(maxsize=8192)
def _month(year: int, number: int, language: str, is_whole: bool) -> Markup:
    patterns = _patterns(language)
    shown = (patterns.whole_month if is_whole else patterns.month).apply(
        datetime(year, number, 1), cldr(language)
    )
    return Markup('<time datetime="{:04}-{:02}">{}</time>').format(year, number, shown)


def day(on: date | str | None) -> str:
    """A day; SQLite hands it over as text."""
    if not on:
        return ""
    known = date.fromisoformat(on) if isinstance(on, str) else on
    return str(format_date(known, "medium", locale=cldr(here().language)))


def number(value: int) -> str:
    """Digits grouped as the reader's language does."""
    return _number(value, here().language)


@lru_cache(maxsize=16_384)
def _number(value: int, language: str) -> str:
    return format_decimal(value, locale=cldr(language))


def language_name(language: str) -> str:
    """What a language calls itself."""
    if language in PSEUDO:
        return PSEUDO[language]
    return str(Locale.parse(language, sep="-").get_display_name() or language)


@lru_cache(maxsize=1024)
def zone_name(name: str, language: str) -> str:
    """What people call a zone: “Central European Time”; UTC is UTC."""
    return "UTC" if name == "UTC" else get_timezone_name(zone(name), locale=cldr(language))


@lru_cache(maxsize=16)
def zones(language: str) -> list[tuple[str, str]]:
    """The zones to choose from, each with its country and city in a language, in the order of these."""
    locale = cldr(language)
    named = []
    for name, territory in get_global("zone_territories").items():
        if "/" in name and name in known_zones():
            city = get_timezone_location(zone(name), locale=locale, return_city=True).rpartition("/")[2]
            named.append((name, f"{locale.territories.get(territory, territory)}, {city}"))
    return [("UTC", "UTC"), *sorted(named, key=lambda pair: _without_marks(pair[1]))]


def _without_marks(text: str) -> str:
    """For an order in which É stands with E."""
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
