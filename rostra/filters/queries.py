"""Reads of filters: they are their reader's alone, so every read names the reader."""

import threading
from typing import NamedTuple

from rostra.accounts.actors import Actor
from rostra.filters.sieve import OPEN, Sieve
from rostra.filters.words import Words
from rostra.forums.queries import Forest
from rostra.kernel.statements import Statement
from rostra.reading.models import TopicMark

MOST_MEMBERS, MOST_FORUMS, MOST_TOPICS, MOST_WORDS = 500, 500, 500, 200
_MEMBER, _FORUM, _WORD, _TOPIC = 1, 2, 3, 10
_KEPT = 1024  # readers whose filters are kept in memory
# What staff say officially must be seen, also when they were ignored before they became staff.
_IS_STAFF = """(u.is_admin OR EXISTS (SELECT 1 FROM accounts_membership s
    JOIN forums_forummoderators d ON d.group_id = s.group_id WHERE s.user_id = u.id))"""


class _FilterRow(NamedTuple):
    kind: int
    id: int
    text: str


class MemberToIgnore(NamedTuple):
    """A member, and whether it is an administrator or moderator."""

    id: int
    name: str
    is_staff: bool


class FilteredWordRow(NamedTuple):
    """A word of the list."""

    id: int
    word: str


_SIEVE = Statement(
    "filters.sieve",
    _FilterRow,
    f"""SELECT {_MEMBER}, u.id, u.name FROM filters_ignoredmember i JOIN accounts_user u ON u.id = i.member_id
        WHERE i.reader_id = %s AND NOT {_IS_STAFF}
        UNION ALL SELECT {_FORUM}, forum_id, '' FROM filters_ignoredforum WHERE reader_id = %s
        UNION ALL SELECT {_WORD}, id, key FROM filters_filteredword WHERE reader_id = %s
        UNION ALL SELECT {_TOPIC} + standing, topic_id, '' FROM reading_topicmark
        WHERE reader_id = %s AND standing > 0""",
    sample=[1, 1, 1, 1],
)
_MEMBERS = Statement(
    "filters.members",
    MemberToIgnore,
    f"""SELECT u.id, u.name, CASE WHEN {_IS_STAFF} THEN 1 ELSE 0 END FROM filters_ignoredmember i
        JOIN accounts_user u ON u.id = i.member_id WHERE i.reader_id = %s LIMIT {MOST_MEMBERS}""",
    sample=[1],
)
_ONE_MEMBER = Statement(
    "filters.member",
    MemberToIgnore,
    f"""SELECT u.id, u.name, CASE WHEN {_IS_STAFF} THEN 1 ELSE 0 END FROM accounts_user u
        WHERE u.id = %s AND NOT u.is_waiting""",
    sample=[1],
)
_WORDS = Statement(
    "filters.words",
    FilteredWordRow,
    f"SELECT id, word FROM filters_filteredword WHERE reader_id = %s LIMIT {MOST_WORDS}",
    sample=[1],
)
_known: dict[int, tuple[tuple[int, int], Sieve]] = {}
_guard = threading.Lock()


def sieve_of(reader: Actor, forest: Forest, structure: int) -> Sieve:
    """The reader's filters, kept in memory for their version and that of the tree; moderators are part of the tree."""
    if reader.id is None or not reader.filters_version:
        return OPEN
    version = reader.filters_version, structure
    found = _known.get(reader.id)
    if found is None or found[0] != version:
        found = version, _read_sieve(reader.id, forest)
        with _guard:
            _known.pop(reader.id, None)
            _known[reader.id] = found
            if len(_known) > _KEPT:
                _known.pop(next(iter(_known)))
    return found[1]


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _known.clear()


def ignored_members(reader_id: int) -> list[MemberToIgnore]:
    """Whom a reader ignores, by name."""
    rows = _MEMBERS.all(reader_id)
    return sorted((row._replace(is_staff=bool(row.is_staff)) for row in rows), key=_name)


def member_to_ignore(member_id: int) -> MemberToIgnore | None:
    """A member whom somebody wants to ignore."""
    row = _ONE_MEMBER.first(member_id)
    return row._replace(is_staff=bool(row.is_staff)) if row else None


def filtered_words(reader_id: int) -> list[FilteredWordRow]:
    """A reader's words, by the alphabet."""
    return sorted(_WORDS.all(reader_id), key=lambda row: row.word.casefold())


def _name(row: MemberToIgnore) -> str:
    return row.name.casefold()


def _read_sieve(reader_id: int, forest: Forest) -> Sieve:
    rows = _SIEVE.all(reader_id, reader_id, reader_id, reader_id)
    forums = {row.id for row in rows if row.kind == _FORUM}
    words = [row.text for row in rows if row.kind == _WORD]
    return Sieve(
        reader_id=reader_id,
        members={row.id: row.text for row in rows if row.kind == _MEMBER},
        forums=frozenset(
            node.id for each in forums if each in forest.by_id for node in forest.by_id[each].walk()
        ),
        topics=frozenset(row.id for row in rows if row.kind == _TOPIC + TopicMark.Standing.IGNORED),
        apart=frozenset(row.id for row in rows if row.kind > _TOPIC),
        words=Words(words) if words else None,
    )
