"""Words that a board does not want to see, found in texts and replaced.

A word is looked for as a whole, whatever its letter case; combining marks are part of it, so that words of all scripts
are. `*` in it stands for any letters. Where a script puts no space between words, a word may stand anywhere.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import regex

_WORD = regex.compile(r"[\w\p{M}]+")
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}ー]"
)
_MOST_KNOWN = 20_000  # words of texts that are remembered with what stands for them


class Censored(NamedTuple):
    """A word that is not shown, and what stands in its place; `*` in the word is any run of letters and digits."""

    word: str
    instead: str


def key_of(word: str) -> str:
    """What words are compared by: compatibility forms and letter case do not count, accents do."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())


def censored(text: str, words: tuple[Censored, ...]) -> str:
    """A text (not HTML) without these words."""
    return _censor(words).clean(text) if words and text else text


class _Starred(NamedTuple):
    """A word with stars: what a word begins with, holds and ends with."""

    beginning: str
    inner: str
    end: str
    instead: str

    def is_met(self, key: str) -> bool:
        """Is this such a word?"""
        rest = len(key) - len(self.beginning) - len(self.end)
        return (
            rest >= len(self.inner)
            and key.startswith(self.beginning)
            and key.endswith(self.end)
            and self.inner in key[len(self.beginning) : len(self.beginning) + rest]
        )


class _Censor:
    def __init__(self, words: Iterable[Censored]) -> None:
        self._whole: dict[str, str] = {}
        self._starred: list[_Starred] = []
        others: list[Censored] = []
        for each in words:
            key = key_of(each.word)
            bare = key.replace("*", "")
            if not _WORD.fullmatch(bare) or _UNSPACED.search(bare):
                others.append(each)
            elif bare == key:
                self._whole[key] = each.instead
            else:
                self._starred.append(_starred(key, each.instead))
        self._starred.sort(key=lambda each: -len(each.beginning + each.inner + each.end))
        self._others = _pattern(sorted(others, key=lambda each: -len(each.word))) if others else None
        self._known: dict[str, str | None] = {}

    def clean(self, text: str) -> str:
        """The text without the words."""
        if self._others is not None:
            pattern, instead = self._others
            text = pattern.sub(instead, text)
        return str(_WORD.sub(self._instead, text)) if self._whole or self._starred else text

    def _instead(self, found: "regex.Match[str]") -> str:
        word = found[0]
        if word not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known = {}
            self._known[word] = self._look_up(key_of(word))
        instead = self._known.get(word)
        return word if instead is None else instead

    def _look_up(self, key: str) -> str | None:
        found = self._whole.get(key)
        if found is None:
            found = next((each.instead for each in self._starred if each.is_met(key)), None)
        return found


def _starred(key: str, instead: str) -> _Starred:
    beginning, *inner, end = key.split("*")
    return _Starred(beginning, "".join(inner), end, instead)


def _pattern(
    words: list[Censored],
) -> tuple["regex.Pattern[str]", Callable[["regex.Match[str]"], str]]:
    """Several words, a script without spaces, or signs: an edge counts where a letter of a spaced script stands."""
    forms = []
    for each in words:
        word = unicodedata.normalize("NFC", each.word.strip("*"))
        before = r"(?<![\w\p{M}])" if _has_edge(word[:1]) and not each.word.startswith("*") else ""
        after = r"(?![\w\p{M}])" if _has_edge(word[-1:]) and not each.word.endswith("*") else ""
        inner = regex.escape(word).replace(r"\*", r"[\w\p{M}]{0,40}").replace(r"\ ", r"\s+")
        forms.append(f"{before}({inner}){after}")
    pattern = regex.compile("|".join(forms), regex.IGNORECASE)
    return pattern, lambda found: words[(found.lastindex or 1) - 1].instead


def _has_edge(sign: str) -> bool:
    return bool(_WORD.match(sign)) and not _UNSPACED.match(sign)


@lru_cache(maxsize=8)
def _censor(words: tuple[Censored, ...]) -> _Censor:
    return _Censor(words)
