"""What a text may not be, so that rendering it takes no longer than people wait.

Whatever passes `check` takes less than 150 ms of a processor. How much work a text is, is counted from its signs, without
reading it. The densest of 20,597 real posts with at most 60,000 characters, a listing, counts as 83,000 of 100,000.
"""

import re

LONGEST = 100_000  # characters
MOST_HTML = 1_000_000  # characters of what comes out
MOST_LINES = 5_000
MOST_CELLS = 8_000  # of tables: a row that is too short is filled up
MOST_WORK = 100_000  # about the microseconds that it takes
_SHORT = 5_000  # characters: no text of so many is much work, unless it is a table
_TABLE = re.compile(r"^[ \t>]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|)++.*$", re.MULTILINE)
_TABLE_END = re.compile(r"\n[ \t>]*$", re.MULTILINE)
# What begins blocks at the beginning of a line. Lines begin behind tags of BBCode too.
_BEGINNING = re.compile(r"\n|\](?=[ \t]*(?:[>+*-]|\d{1,9}[.)]))")
_PREFIX = re.compile(r"[ \t]*+(?:(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\s]+\]:)[ \t]*+)*+")
_ITEMS = re.compile(r"[-+*]|\d+[.)]|:")
_RUNS = re.compile(r"([*_~|])\1*")
_TAGS = re.compile(r"\[/?(?:\*|[a-zA-Z][\w-]*)[\]\s=/:]")
_MAILS = re.compile(r"[\w.+-]@[\w-]+\.\w")
# What each takes at most, in about microseconds. Of a run of the same sign only its beginning counts.
_SIGNS = {
    "[": 7, "[^": 16, "](": 12, "<": 3, ">": 0.2, "&": 4, "\\": 3, "`": 5, "'": 0.2, '"': 0.2, "://": 28, "www.": 8, "@": 3, "$$": 6,
}  # fmt: skip
_TAG, _MAIL, _RUN, _CELL, _CHARACTER, _WORD = 25, 12, 7, 10, 0.1, 0.3
_ADDRESSED, _MAILED = 0.8, 0.25  # a character of a word that may hold an address
_PARAGRAPH, _LINE, _BLANK, _DEEP, _OPENED, _ITEM, _INDENT, _FORMAT = 6, 10, 0.5, 3, 10, 16, 0.3, 3
_LONGEST_RUN, _MOST_FORMATS = 12, 12


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
    """Too many cells of tables, or tags of the markup."""


class TooLarge(Unfit):
    """Its HTML would be larger than a page may be."""


class TooMuchWork(Unfit):
    """Its lines, quotations, lists, links and signs together would take long."""


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
    cells = _cells(source)
    _refuse(TooManyMarks, cells, MOST_CELLS)
    if cells or len(source) > _SHORT:
        _refuse(TooMuchWork, _work(source, cells), MOST_WORK)


def _cells(source: str) -> int:
    """How many cells its tables have."""
    cells = place = 0
    while row := _TABLE.search(source, place):
        end = _TABLE_END.search(source, row.end())
        place = end.start() if end else len(source)
        cells += (row[0].count("|") + 1) * (source.count("\n", row.end(), place) + 1)
    return cells


def _work(source: str, cells: int) -> int:
    """How much work a text is: what each thing in it takes at most, together."""
    source = source.lower()
    work = _CHARACTER * len(source) + _CELL * cells
    work += sum(weight * source.count(sign) for sign, weight in _SIGNS.items())
    work += (_TAG + 2 * _formats(source)) * _number(_TAGS, source) + _MAIL * _number(_MAILS, source)
    work += _RUN * sum(min(len(run[0]), _LONGEST_RUN) for run in _RUNS.finditer(source))
    words = source.split()
    work += _WORD * len(words) + _MAILED * sum(len(word) for word in words if "@" in word)
    work += _ADDRESSED * sum(len(word) for word in words if "://" in word or "www." in word)
    return round(work + _blocks(source))


def _blocks(source: str) -> float:
    """What its lines take: each is looked at for each block that it stands in, and may begin blocks of its own."""
    work, depth, is_first = 0.0, 0, True
    formats = _formats(source)
    for line in _BEGINNING.split(source):
        if not line or line.isspace():
            work += _BLANK
            depth, is_first = 0, True
            continue
        begins = _PREFIX.match(line)
        prefix = begins[0] if begins else ""
        quotes = prefix.count(">")
        if prefix and not prefix.isspace():
            items = len(_ITEMS.findall(prefix))
            work += _OPENED * (quotes if items else max(0, quotes - depth)) + _ITEM * items
            depth = quotes
        work += _LINE + _DEEP * depth + _INDENT * len(prefix)
        work += _PARAGRAPH + _FORMAT * formats if is_first else 0
        is_first = prefix == line
    return work


def _formats(source: str) -> int:
    """How many formats of BBCode may be open; each is written again in every paragraph, and behind tags of blocks."""
    return min(source.count("["), _MOST_FORMATS)


def _number(pattern: re.Pattern[str], source: str) -> int:
    return sum(1 for _ in pattern.finditer(source))


def _refuse(fault: type[Unfit], number: int, most: int) -> None:
    if number > most:
        raise fault(number, most)
