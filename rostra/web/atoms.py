"""What templates can call: times and numbers (`dates.py`), addresses, icons, avatars. All return escaped or safe text."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.contrib.staticfiles.storage import staticfiles_storage
from lucide import _render_icon
from markupsafe import Markup

from rostra.accounts.queries import rank
from rostra.kernel.paging import page_of, page_window
from rostra.web import addresses, dates
from rostra.web.moderators import editor_shown

_HUES = 12


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
    "absolute": addresses.absolute, "asset": asset, "by_one_address": addresses.by_one, "date_locale": dates.tag, "editor_shown": editor_shown, "forum_address": addresses.forum, "hue": hue, "icon": icon, "letters": letters,
    "member_address": addresses.member, "page_window": page_window, "pages": pages, "post_address": addresses.post,
    "rank": rank, "topic_address": addresses.topic,
}  # fmt: skip
FILTERS: dict[str, Callable[..., Any]] = {
    "day": dates.day, "month": dates.month, "number": dates.number, "time": dates.time,
}  # fmt: skip
