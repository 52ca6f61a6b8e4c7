"""The document: what a text means, before it is HTML. It holds only the nodes of this file, so nothing else can come out.

Blocks hold blocks or inlines, inlines hold inlines. A node knows no HTML: `html.py` and `words.py` say how it is shown and read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from rostra.markup.targets import Target


class Style(StrEnum):
    """How words are set apart; the values are the elements of HTML that say so."""

    EMPHASIS = "em"
    STRONG = "strong"
    STRIKE = "s"
    UNDERLINE = "u"
    SUBSCRIPT = "sub"
    SUPERSCRIPT = "sup"


class Side(StrEnum):
    """Where lines stand when not at their start."""

    CENTER = "center"
    END = "end"


class Size(StrEnum):
    """Letters of another size; there is no end of sizes in pixels."""

    SMALL = "small"
    LARGE = "large"
    HUGE = "huge"


class Numbering(StrEnum):
    """What counts the items of a list: the letters of HTML's `type`."""

    DIGITS = "1"
    SMALL_LETTERS = "a"
    LETTERS = "A"
    SMALL_ROMAN = "i"
    ROMAN = "I"


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
class Sized:
    """Words in letters of another size."""

    size: Size
    children: list["Inline"]


@dataclass(slots=True)
class Tinted:
    """Words in a colour: a hue of the palette that can be read in both schemes, 0 to 11."""

    hue: int
    children: list["Inline"]


@dataclass(slots=True)
class Hidden:
    """Words that are not seen before one asks for them."""

    children: list["Inline"]


@dataclass(slots=True)
class CodeWords:
    """Code within a line."""

    text: str


@dataclass(slots=True)
class Formula:
    """A formula in TeX; `is_drawn` while a text has not too much of them."""

    text: str
    is_drawn: bool = True


@dataclass(slots=True)
class Link:
    """A link to an allowed address; `is_bare` when that stood in the text without marks."""

    target: Target
    children: list["Inline"]
    title: str = ""
    is_bare: bool = False


@dataclass(slots=True)
class Mention:
    """A member who is spoken to by name: the account's name now, its number, and its page."""

    name: str
    member: int
    page: Target


@dataclass(slots=True)
class Image:
    """A picture on another host: it is named and linked, and asked for only when the board allows that."""

    source: Target
    alternative: str
    title: str = ""
    size: tuple[int, int] | None = None  # width and height in pixels, where they were typed


@dataclass(slots=True)
class Attachment:
    """A file that was sent with the post, by its place among them and its name."""

    place: int
    name: str


@dataclass(slots=True)
class NoteMark:
    """The number of a footnote, where it is referred to."""

    number: int


Inline = (
    Words
    | LineBreak
    | Styled
    | Sized
    | Tinted
    | Hidden
    | CodeWords
    | Formula
    | Link
    | Mention
    | Image
    | Attachment
    | NoteMark
)


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `is_tight` in a list without empty lines between its items."""

    children: list[Inline]
    is_tight: bool = False
    language: str = ""  # where it is surely another than the board's


@dataclass(slots=True)
class Heading:
    """A heading of the post, 1 to 6; on a page it stands below the page's own."""

    level: int
    children: list[Inline]
    language: str = ""


@dataclass(slots=True)
class Quote:
    """What somebody else said, in which post or elsewhere, and when (seconds since 1970), as far as the quotation says."""

    children: list["Block"]
    author: str = ""
    post: int | None = None
    said_at: int | None = None
    source: Target | None = None


@dataclass(slots=True)
class CodeBlock:
    """Code as it was typed, and the language that its writer names."""

    text: str
    language: str = ""


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
    numbering: Numbering = Numbering.DIGITS


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


@dataclass(slots=True)
class Spoiler:
    """What is not seen before one asks for it, below a line that says what it is."""

    children: list["Block"]
    title: str = ""


@dataclass(slots=True)
class Aligned:
    """Blocks that stand in the middle or at the end of the lines."""

    side: Side
    children: list["Block"]


@dataclass(slots=True)
class Notes:
    """The footnotes of a text, the first first."""

    items: list[Item]


Block = Paragraph | Heading | Quote | CodeBlock | List | Table | Rule | Spoiler | Aligned | Notes


@dataclass(slots=True)
class Document:
    """A whole text."""

    blocks: list[Block] = field(default_factory=list)


def walk(blocks: list[Block]) -> Iterator[Block]:
    """Every block, those within others after them."""
    for block in blocks:
        yield block
        if isinstance(block, Quote | Spoiler | Aligned):
            yield from walk(block.children)
        elif isinstance(block, List | Notes):
            for item in block.items:
                yield from walk(item.children)


def inlines_of(block: Block) -> Iterator[Inline]:
    """Every inline that stands in a block itself, those within others after them."""
    if isinstance(block, Paragraph | Heading):
        yield from _walk_inlines(block.children)
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from _walk_inlines(cell.children)


def runs_of(block: Block) -> Iterator[list[Inline]]:
    """Every list of inlines that stands in a block itself, to be changed in place; those within others after them."""
    if isinstance(block, Paragraph | Heading):
        yield from _runs(block.children)
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from _runs(cell.children)


def _runs(inlines: list[Inline]) -> Iterator[list[Inline]]:
    yield inlines
    for inline in inlines:
        if isinstance(inline, Styled | Sized | Tinted | Hidden):
            yield from _runs(inline.children)


def _walk_inlines(inlines: list[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        if isinstance(inline, Styled | Sized | Tinted | Hidden | Link):
            yield from _walk_inlines(inline.children)
