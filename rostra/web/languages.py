"""The language and the time zone of the page being made: decided here alone, once for each request.

A member's own choice comes first. For everybody else the languages that the browser asks for (`Accept-Language`) are
tried among those that the board offers, then the board's own. Guests see times in the board's zone; the browser may
turn them into its own (`js/times.js`).
"""

import threading
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from rostra.accounts.actors import Actor
from rostra.board.queries import profile
from rostra.web.requests import stamp_of

SOURCE = "en"
# Languages made by machine, for tests: no browser asks for them by these names, and readers hear English.
PSEUDO = {"xa": "en-XA", "xb": "en-XB"}
_LONGEST_HEADER = 300


@dataclass(frozen=True)
class Locality:
    """How a page is put into words: a language, and the zone of its times.

    `key` stands for both wherever something made for one locality is kept.
    """

    language: str
    zone: str
    is_own_zone: bool
    key: str
    tag: str
    direction: str


@lru_cache(maxsize=4096)
def locality(language: str, zone: str, *, is_own_zone: bool = False) -> Locality:
    """The one object for a language and zone; `is_own_zone` when the reader chose the zone."""
    right_to_left = language == "xb" or (
        language not in PSEUDO and Locale.parse(language, sep="-").text_direction == "rtl"
    )
    return Locality(
        language=language,
        zone=zone,
        is_own_zone=is_own_zone,
        key=f"{language} {zone}",
        tag=PSEUDO.get(language, language),
        direction="rtl" if right_to_left else "ltr",
    )


class _OfThisThread(threading.local):
    now: Locality = locality(SOURCE, "UTC")


_local = _OfThisThread()


def here() -> Locality:
    """The language and zone in force in this thread."""
    return _local.now


def language() -> str:
    """The language in force in this thread."""
    return _local.now.language


def enter(request: HttpRequest, actor: Actor) -> None:
    """Put the language and zone of whoever asks in force: for our templates, and for Django's and allauth's texts."""
    offered: tuple[str, ...] = settings.BOARD_LANGUAGES
    chosen = actor.language if actor.language in offered else _language_of(request, offered)
    own = _known_zone(actor.time_zone) if actor.time_zone else ""
    _put_in_force(locality(chosen, own or settings.ROSTRA.time_zone, is_own_zone=bool(own)))


def forget() -> None:
    """Back to the source language (another test begins)."""
    _put_in_force(locality(SOURCE, "UTC"))


def language_of_guest(accepted: str, structure: int) -> str:
    """The language for an `Accept-Language` header, on the board as of a structure version."""
    offered: tuple[str, ...] = settings.BOARD_LANGUAGES
    return negotiated(accepted, offered) or _fallback(profile(structure).language, offered)


@lru_cache(maxsize=2048)
def negotiated(accepted: str, offered: tuple[str, ...]) -> str:
    """Which of the languages offered an `Accept-Language` header asks for most; empty when none fits.

    Ranges are looked up as RFC 4647, section 3.4 says: `de-AT` is served by `de`. `*` asks for nothing in particular.
    """
    wanted = []
    for place, part in enumerate(accepted[:_LONGEST_HEADER].lower().split(",")):
        tag, _, weight = part.partition(";")
        wanted.append((-_weight(weight), place, tag.strip()))
    for negative, _, tag in sorted(wanted):
        found = _lookup(tag, offered) if negative else None
        if found is not None:
            return found
    return ""


def _put_in_force(chosen: Locality) -> None:
    _local.now = chosen
    translation.activate(chosen.language)


def _language_of(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """What programs ask (`/-/`) must not depend on the database: there the first language will do."""
    accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    found = negotiated(accepted, offered)
    if found or len(offered) == 1 or request.path_info.startswith("/-/"):
        return found or offered[0]
    return _fallback(profile(stamp_of(request).structure).language, offered)


@lru_cache(maxsize=1024)
def _known_zone(name: str) -> str:
    """The zone, or nothing when this machine's database does not have it (any more)."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return ""


@lru_cache(maxsize=64)
def _fallback(board: str, offered: tuple[str, ...]) -> str:
    return _lookup(board.lower(), offered) or offered[0]


def _lookup(tag: str, offered: tuple[str, ...]) -> str | None:
    while tag:
        if tag in offered:
            return tag
        tag = tag.rpartition("-")[0]
    return None


def _weight(text: str) -> float:
    """The `q` of a language range; 1 without one, 0 for one that cannot be read."""
    name, _, value = text.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip() == "q" and 0 <= weight <= 1 else 0.0
