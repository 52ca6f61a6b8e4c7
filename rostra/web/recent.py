"""The box of recent topics: made once for each version of the board."""

from rostra.topics.queries import RecentRow, recent_topics

NUMBER = 8
_known: dict[int, list[RecentRow]] = {}


def recent(version: int) -> list[RecentRow]:
    """The newest topics as of a version of the board's content."""
    found = _known.get(version)
    if found is None:
        found = recent_topics(NUMBER)
        _known.clear()
        _known[version] = found
    return found


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _known.clear()
