"""Pieces of pages made once for each state of what they show: a post, a row of a list.

A page joins them. The key holds all that a piece shows, so nothing is ever dropped by hand: another state is
another key. Escaping is the template's, as everywhere.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.template import engines
from markupsafe import Markup

from rostra.web.languages import language

_known: list["_Kept"] = []


class _Kept:
    """Pieces by all that they show, the oldest dropped above `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, Any] = {}
        _known.append(self)

    def _keep(self, state: Hashable, made: Any) -> None:
        while len(self._kept) >= self._most:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[state] = made

    def forget(self) -> None:
        """Drop all of them."""
        self._kept.clear()


class Pieces(_Kept):
    """Pieces that a function makes, the same in every language, as they are sent."""

    def __init__(self, make: Callable[..., bytes], most: int = 8192) -> None:
        super().__init__(most)
        self._make = make

    def piece(self, key: Hashable, *about: Any) -> bytes:
        """The piece for a state; it is made of `about`. What the function returns must be safe where it stands."""
        found: bytes | None = self._kept.get(key)
        if found is None:
            found = self._make(*about)
            self._keep(key, found)
        return found


class Fragments(_Kept):
    """The pieces that one template makes in each language."""

    def __init__(self, template: str, most: int = 8192) -> None:
        super().__init__(most)
        self._template = template

    def piece(self, key: Hashable, context: Callable[[], dict[str, Any]]) -> Markup:
        """The piece for a state; `context` is asked for when it must be made."""
        state = language(), key
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
