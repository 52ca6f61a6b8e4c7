"""What templates can call: times, numbers, addresses, icons, avatars. All return escaped or safe text."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.contrib.staticfiles.storage import staticfiles_storage
from lucide import _render_icon
from markupsafe import Markup

from rostra.accounts.queries import rank
from rostra.kernel.paging import page_of, page_window
from rostra.web import addresses

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HUES = 12


def time(moment: datetime | None) -> Markup:
    """A moment as `<time>`, to the minute, in UTC."""
    if moment is None:
        return Markup("")
    at = moment.astimezone(UTC)
    iso = f"{at.year:04}-{at.month:02}-{at.day:02}T{at.hour:02}:{at.minute:02}:{at.second:02}Z"
    shown = f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at.hour:02}:{at.minute:02}"
    return Markup(f'<time datetime="{iso}" title="{shown}:{at.second:02} UTC">{shown}</time>')  # noqa: S704 - digits and months


def month(moment: datetime | None) -> str:
    """Month and year."""
    return f"{_MONTHS[moment.month - 1]} {moment.year}" if moment else ""


def number(value: int) -> str:
    """Digits in groups of three, with a thin space that does not break."""
    return f"{value:,}".replace(",", "\u202f")


@lru_cache(maxsize=64)
def icon(name: str) -> Markup:
    """A Lucide icon, decorative: the text beside it says what it means."""
    drawn = _render_icon(name, 16, **{"aria-hidden": "true", "class": "icon", "focusable": "false"})
    return Markup(drawn)  # noqa: S704 - from the icon package


@lru_cache(maxsize=4096)
def letters(name: str) -> str:
    """One or two letters that stand for a person without a picture."""
    words = [word for word in name.replace("_", " ").replace("-", " ").split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


@lru_cache(maxsize=4096)
def hue(name: str) -> int:
    """Which of the avatar colours is a person's."""
    return crc32(name.encode()) % _HUES


@lru_cache(maxsize=256)
def asset(path: str) -> str:
    """The address of an asset, which changes with its content."""
    return staticfiles_storage.url(path)


def pages(last_position: int, per_page: int) -> int:
    """How many pages a topic has."""
    return page_of(last_position, per_page)


GLOBALS: dict[str, Callable[..., Any]] = {
    "absolute": addresses.absolute, "asset": asset, "forum_address": addresses.forum, "hue": hue, "icon": icon, "letters": letters,
    "member_address": addresses.member, "page_window": page_window, "pages": pages, "post_address": addresses.post,
    "rank": rank, "topic_address": addresses.topic,
}  # fmt: skip
FILTERS: dict[str, Callable[..., Any]] = {"month": month, "number": number, "time": time}
