"""What a text may not be, so that rendering it takes no longer than people wait.

The limits lie above all that people write: the densest of 20,597 real posts with at most 60,000 characters, pasted
program listings, has 10,800 marks, 1,330 of them brackets.
"""

import re

LONGEST = 100_000  # characters
MOST_HTML = 1_000_000  # characters of what comes out
MOST_LINES = 5_000
MOST_MARKS = 12_000  # runs of signs that may mean something in Markdown
MOST_BRACKETS = 1_500  # each may begin a link or a tag
MOST_CELLS = 30_000  # of tables: a row that is too short is filled up
MOST_ADDRESSES = 4_000  # or what may be one
_TABLE = re.compile(r"^[ >]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|){8,}.*$", re.MULTILINE)
_ADDRESSES = re.compile(r"://|@|www\.", re.IGNORECASE)
_MARKS = re.compile(r"\*+|_+|~+|`+|=+|\|{1,4}|\\{1,2}|[\[\]<!&]")


class Unfit(Exception):
    """A text that is not rendered: of what it has too much, how much, and how much may be."""

    def __init__(self, number: int, most: int) -> None:
        super().__init__(number, most)
        self.number, self.most = number, most


class TooLong(Unfit):
    """Too many characters."""


class TooManyLines(Unfit):
    """Too many lines."""


class TooManyMarks(Unfit):
    """Too many signs or tags of the markup."""


class TooLarge(Unfit):
    """Its HTML would be larger than a page may be."""


class TooDeep(Unfit):
    """Quotations, lists or other blocks, or formats, within each other without end."""


class TooManyOwnTags(Unfit):
    """More of the board's own tags than a text may hold."""


class TooLongWithTags(Unfit):
    """Too many characters, once the board's own tags are written out."""


def check(source: str) -> None:
    """Raises Unfit for a text that would take long."""
    _refuse(TooLong, len(source), LONGEST)
    _refuse(TooManyLines, source.count("\n"), MOST_LINES)
    _refuse(TooManyMarks, source.count("["), MOST_BRACKETS)
    for row in _TABLE.finditer(source):
        _refuse(TooManyMarks, row[0].count("|") * source.count("\n", row.end()), MOST_CELLS)
    _refuse(TooManyMarks, sum(1 for _ in _ADDRESSES.finditer(source)), MOST_ADDRESSES)
    if len(source) > MOST_MARKS:
        _refuse(TooManyMarks, sum(1 for _ in _MARKS.finditer(source)), MOST_MARKS)


def _refuse(fault: type[Unfit], number: int, most: int) -> None:
    if number > most:
        raise fault(number, most)
