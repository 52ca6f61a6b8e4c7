"""What is read once for each version of something, and kept for the version that was asked for last."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

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
        found = read()
        self._known = version, found
        return found

    def forget(self) -> None:
        """Drop it (another database took the place of this one: tests)."""
        self._known = None


class LatestOfEach(Generic[Value]):
    """Values by their keys, all of one version: with the next one they are dropped."""

    def __init__(self) -> None:
        self._known: tuple[Hashable, dict[Hashable, Value]] = None, {}

    def at(self, version: Hashable, key: Hashable, read: Callable[[], Value]) -> Value:
        """The value of a key as of a version; `read` gets it when it is not known. The keys must have an end."""
        known = self._known
        if known[0] != version:
            self._known = known = version, {}
        found = known[1].get(key)
        if found is None:
            found = known[1][key] = read()
        return found

    def forget(self) -> None:
        """Drop them (another database took the place of this one: tests)."""
        self._known = None, {}
