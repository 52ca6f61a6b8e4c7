"""What is read once for each version of something, and kept for the version that was asked for last.

What is read inside a change may hold what that change wrote, and may not be true: it is kept until the change ends, in
the change, and by nobody else.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from rostra.kernel.changes import kept_in_change

Value = TypeVar("Value")


class Latest(Generic[Value]):
    """One value with the version that it belongs to. Threads may read it twice; none sees one for another version."""

    def __init__(self) -> None:
        self._known: tuple[int, Value] | None = None

    def at(self, version: int, read: Callable[[], Value]) -> Value:
        """The value as of a version; `read` gets it when that is another than the last."""
        known = self._known
        if known is not None and known[0] == version:
            return known[1]
        kept = kept_in_change()
        if kept is None:
            found = read()
            self._known = version, found
            return found
        return _kept(kept, (self, version), read)

    def forget(self) -> None:
        """Drop it (another database took the place of this one: tests)."""
        self._known = None


class LatestOfEach(Generic[Value]):
    """Values by their keys, all of one version: with the next one they are dropped."""

    def __init__(self) -> None:
        self._known: tuple[Hashable, dict[Hashable, Value]] = None, {}

    def at(self, version: Hashable, key: Hashable, read: Callable[[], Value]) -> Value:
        """The value of a key as of a version; `read` gets it when it is not known. The keys must have an end."""
        known, kept = self._known, kept_in_change()
        if kept is not None:
            found = known[1].get(key) if known[0] == version else None
            return _kept(kept, (self, version, key), read) if found is None else found
        if known[0] != version:
            self._known = known = version, {}
        found = known[1].get(key)
        if found is None:
            found = known[1][key] = read()
        return found

    def forget(self) -> None:
        """Drop them (another database took the place of this one: tests)."""
        self._known = None, {}


def _kept(kept: dict[object, Any], key: Hashable, read: Callable[[], Value]) -> Value:
    if key not in kept:
        kept[key] = read()
    value: Value = kept[key]
    return value
