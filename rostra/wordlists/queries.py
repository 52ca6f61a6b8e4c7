"""Reads of lists. Those of the board are asked for with every post: they are compiled once for what they say."""

from functools import lru_cache
from typing import NamedTuple

from rostra.kernel.latest import Latest
from rostra.kernel.statements import Statement
from rostra.wordlists.entries import bare_domain
from rostra.wordlists.folding import domain_key
from rostra.wordlists.matching import Words
from rostra.wordlists.models import WordList


class ListRow(NamedTuple):
    """A list with the rule of the board that it is about, while that is in force."""

    id: int
    name: str
    kind: str
    effect: str
    scope: str
    sentence: str
    entries: str
    rule_id: int | None
    rule_number: int | None
    rule_text: str | None

    @property
    def lines(self) -> list[str]:
        """Its entries."""
        return self.entries.split("\n")


class Lists(NamedTuple):
    """All lists, ready to be asked: by their ids, the words of all, and the domains of each."""

    rows: dict[int, ListRow]
    words: Words
    domains: dict[int, frozenset[str]]

    def of(self, *, is_newcomer: bool) -> list[ListRow]:
        """The lists that look at somebody's texts."""
        return [row for row in self.rows.values() if is_newcomer or row.scope == WordList.Scope.EVERYBODY]


_ALL = Statement(
    "wordlists.all",
    ListRow,
    """SELECT w.id, w.name, w.kind, w.effect, w.scope, w.sentence, w.entries, r.id, r.number, v.text FROM wordlists_wordlist w
       LEFT JOIN houserules_houserule r ON r.id = w.rule_id AND r.is_active AND r.forum_id IS NULL
       LEFT JOIN houserules_ruleversion v ON v.rule_id = r.id AND v.version = r.version LIMIT 100""",
)
_lists: Latest[Lists] = Latest()


def all_lists() -> list[ListRow]:
    """The lists of the board by their names, fresh from the database."""
    return sorted(_ALL.all(), key=lambda row: (row.name.casefold(), row.id))


def lists_at(structure: int) -> Lists:
    """The lists as of a version of the board's structure."""
    return _lists.at(structure, lambda: compiled(tuple(all_lists())))


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _lists.forget()


@lru_cache(maxsize=2)
def compiled(rows: tuple[ListRow, ...]) -> Lists:
    """Lists, ready to be asked: kept while they say the same, whatever else of the board changes."""
    words = [(line, row.id) for row in rows if row.kind == WordList.Kind.WORDS for line in row.lines]
    domains = {
        row.id: frozenset(domain_key(bare_domain(line)) for line in row.lines)
        for row in rows
        if row.kind == WordList.Kind.DOMAINS
    }
    return Lists({row.id: row for row in rows}, Words(words), domains)
