"""What flows within a block: text, marks where formats begin and end, and pieces of their own, in their order.

Formats may overlap (`[b]one [i]two[/b] three[/i]`) and reach over the edges of blocks. What is open at an edge is
closed there and opened again behind it, so the document is a tree all the same.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rostra.markup import document as doc
from rostra.markup.bare import linked

Wrap = Callable[[list[doc.Inline]], list[doc.Inline]]
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


@dataclass(eq=False, slots=True)
class Format:
    """A format that was opened: what it makes of the words in it. A link takes no other link in."""

    name: str
    wrap: Wrap
    is_link: bool = False


@dataclass(slots=True)
class Mark:
    """Here a format begins or ends."""

    format: Format
    begins: bool


Piece = str | Mark | doc.Inline


@dataclass(slots=True)
class _Open:
    """The words within a format so far; outside all formats `format` is None."""

    format: Format | None
    children: list[doc.Inline] = field(default_factory=list)


class Nest:
    """Inlines that are put together while formats begin and end."""

    def __init__(self, formats: Iterable[Format] = ()) -> None:
        self._opens: list[_Open] = [_Open(None)]
        for each in formats:
            self.begin(each)

    @property
    def formats(self) -> list[Format]:
        """What is open, the outermost first."""
        return [each.format for each in self._opens if each.format is not None]

    def add(self, *inlines: doc.Inline) -> None:
        """Words within all that is open."""
        self._opens[-1].children += inlines

    def begin(self, format_: Format) -> None:
        """Open a format."""
        self._opens.append(_Open(format_))

    def finish(self, format_: Format) -> None:
        """Close a format that is open; those that were opened in it are closed and opened again."""
        again: list[Format] = []
        while (closed := self._close()) is not format_:
            again.append(closed)
        for each in reversed(again):
            self.begin(each)

    def end(self) -> list[doc.Inline]:
        """Close everything; what was put together."""
        while len(self._opens) > 1:
            self._close()
        return self._opens[0].children

    def _close(self) -> Format:
        """Close the innermost format; nothing is left of one without words."""
        inner = self._opens.pop()
        if inner.format is None:
            raise LookupError("a format was closed that is not open")
        if inner.children:
            self._opens[-1].children += inner.format.wrap(inner.children)
        return inner.format


class Paragraphs:
    """Puts what flows in a block together, a paragraph for each stretch between empty lines."""

    def __init__(self, formats: list[Format]) -> None:
        self._nest = Nest(formats)
        self._done: list[doc.Block] = []

    def take(self, pieces: list[Piece]) -> list[doc.Block]:
        """The paragraphs of these pieces, white space at their edges left out."""
        for piece in pieces:
            if isinstance(piece, str):
                self._text(piece)
            elif not isinstance(piece, Mark):
                self._nest.add(piece)
            elif piece.begins:
                self._nest.begin(piece.format)
            else:
                self._nest.finish(piece.format)
        self._end()
        return self._done

    def _text(self, text: str) -> None:
        for number, stretch in enumerate(_EMPTY_LINES.split(text)):
            if number:
                self._end()
            is_in_link = any(each.is_link for each in self._nest.formats)
            for place, line in enumerate(stretch.split("\n")):
                if place:
                    self._nest.add(doc.LineBreak())
                if line:
                    self._nest.add(*([doc.Words(line)] if is_in_link else linked(line)))

    def _end(self) -> None:
        """The end of a paragraph; what is open goes on in the next."""
        formats = self._nest.formats
        children = trimmed(self._nest.end())
        if children:
            self._done.append(doc.Paragraph(children))
        self._nest = Nest(formats)


def trimmed(inlines: list[doc.Inline]) -> list[doc.Inline]:
    """Inlines without line breaks and blank text at their edges."""
    first, last = 0, len(inlines)
    while first < last and _is_blank(inlines[first]):
        first += 1
    while last > first and _is_blank(inlines[last - 1]):
        last -= 1
    return inlines[first:last]


def _is_blank(inline: doc.Inline) -> bool:
    return isinstance(inline, doc.LineBreak) or (isinstance(inline, doc.Words) and not inline.text.strip())
