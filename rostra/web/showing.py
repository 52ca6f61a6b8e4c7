"""Texts of members as pages show them: what is decided when they are read (`markup/display.py`)."""

import threading
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from markupsafe import Markup

from rostra.markup.censoring import censored
from rostra.markup.display import PLAIN, Display, displayed
from rostra.topics import display
from rostra.web.requests import stamp_of


class _OfThisThread(threading.local):
    now: Display = PLAIN
    key: int = 0


_local = _OfThisThread()


def enter(request: HttpRequest) -> None:
    """Put in force what holds as of this request. What programs ask (`/-/`) shows no texts."""
    if not request.path_info.startswith("/-/"):
        put_in_force(display.display_at(stamp_of(request).structure))


def put_in_force(shown: Display) -> None:
    """Have texts of this thread shown so."""
    if shown is not _local.now:
        _local.now, _local.key = shown, hash(shown)


def key() -> int:
    """Another number for another way of showing: kept pieces of pages are kept under it."""
    return _local.key


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    display.forget()
    put_in_force(PLAIN)


def as_read(html: str) -> Markup:
    """The HTML of a post as it is shown."""
    return Markup(displayed(html, _local.now))  # noqa: S704 - `render` made it, and `displayed` escapes what it adds


def worded(text: str) -> str:
    """A title or an excerpt without the words that the board does not want to see."""
    words = _local.now.censored
    return censored(text, words) if words else text


FILTERS: dict[str, Callable[..., Any]] = {"as_read": as_read, "worded": worded}
