"""The document: what a text means, before it is HTML. It holds only the nodes of this file, so nothing else can come out.

Blocks hold blocks or inlines, inlines hold inlines. A node knows no HTML: `html.py` and `words.py` say how it is shown and read.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from rostra.markup.targets import Target


class Style(StrEnum):
    """How words are set apart; the values are the elements of HTML that say so."""

    EMPHASIS = "em"
    STRONG = "strong"
    STRIKE = "s"


class Side(StrEnum):
    """Where the cells of a column stand when not at the start of the line."""

    CENTER = "center"
    END = "end"


@dataclass(slots=True)
class Words:
    """Text as it is read."""

    text: str


@dataclass(slots=True)
class LineBreak:
    """The next line of the same paragraph."""


@dataclass(slots=True)
class Styled:
    """Words set apart."""

    style: Style
    children: list["Inline"]


@dataclass(slots=True)
class CodeWords:
    """Code within a line."""

    text: str


@dataclass(slots=True)
class Link:
    """A link to an allowed address."""

    target: Target
    children: list["Inline"]
    title: str = ""


@dataclass(slots=True)
class Image:
    """A picture on another host: it is named and linked, and asked for only when the board allows that."""

    source: Target
    alternative: str
    title: str = ""


Inline = Words | LineBreak | Styled | CodeWords | Link | Image


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `is_tight` in a list without empty lines between its items."""

    children: list[Inline]
    is_tight: bool = False


@dataclass(slots=True)
class Heading:
    """A heading of the post, 1 to 6; on a page it stands below the page's own."""

    level: int
    children: list[Inline]


@dataclass(slots=True)
class Quote:
    """What somebody else said."""

    children: list["Block"]


@dataclass(slots=True)
class CodeBlock:
    """Code as it was typed."""

    text: str


@dataclass(slots=True)
class Item:
    """An item of a list; `is_done` for a task, None for any other."""

    children: list["Block"]
    is_done: bool | None = None


@dataclass(slots=True)
class List:
    """A list; `start` is the number of its first item, None where items have no numbers."""

    items: list[Item]
    start: int | None = None


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    children: list[Inline]
    is_head: bool = False
    side: Side | None = None


@dataclass(slots=True)
class Table:
    """A table: rows of cells. The first `heads` rows are its head."""

    rows: list[list[Cell]]
    heads: int = 0


@dataclass(slots=True)
class Rule:
    """A line between two parts."""


Block = Paragraph | Heading | Quote | CodeBlock | List | Table | Rule


@dataclass(slots=True)
class Document:
    """A whole text."""

    blocks: list[Block] = field(default_factory=list)
