"""Pieces of pages made once for each state of what they show: a post, a row of a list.

A page joins them. The key holds all that a piece shows, so nothing is ever dropped by hand: another state is
another key. Escaping is the template's, as everywhere.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Any

from django.template import engines
from markupsafe import Markup

from rostra.web import showing
from rostra.web.languages import here

_known: list["_Kept"] = []


class _Kept:
    """Pieces by all that they show, the oldest dropped above `most` of them or `megabytes` of text."""

    def __init__(self, most: int, megabytes: int) -> None:
        self._most, self._limit = most, megabytes * 1024 * 1024
        self._size = 0
        self._kept: dict[Hashable, Any] = {}
        self._guard = threading.Lock()
        _known.append(self)

    def _keep(self, state: Hashable, made: Any) -> None:
        with self._guard:
            old = self._kept.get(state)
            self._size += len(made) - (len(old) if old is not None else 0)
            self._kept[state] = made
            while len(self._kept) > 1 and (len(self._kept) > self._most or self._size > self._limit):
                self._size -= len(self._kept.pop(next(iter(self._kept))))

    def forget(self) -> None:
        """Drop all of them."""
        with self._guard:
            self._kept.clear()
            self._size = 0


class Pieces(_Kept):
    """Pieces that a function makes, the same in every language, as they are sent."""

    def __init__(self, make: Callable[..., bytes], most: int = 8192, megabytes: int = 16) -> None:
        super().__init__(most, megabytes)
        self._make = make

    def piece(self, key: Hashable, *about: Any) -> bytes:
        """The piece for a state; it is made of `about`. What the function returns must be safe where it stands."""
        state = showing.key(), key
        found: bytes | None = self._kept.get(state)
        if found is None:
            found = self._make(*about)
            self._keep(state, found)
        return found


class Fragments(_Kept):
    """The pieces that one template makes in each language and zone."""

    def __init__(self, template: str, most: int = 8192, megabytes: int = 8) -> None:
        super().__init__(most, megabytes)
        self._template = template

    def piece(self, key: Hashable, context: Callable[[], dict[str, Any]]) -> Markup:
        """The piece for a state; `context` is asked for when it must be made."""
        state = here().key, showing.key(), key
        found: Markup | None = self._kept.get(state)
        if found is None:
            html = engines["board"].get_template(self._template).render(context())
            found = Markup(html)  # noqa: S704 - made by our own template
            self._keep(state, found)
        return found


def joined(pieces: list[Markup]) -> Markup:
    """Pieces one after another."""
    return Markup("".join(pieces))  # noqa: S704 - each is safe


def forget() -> None:
    """Drop every piece (another database took the place of this one: tests)."""
    for fragments in _known:
        fragments.forget()
