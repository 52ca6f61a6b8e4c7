"""Finding words in titles: whole words, whatever their letter case and accents; "elect*" finds words that begin so."""

from collections.abc import Iterable
from functools import lru_cache

import regex

from rostra.kernel.text import folded, one_line, without_controls

LENGTH, KEY_LENGTH = 60, 240
_WORD = regex.compile(r"\w+")
# Scripts that put no space between words: there a word may stand anywhere.
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}ー]"
)


def tidy_word(text: str) -> str:
    """A word as it is shown: one line, nothing invisible that could hide in it."""
    return one_line(without_controls(text))


def word_key(word: str) -> str:
    """What a word is compared by: two words with the same key find the same titles."""
    return one_line(folded(word))


class Words:
    """The words of a reader, ready to be looked for."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._whole: set[str] = set()
        beginnings, others = [], []
        for key in keys:
            bare = key.removesuffix("*")
            if not _WORD.fullmatch(bare) or _UNSPACED.search(bare):
                others.append(_pattern(bare, is_beginning=key.endswith("*")))
            elif key.endswith("*"):
                beginnings.append(bare)
            else:
                self._whole.add(bare)
        self._beginnings = tuple(beginnings)
        self._others = regex.compile("|".join(others)) if others else None

    def are_in(self, title: str) -> bool:
        """Does the title hold any of them?"""
        line, words = _words_of(title)
        if not self._whole.isdisjoint(words):
            return True
        if self._beginnings and any(word.startswith(self._beginnings) for word in words):
            return True
        return self._others is not None and self._others.search(line) is not None


@lru_cache(maxsize=8192)
def _words_of(title: str) -> tuple[str, frozenset[str]]:
    line = one_line(folded(title))
    return line, frozenset(_WORD.findall(line))


def _pattern(bare: str, *, is_beginning: bool) -> str:
    """Several words, a script without spaces, or signs: edges count where a letter of a spaced script stands."""
    before = r"(?<!\w)" if _has_edge(bare[:1]) else ""
    after = r"(?!\w)" if _has_edge(bare[-1:]) and not is_beginning else ""
    return before + str(regex.escape(bare)) + after


def _has_edge(sign: str) -> bool:
    return bool(_WORD.match(sign)) and not _UNSPACED.match(sign)
