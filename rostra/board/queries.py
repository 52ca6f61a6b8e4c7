"""The board's profile and version."""

import threading
from typing import NamedTuple

from rostra.kernel.statements import Statement


class StampRow(NamedTuple):
    """The board's versions and kept counts."""

    content: int
    structure: int
    posts: int
    topics: int
    members: int
    newest_member: str


class Profile(NamedTuple):
    """The board's name and what goes with it."""

    name: str
    short_name: str
    tagline: str
    language: str
    read_only: str = ""


_STAMP = Statement(
    "board.stamp",
    StampRow,
    "SELECT content, structure, posts, topics, members, newest_member FROM board_stamp WHERE id = 1",
)
_PROFILE = Statement(
    "board.profile",
    Profile,
    "SELECT name, short_name, tagline, language, read_only FROM board_board WHERE id = 1",
)
_known: dict[int, Profile] = {}
_guard = threading.Lock()


def stamp() -> StampRow:
    """The versions and counts in force now."""
    row = _STAMP.first()
    if row is None:
        raise LookupError("the database has no board; 'rostra doctor' says more")
    return row


def profile(structure: int) -> Profile:
    """The board's profile as of a structure version; read once for each version."""
    found = _known.get(structure)
    if found is None:
        found = _PROFILE.first() or Profile("", "", "", "en")
        with _guard:
            _known.clear()
            _known[structure] = found
    return found


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _known.clear()
