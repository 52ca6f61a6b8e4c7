"""What of a document is its author's own: words outside quotations, without code, formulas, links, names that are spoken to."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import regex

from rostra.markup import document as doc
from rostra.markup.targets import Target, host
from rostra.markup.words import words_of

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d'’-]*+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'-]*+")
# Scripts without spaces between words: letters of an average word.
_IDEOGRAMS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー]++")
_SYLLABLES = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]++")
_PER_IDEOGRAPHIC_WORD, _PER_SYLLABIC_WORD = 2, 4
# What no reader sees, blank letters of Hangul among it. One joiner between two signs shapes them.
_UNSEEN = regex.compile(
    r"(?!(?<=[[\p{L}\p{M}\p{S}]--\p{Default_Ignorable_Code_Point}])[\u200c\u200d]"
    r"[[\p{L}\p{S}]--\p{Default_Ignorable_Code_Point}])\p{Default_Ignorable_Code_Point}",
    regex.VERSION1,
)
_ADDRESS = regex.compile(r"(?:https?|ftp)://\S++|www\.\S++", regex.IGNORECASE)


# Letters one by one, as in “b u y”: to a reader they are one word.
_SPELLED = regex.compile(
    r"(?<![\w'’-])[\p{Latin}\p{Greek}\p{Cyrillic}](?:\W++[\p{Latin}\p{Greek}\p{Cyrillic}](?![\w'’-])){2,}+"
)


def _plain_letters() -> dict[int, str]:
    """Signs that look like a letter of ASCII and stand for it: in full width, in a square or circle, of mathematics."""
    ranges = (
        (0x2100, 0x2139),
        (0x213A, 0x2150),
        (0x249C, 0x24EA),
        (0xFF21, 0xFF5B),
        (0x1D400, 0x1D800),
        (0x1F130, 0x1F14A),
    )
    found = {}
    for code in (code for span in ranges for code in range(*span)):
        letter = unicodedata.normalize("NFKC", chr(code)).strip("()")
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            found[code] = letter
    for first in (0x1F150, 0x1F170):  # white on black, which has no compatible form
        found |= {first + number: chr(ord("A") + number) for number in range(26)}
    return found


_PLAIN_LETTERS = _plain_letters()


def seen(text: str) -> str:
    """The text without signs that nobody sees, such as the fillers of Hangul, which are letters by their class."""
    return text if text.isascii() else str(_UNSEEN.sub("", text))


def plain(text: str) -> str:
    """The text with letters for the signs that only look like them."""
    return text if text.isascii() else text.translate(_PLAIN_LETTERS)


def count_words(text: str) -> int:
    """How many words a text has; where a script puts no spaces, by the length of its average word. What is spelled out
    letter by letter is one word."""
    text = _SPELLED.sub("x", plain(text))
    if text.isascii():
        return len(_ASCII_WORD.findall(text))
    text = seen(text)
    ideograms, syllables = (sum(map(len, script.findall(text))) for script in (_IDEOGRAMS, _SYLLABLES))
    if ideograms or syllables:
        text = _SYLLABLES.sub(" ", _IDEOGRAMS.sub(" ", text))
    unspaced = ideograms // _PER_IDEOGRAPHIC_WORD + syllables // _PER_SYLLABIC_WORD
    return len(_WORD.findall(text)) + unspaced


@dataclass(slots=True)
class Reading:
    """A document taken apart. `blocks` are those that hold own words, each with the words."""

    blocks: list[tuple[doc.Block, str]] = field(default_factory=list)
    links: list[doc.Link] = field(default_factory=list)
    images: list[doc.Image] = field(default_factory=list)
    mentions: list[doc.Mention] = field(default_factory=list)
    quotations: list[doc.Quote] = field(default_factory=list)  # the outermost ones
    quoted_links: list[doc.Link] = field(default_factory=list)  # within quotations
    code_blocks: int = 0

    @property
    def text(self) -> str:
        """All own words, a line for each."""
        return "\n".join(words for _, words in self.blocks)

    def nameless(self) -> list[doc.Quote]:
        """Quotations that say neither whom they quote nor which post nor where."""
        return [each for each in self.quotations if not (each.author or each.post or each.source)]

    def hosts(self) -> list[str]:
        """The hosts of own links, each once, in the order of the text."""
        return list(dict.fromkeys(filter(None, (host(link.target) for link in self.links))))


def reading_of(document: doc.Document) -> Reading:
    """Take a document apart."""
    found = Reading()
    _read(document.blocks, found)
    return found


def quoted_words(quote: doc.Quote) -> str:
    """The words of a quotation, those of quotations in it too, without its head."""
    return words_of(doc.Document(quote.children))


def _read(blocks: Iterable[doc.Block], found: Reading) -> None:
    for block in blocks:
        if isinstance(block, doc.Quote):
            found.quotations.append(block)
            found.quoted_links += _links(block)
        elif isinstance(block, doc.CodeBlock):
            found.code_blocks += 1
        elif isinstance(block, doc.Spoiler | doc.Aligned):
            _read(block.children, found)
        elif isinstance(block, doc.List | doc.Notes):
            for item in block.items:
                _read(item.children, found)
        else:
            _read_words(block, found)


def _read_words(block: doc.Block, found: Reading) -> None:
    """Paragraphs, headings and tables: the blocks that hold words themselves."""
    if isinstance(block, doc.Table):
        words = "\n".join(" ".join(_own(cell.children, found) for cell in row).strip() for row in block.rows)
    elif isinstance(block, doc.Paragraph | doc.Heading):
        words = _own(block.children, found)
    else:
        return
    if "://" in words or "www." in words:  # what the reader of the markup made no link of
        words = _ADDRESS.sub(" ", words)
    if words.strip():
        found.blocks.append((block, words.strip()))


def _own(inlines: Iterable[doc.Inline], found: Reading) -> str:
    return "".join(_pieces(inlines, found))


def _pieces(inlines: Iterable[doc.Inline], found: Reading) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, doc.Words):
            yield inline.text
        elif isinstance(inline, doc.LineBreak):
            yield "\n"
        elif isinstance(inline, doc.Styled | doc.Sized | doc.Tinted | doc.Hidden):
            yield from _pieces(inline.children, found)
        else:
            _note(inline, found)
            yield " "


def _note(inline: doc.Inline, found: Reading) -> None:
    if isinstance(inline, doc.Link):
        found.links.append(inline)
    elif isinstance(inline, doc.Image):
        found.images.append(inline)
    elif isinstance(inline, doc.Mention):
        found.mentions.append(inline)


def _links(quote: doc.Quote) -> list[doc.Link]:
    return [
        inline
        for block in doc.walk(quote.children)
        for inline in doc.inlines_of(block)
        if isinstance(inline, doc.Link)
    ]


def leads_away(where: Target, home: str) -> bool:
    """Does a target lead to another host than the board's own (empty: not known)?"""
    there = host(where)
    return bool(there) and there != home
