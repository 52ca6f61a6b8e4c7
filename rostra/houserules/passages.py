"""Where in what was typed a finding is: offsets in the source, found again by the words that the document holds."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rostra.houserules.facts import Facts
from rostra.houserules.languages import main_language, spoken
from rostra.markup import document as doc

_LONGEST_PIECE = 200  # characters looked for
_MOST_BLOCKS = 400
_LEAST_WORDS = 4  # of a paragraph whose language is asked for


class Passage(NamedTuple):
    """A part of the title or of the body: offsets in characters, `end` is behind the last one."""

    where: str
    start: int
    end: int


def passage_of(facts: Facts, names: Iterable[str]) -> Passage | None:
    """The passage that the first of these facts is about and that can be found again; None for the whole."""
    for name in names:
        find = _FINDERS.get(name)
        if find is not None and (found := find(facts)) is not None:
            return found
    return None


def _title(facts: Facts) -> Passage | None:
    title = facts.draft.title
    return Passage("title", 0, len(title)) if title else None


def _quotation(facts: Facts) -> Passage | None:
    """The longest quotation."""
    return _longest(facts, facts.reading.quotations)


def _unattributed(facts: Facts) -> Passage | None:
    return _longest(facts, facts.reading.nameless())


def _longest(facts: Facts, blocks: Iterable[doc.Block]) -> Passage | None:
    places = _places(facts)
    found = [places.get(id(block)) for block in blocks]
    return max(filter(None, found), key=lambda passage: passage.end - passage.start, default=None)


def _foreign(facts: Facts) -> Passage | None:
    """The longest paragraph of which the first detector says another language than the board's."""
    home, places = main_language(facts.draft.circumstances.language), _places(facts)
    candidates = sorted(facts.reading.blocks[:_MOST_BLOCKS], key=lambda block: -len(block[1]))
    for block, words in candidates[:20]:
        found = spoken(words, home)
        if found.words >= _LEAST_WORDS and found.languages and home not in found.languages:
            return places.get(id(block))
    return None


def _capitals(facts: Facts) -> Passage | None:
    """The paragraph with the most capitals."""
    counted = [(sum(map(str.isupper, words)), block) for block, words in facts.reading.blocks]
    number, block = max(counted, key=lambda each: each[0], default=(0, None))
    return _places(facts).get(id(block)) if number else None


def _own(facts: Facts) -> Passage | None:
    """From the first to the last of one's own paragraphs."""
    places = _places(facts)
    found = [places.get(id(block)) for block, _ in facts.reading.blocks]
    whole = list(filter(None, found))
    return Passage("body", whole[0].start, max(each.end for each in whole)) if whole else None


def _link(facts: Facts) -> Passage | None:
    return _first(facts, (str(link.target) for link in facts.reading.links))


def _image(facts: Facts) -> Passage | None:
    return _first(facts, (str(image.source) for image in facts.reading.images))


def _mention(facts: Facts) -> Passage | None:
    return _first(facts, (f"@{mention.name}" for mention in facts.reading.mentions))


def _first(facts: Facts, texts: Iterable[str]) -> Passage | None:
    source = facts.draft.source
    for text in texts:
        for form in (text, text.removeprefix("http://"), text.removeprefix("https://")):
            start = source.find(form)
            if form and start >= 0:
                return Passage("body", start, start + len(form))
    return None


_FINDERS: dict[str, Callable[[Facts], Passage | None]] = {
    "own_words": _own, "own_characters": _own, "own_lines": _own, "own_text": _own, "names_source": _own,
    "title": _title, "title_words": _title, "title_letters": _title, "title_capitals": _title, "title_capital_words": _title,
    "quotations": _quotation, "quoted_words": _quotation, "quoted_share": _quotation, "unattributed_words": _unattributed,
    "languages": _foreign, "language": _foreign, "capitals_share": _capitals, "news_signs": _own, "links": _link,
    "domains": _link, "images": _image, "unnamed_images": _image, "mentions": _mention,
}  # fmt: skip


def _places(facts: Facts) -> dict[int, Passage]:
    """Where each block that holds words stands, by its identity. Blocks are looked for in their order, so that words
    that come twice are found where they belong; what is not found is left out."""
    source, place, found = facts.draft.source, 0, dict[int, Passage]()
    for number, block in enumerate(_blocks(facts.draft.document.blocks)):
        if number >= _MOST_BLOCKS:
            break
        span = _span(source, list(_words(block)), place)
        if span is not None:
            place = span[1]
            found[id(block)] = Passage("body", *span)
    return found


def _blocks(blocks: Iterable[doc.Block]) -> Iterator[doc.Block]:
    """Blocks that stand in no quotation, quotations as a whole."""
    for block in blocks:
        if isinstance(block, doc.Spoiler | doc.Aligned):
            yield from _blocks(block.children)
        elif isinstance(block, doc.List | doc.Notes):
            for item in block.items:
                yield from _blocks(item.children)
        else:
            yield block


def _words(block: doc.Block) -> Iterator[str]:
    """The words of a block as they were typed, piece by piece."""
    for each in doc.walk([block]):
        if isinstance(each, doc.CodeBlock):
            yield from filter(None, (line.strip() for line in each.text.split("\n")))
        for inline in doc.inlines_of(each):
            if isinstance(inline, doc.Words | doc.CodeWords) and inline.text.strip():
                yield inline.text.strip()


def _span(source: str, pieces: list[str], place: int) -> tuple[int, int] | None:
    """From the first to the last piece that can be found."""
    start = end = -1
    for piece in pieces[:1] + pieces[-1:] if len(pieces) > 1 else pieces:
        looked_for = piece[:_LONGEST_PIECE]
        at = source.find(looked_for, max(place, end))
        if at < 0:
            continue
        start = at if start < 0 else start
        end = at + len(looked_for)
        if len(piece) > _LONGEST_PIECE and source.startswith(piece, at):
            end = at + len(piece)
    return (start, end) if start >= 0 else None
