"""The board's profile, version and own tags."""

import logging
from collections.abc import MutableMapping
from typing import Any, NamedTuple, cast

from rostra.kernel.latest import Latest
from rostra.kernel.statements import Statement
from rostra.markup import Conventions, Unusable, own_tag

logger = logging.getLogger(__name__)

MOST_CENSORED = 500


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


class OwnTagRow(NamedTuple):
    """A tag that the board has defined, as it was written down."""

    name: str
    usage: str
    template: str
    hint: str
    sample: str


class _Agreed(NamedTuple):
    rows: list[OwnTagRow]
    conventions: Conventions


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


class CensoredRow(NamedTuple):
    """A word that pages do not show, and what stands in its place."""

    id: int
    word: str
    instead: str


_CENSORED = Statement(
    "board.censored",
    CensoredRow,
    f"SELECT id, word, instead FROM board_censoredword LIMIT {MOST_CENSORED}",  # noqa: S608 - a number of ours
)


class _Parser(NamedTuple):
    parser_version: int


_PARSER = Statement("board.parser_version", _Parser, "SELECT parser_version FROM board_board WHERE id = 1")
_TAGS = Statement(
    "board.own_tags",
    OwnTagRow,
    "SELECT name, usage, template, hint, sample FROM board_owntag ORDER BY name",
)
_profile: Latest[Profile] = Latest()
_agreed: Latest[_Agreed] = Latest()


def stamp() -> StampRow:
    """The versions and counts in force now."""
    row = _STAMP.first()
    if row is None:
        raise LookupError("the database has no board; 'rostra doctor' says more")
    return row


def stamp_in(environ: MutableMapping[str, Any]) -> StampRow:
    """The stamp as of the start of a request, which carries it along: read once, also when it moves meanwhile."""
    found = environ.get("rostra.stamp")
    if found is None:
        found = environ["rostra.stamp"] = stamp()
    return cast("StampRow", found)


def profile(structure: int) -> Profile:
    """The board's profile as of a structure version; read once for each version."""
    return _profile.at(structure, lambda: _PROFILE.first() or Profile("", "", "", "en"))


def censored_words() -> list[CensoredRow]:
    """The words that pages do not show, by the alphabet."""
    return sorted(_CENSORED.all(), key=lambda row: row.word.casefold())


def own_tags(structure: int) -> list[OwnTagRow]:
    """The board's own tags by name, as of a structure version; read once for each version."""
    return _agreed.at(structure, _agreed_now).rows


def conventions(structure: int) -> Conventions:
    """With what the board's texts are read, as of a structure version."""
    return _agreed.at(structure, _agreed_now).conventions


def conventions_in_force() -> Conventions:
    """With what the board's texts are read now."""
    return conventions(stamp().structure)


def conventions_in_this_change() -> Conventions:
    """The same within a change that may have defined tags itself: nothing is kept."""
    return _agreed_now().conventions


def _agreed_now() -> _Agreed:
    rows = _TAGS.all()
    tags = []
    for row in rows:
        try:
            tags.append(own_tag(row.usage, row.template))
        except Unusable as fault:  # a later version may have a stock tag of that name
            logger.warning("the board's own tag [%s] is not used: %s", row.name, fault)
    board = _PROFILE.first()
    return _Agreed(rows, Conventions(tuple(tags), board.language if board else ""))


def parser_version() -> int:
    """Which version of the parser all posts were rendered by, at least."""
    row = _PARSER.first()
    return row.parser_version if row else 0


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _profile.forget()
    _agreed.forget()
