"""BBCode to a document, in one pass.

A tag that cannot be one (a wrong value, nothing to close) is text. What is not closed ends with the block around it.
Blocks end formats and begin them anew, so any order of tags gives a tree (`flow.py`).
"""

import re
from collections.abc import Callable

from rostra.markup import document as doc
from rostra.markup.bare import is_long, shortened
from rostra.markup.bbcode.flow import Format, Mark, Paragraphs, Piece
from rostra.markup.bbcode.frames import BLOCKS, INNER, Flow, Frame, block_of
from rostra.markup.bbcode.openings import CANDIDATE, Opening, opening_at
from rostra.markup.bbcode.stock import LINKS, RAW
from rostra.markup.bbcode.tags import FORMATS, VALUES, link_of
from rostra.markup.links import unlinked

DEEPEST = 10  # tags of a kind within each other; what is deeper is text, as on phpBB
MOST_FORMATS = 12  # open at once; each is written again in every paragraph that it reaches into


def read_bbcode(source: str) -> doc.Document:
    """The document that a source in BBCode means."""
    return Reader(source, lambda pieces, formats: Paragraphs(formats).take(pieces)).document()


class Reader:
    """Reads one source. `flow` makes blocks of what flows between the tags of blocks."""

    def __init__(self, source: str, flow: Flow, skipped: Callable[[int], int] | None = None) -> None:
        self._source, self._flow = source, flow
        self._skipped = skipped or (lambda place: place)
        self._frames = [Frame("")]
        self._formats: list[Format] = []
        self._ends: dict[Format, int] = {}
        self._ended: list[str] = []
        self._closers: dict[str, tuple[int, int]] = {}

    def document(self) -> doc.Document:
        """Read all of it."""
        place = 0
        while (found := CANDIDATE.search(self._source, place)) is not None:
            start = found.start()
            inside = self._skipped(start)
            if inside > start:  # Markdown's code: no tag in it is one
                self._text(self._source[place:inside])
                place = inside
                continue
            self._text(self._source[place:start])
            place = self._tag(found)
            if place == start:
                place = found.end()
                self._text(self._source[start:place])
        self._text(self._source[place:])
        while len(self._frames) > 1:
            self._end_frame()
        self._flush()
        return doc.Document(self._frames[0].blocks)

    def _tag(self, found: re.Match[str]) -> int:
        """The place behind the tag; the place where it begins when it is none."""
        name, start = found[2].lower(), found.start()
        top = self._frames[-1]
        if top.name == "list" and top.inner and name != "*" and not (found[1] and name == "list"):
            return start  # behind an item that was closed a list takes items only
        if found[1]:
            end = found.end() + 1
            if not (self._source.startswith("]", found.end()) and self._closes(name, end)):
                return start
            return self._behind_closers(end)
        opening = opening_at(self._source, found)
        if opening is None:
            return start
        if name != "*":
            self._begin_item()
        return self._opening(opening, start)

    def _opening(self, opening: Opening, start: int) -> int:
        name = opening.name
        if name in RAW:
            return self._raw(opening)
        if name in LINKS:
            return self._link(opening, start)
        if name in VALUES:
            return self._value(opening, start)
        if name == "hr":
            return self._rule(opening)
        return opening.end if self._opens(opening) else start

    # Formats.

    def _opens(self, opening: Opening) -> bool:
        name = opening.name
        if name in FORMATS:
            wrap = FORMATS[name](opening)
            if wrap is None or len(self._formats) >= MOST_FORMATS:
                return False
            self._begin(Format(name, wrap))
            return True
        if name in BLOCKS:
            return self._opens_block(opening)
        return False

    def _begin(self, format_: Format) -> None:
        self._formats.append(format_)
        self._frames[-1].pieces.append(Mark(format_, begins=True))

    def _finish(self, format_: Format) -> None:
        self._formats.remove(format_)
        self._frames[-1].pieces.append(Mark(format_, begins=False))

    def _finish_all(self) -> None:
        """Code and an item without a list end what is open, as on phpBB."""
        for format_ in reversed(self._formats.copy()):
            self._finish(format_)

    def _closes(self, name: str, end: int) -> bool:
        if name in FORMATS or name in LINKS:
            for format_ in reversed(self._formats):
                if format_.name == name and self._ends.get(format_, end) == end:
                    self._finish(format_)
                    return True
            return False
        return name in BLOCKS and self._closes_block(name)

    # Blocks.

    def _opens_block(self, opening: Opening) -> bool:
        name, top = opening.name, self._frames[-1]
        if sum(frame.name == name for frame in self._frames) >= DEEPEST * (2 if name in INNER else 1):
            return False
        if name in INNER:
            siblings = ("td", "th") if name in ("td", "th") else (name,)
            if top.name in siblings:
                self._end_frame()
            elif name == "tr" and top.name in ("td", "th"):
                self._end_frame()
                self._end_frame()
            if self._frames[-1].name != INNER[name]:
                self._finish_all()
                return False
        self._flush()
        self._frames.append(Frame(name, opening, formats=list(self._formats)))
        return True

    def _closes_block(self, name: str) -> bool:
        depth = next((at for at in range(len(self._frames) - 1, 0, -1) if self._frames[at].name == name), 0)
        if not depth:
            return False
        self._ended = [frame.name for frame in self._frames[depth + 1 :]]
        while len(self._frames) > depth:
            self._end_frame()
        return True

    def _behind_closers(self, end: int) -> int:
        """The place behind closing tags that come too late: what they close has ended just now, with what was around it."""
        ended, self._ended = self._ended, []
        while ended and (found := CANDIDATE.match(self._source, end)) is not None and found[1]:
            if found[2].lower() not in ended or not self._source.startswith("]", found.end()):
                break
            ended.remove(found[2].lower())
            end = found.end() + 1
        return end

    def _end_frame(self) -> None:
        self._flush()
        frame = self._frames.pop()
        around = self._frames[-1]
        if frame.name in INNER:
            around.inner.append(frame)
        else:
            self._place(around, block_of(frame))
        around.formats = list(self._formats)

    def _flush(self) -> None:
        """What flowed until now becomes blocks: behind it another block begins, or this one ends."""
        top = self._frames[-1]
        pieces, top.pieces = top.pieces, []
        found = self._flow(_merged(pieces), top.formats) if pieces else []
        top.formats = list(self._formats)
        self._place(top, found)

    @staticmethod
    def _place(frame: Frame, blocks: list[doc.Block]) -> None:
        """Put blocks into a frame. What stands in a list or a table outside its items gets an item of its own."""
        if not blocks:
            return
        if frame.name == "list":
            frame.inner.append(Frame("*", blocks=blocks))
        elif frame.name == "tr":
            frame.inner.append(Frame("td", blocks=blocks))
        elif frame.name == "table":
            frame.inner.append(Frame("tr", inner=[Frame("td", blocks=blocks)]))
        else:
            frame.blocks += blocks

    # Leaves.

    def _text(self, text: str) -> None:
        if text:
            if not text.isspace():
                self._begin_item()
            self._frames[-1].pieces.append(text)

    def _begin_item(self) -> None:
        """What a list begins with is an item, also without its tag."""
        top = self._frames[-1]
        if top.name == "list" and not top.inner:
            top.pieces.clear()
            self._frames.append(Frame("*", formats=list(self._formats)))

    def _raw(self, opening: Opening) -> int:
        """Code runs to its first closing tag, or to the end."""
        content, end = self._content(opening) or (self._source[opening.end :], len(self._source))
        if opening.name == "noparse":
            self._frames[-1].pieces.append(doc.Words(content))
            return end
        self._finish_all()
        self._flush()
        language = (opening.value or "").strip().lower()
        is_name = re.fullmatch(r"[a-z0-9+#.-]{1,30}", language) is not None
        self._place(
            self._frames[-1], [doc.CodeBlock(content.strip("\n") + "\n", language if is_name else "")]
        )
        return end

    def _rule(self, opening: Opening) -> int:
        self._flush()
        self._place(self._frames[-1], [doc.Rule()])
        closed = re.compile(r"\s*\[/hr\]", re.IGNORECASE).match(self._source, opening.end)
        return closed.end() if closed else opening.end

    def _value(self, opening: Opening, start: int) -> int:
        content = self._content(opening)
        made = VALUES[opening.name](opening, content[0]) if content else None
        if content is None or made is None:
            return start
        self._frames[-1].pieces.append(made)
        return content[1]

    def _link(self, opening: Opening, start: int) -> int:
        content = self._content(opening)
        if content is None or any(each.is_link for each in self._formats):
            return start
        where, is_tag = link_of(opening, content[0])
        if not is_tag:
            return start
        if opening.value is None and _is_address(content[0]):
            words = doc.Words(shortened(content[0]))
            self._frames[-1].pieces.append(doc.Link(where, [words]) if where else words)
            return content[1]
        format_ = Format(
            opening.name,
            lambda children: [doc.Link(where, unlinked(children))] if where else children,
            is_link=True,
        )
        self._ends[format_] = content[1]
        self._begin(format_)
        return opening.end

    def _content(self, opening: Opening) -> tuple[str, int] | None:
        """What stands between a tag and its closing one, and the place behind that; None when it is not closed."""
        name = opening.name
        known = self._closers.get(name)
        if known is None or 0 <= known[0] < opening.end:
            found = re.compile(rf"\[/{re.escape(name)}\]", re.IGNORECASE).search(self._source, opening.end)
            known = self._closers[name] = (found.start(), found.end()) if found else (-1, -1)
        return (self._source[opening.end : known[0]], known[1]) if known[0] >= 0 else None


def _merged(pieces: list[Piece]) -> list[Piece]:
    """The pieces with each stretch of text in one."""
    merged: list[Piece] = []
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        merged += ["".join(texts), piece] if texts else [piece]
        texts.clear()
    return [*merged, "".join(texts)] if texts else merged


def _is_address(content: str) -> bool:
    """Is what stands in `[url]` shown as an address? phpBB shows a long one so, whatever tags come later in it."""
    return "[" not in content or (is_long(content) and not content.startswith("["))
