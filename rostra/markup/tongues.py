"""Blocks in another language than the board's say so (`lang`): screen readers speak them right (WCAG 2.2, 3.1.2).

CLD2 finds the language. Only what it is sure of is marked, and only blocks that are long enough to be sure of.
"""

from functools import cache
from importlib import import_module
from types import ModuleType

from rostra.markup import document as doc
from rostra.markup.words import words_in

LEAST_LETTERS, LEAST_WORDS = 60, 10
LEAST_SHARE = 90  # per cent of a block that must be in the language
_LONGEST = 20_000  # characters of a text that are looked at
# Codes that BCP 47 has replaced since.
_UNKNOWN = ("un", 0), ("un", 0)
_NEWER = {"iw": "he", "jw": "jv", "mo": "ro", "in": "id"}


def mark_languages(document: doc.Document, board: str) -> None:
    """Mark the paragraphs and headings of a document that are surely in another language than the board's.

    Most texts are in the board's language from the beginning to the end: that is asked first, of all of it.
    """
    blocks = [block for block in doc.walk(document.blocks) if isinstance(block, doc.Paragraph | doc.Heading)]
    texts = [words_in(block.children) for block in blocks]
    whole = "\n".join(texts)[:_LONGEST]
    if sum(map(str.isalpha, whole[: 2 * LEAST_LETTERS])) < LEAST_LETTERS or _is_all_in(whole, board):
        return
    for block, text in zip(blocks, texts, strict=True):
        language = _language_of(text)
        if language and _main(language) != _main(board):
            block.language = language


def _is_all_in(text: str, board: str) -> bool:
    """Is a text in the board's language, and no stretch of it in another?"""
    first, second = _detected(text)
    return _main(first[0]) == _main(board) and second[0] == "un"


def _language_of(text: str) -> str:
    is_long = sum(map(str.isalpha, text)) >= LEAST_LETTERS
    has_words = len(text.split()) >= LEAST_WORDS or not text.isascii()
    (language, share), _second = _detected(text) if is_long and has_words else _UNKNOWN
    return _NEWER.get(language, language) if language != "un" and share >= LEAST_SHARE else ""


def _detected(text: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """The codes of the first two languages of a text with their shares in per cent; `un` for one that is not known."""
    try:
        is_reliable, _bytes, details = _cld2().detect(text[:_LONGEST])
    except Exception:  # control characters and the like
        return _UNKNOWN
    first, second = ((code, share) for _name, code, share, _score in details[:2])
    return (first, second) if is_reliable else _UNKNOWN


def _main(language: str) -> str:
    return language.lower().partition("-")[0]


@cache
def _cld2() -> ModuleType:
    # Loaded by the first text that is long enough.
    return import_module("pycld2")
