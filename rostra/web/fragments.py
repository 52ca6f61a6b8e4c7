"""Pieces of pages made once for each state of what they show: a post, a row of a list.

A page joins them. The key holds all that a piece shows, so nothing is ever dropped by hand: another state is
another key. Escaping is the template's, as everywhere.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Any

from django.template import engines
from markupsafe import Markup

from rostra.web.languages import here

_known: list["Fragments"] = []


class Fragments:
    """The pieces that one template makes in each language and zone, the oldest dropped above `most` of them or `megabytes` of text."""

    def __init__(self, template: str, most: int = 8192, megabytes: int = 8) -> None:
        self._template, self._most, self._limit = template, most, megabytes * 1024 * 1024
        self._size = 0
        self._kept: dict[Hashable, Markup] = {}
        self._guard = threading.Lock()
        _known.append(self)

    def piece(self, key: Hashable, context: Callable[[], dict[str, Any]]) -> Markup:
        """The piece for a state; `context` is asked for when it must be made."""
        state = here().key, key
        found = self._kept.get(state)
        if found is None:
            html = engines["board"].get_template(self._template).render(context())
            found = Markup(html)  # noqa: S704 - made by our own template
            with self._guard:
                self._keep(state, found)
        return found

    def _keep(self, state: Hashable, piece: Markup) -> None:
        self._kept[state] = piece
        self._size += len(piece)
        while len(self._kept) > 1 and (len(self._kept) > self._most or self._size > self._limit):
            self._size -= len(self._kept.pop(next(iter(self._kept))))

    def forget(self) -> None:
        """Drop all of them."""
        with self._guard:
            self._kept.clear()
            self._size = 0


def joined(pieces: list[Markup]) -> Markup:
    """Pieces one after another."""
    return Markup("".join(pieces))  # noqa: S704 - each is safe


def forget() -> None:
    """Drop every piece (another database took the place of this one: tests)."""
    for fragments in _known:
        fragments.forget()
