"""Finding the words of lists in a text: one walk, however many words there are.

A word is met as a whole, whatever its letter case. `*` in it is any run of letters and digits. A phrase is words one after
another within a sentence, whatever stands between them. What holds other signs (`a$$`), and scripts without spaces, is met
as it is written.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

import regex

from rostra.kernel.text import one_line
from rostra.wordlists.automaton import Automaton
from rostra.wordlists.folding import UNSPACED, folded

MOST_FOUND = 3  # of one list that are told
_PHRASE = regex.compile(r"[\w\p{M}*]+(?:[ '’.\-]+[\w\p{M}*]+)*")
_TOKEN = regex.compile(r"[\w\p{M}]+|[.!?;:]\s")  # the end of a sentence ends a phrase
_STOPS = frozenset(".!?;:")
_SYMBOL = regex.compile(r"[\w\p{M}*]+")
_WORD_SIGN = regex.compile(r"[\w\p{M}]")
_ENDS: Any = None  # in a step of the trie: whose words end here


class Found(NamedTuple):
    """A word of a list in a text: the list, and the words as they are compared."""

    owner: int
    words: tuple[str, ...]


class _Starred(NamedTuple):
    """What a word with stars begins with, holds and ends with."""

    beginning: str
    inner: str
    end: str

    def is_met(self, word: str) -> bool:
        """Is this such a word?"""
        rest = len(word) - len(self.beginning) - len(self.end)
        if rest < len(self.inner) or not (word.startswith(self.beginning) and word.endswith(self.end)):
            return False
        return self.inner in word[len(self.beginning) : len(self.beginning) + rest]

    def pieces(self) -> list[str]:
        """What every such word holds, where it stands between two line ends."""
        named = (
            f"\n{self.beginning}" if self.beginning else "",
            self.inner,
            f"{self.end}\n" if self.end else "",
        )
        return [each for each in named if each]


class _Anywhere(NamedTuple):
    """What is met as it is written; an edge that is a letter must be one of a word."""

    text: str
    has_start: bool
    has_end: bool
    owner: int

    def is_met(self, line: str, start: int) -> bool:
        """Do its edges stand where a word begins and ends?"""
        end = start + len(self.text)
        before, after = line[start - 1 : start] if start else "", line[end : end + 1]
        return not (self.has_start and _is_letter(before)) and not (self.has_end and _is_letter(after))


class Words:
    """The words of all lists, each with the list that it is of."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        self._trie: dict[Any, Any] = {}
        self._anywhere: dict[str, list[_Anywhere]] = {}
        symbols: set[str] = set()
        for entry, owner in entries:
            key = one_line(folded(entry))
            if not _PHRASE.fullmatch(key) or UNSPACED.search(key):
                self._add_anywhere(key, owner)
                continue
            steps = _SYMBOL.findall(key)
            symbols.update(step for step in steps if "*" in step)
            node = self._trie
            for step in steps:
                node = node.setdefault(step, {})
            node.setdefault(_ENDS, []).append(owner)
        self._by_piece = _by_piece(symbols)
        self._starred = Automaton(self._by_piece) if self._by_piece else None
        self._others = Automaton(self._anywhere) if self._anywhere else None
        self._signs = frozenset(key[0] for key in self._anywhere)

    def _add_anywhere(self, key: str, owner: int) -> None:
        text = key.strip("*")
        starts = not key.startswith("*") and _is_letter(text[:1])
        ends = not key.endswith("*") and _is_letter(text[-1:])
        self._anywhere.setdefault(text, []).append(_Anywhere(text, starts, ends, owner))

    def found_in(self, text: str) -> Iterator[Found]:
        """Each of the words that a text holds, the first first, signs and scripts without spaces after them."""
        key = folded(text)
        if self._trie:
            yield from self._phrases(_TOKEN.findall(key))
        if self._others is not None and not self._signs.isdisjoint(key):
            line = one_line(key)
            for key, start in self._others.met_in(line):
                for each in self._anywhere[key]:
                    if each.is_met(line, start):
                        yield Found(each.owner, (key,))

    def _phrases(self, tokens: list[str]) -> Iterator[Found]:
        patterns = self._patterns(set(tokens))
        trie = self._trie
        for place, token in enumerate(tokens):
            if token not in trie and token not in patterns:
                continue
            nodes = _following([trie], token, patterns)
            for end in range(place + 1, len(tokens) + 1):
                for node in nodes:
                    for owner in node.get(_ENDS, ()):
                        yield Found(owner, tuple(tokens[place:end]))
                nodes = _following(nodes, tokens[end], patterns) if end < len(tokens) else []
                if not nodes:
                    break

    def _patterns(self, words: set[str]) -> dict[str, list[str]]:
        """For each word the words with stars that it is one of, where there are any."""
        found: dict[str, list[str]] = {}
        if self._starred is None:
            return found
        known = sorted(word for word in words if word[0] not in _STOPS)
        line = "\n".join(["", *known, ""])
        starts = [0, *accumulate(len(word) + 1 for word in known)]
        asked: set[tuple[int, str]] = set()
        for piece, start in self._starred.met_in(line):
            number = bisect_right(starts, start) - 1
            if (number, piece) not in asked:
                asked.add((number, piece))
                word = known[number]
                met = [symbol for symbol, starred in self._by_piece[piece] if starred.is_met(word)]
                if met:
                    found.setdefault(word, []).extend(met)
        return found


def _following(
    nodes: list[dict[Any, Any]], token: str, patterns: dict[str, list[str]]
) -> list[dict[Any, Any]]:
    symbols = (token, *patterns.get(token, ()))
    return [node[symbol] for node in nodes for symbol in symbols if symbol in node]


def _by_piece(symbols: set[str]) -> dict[str, list[tuple[str, _Starred]]]:
    """Words with stars by the piece of each that is in the fewest others, so that meeting one leaves little to ask."""
    starred = [(symbol, _read(symbol)) for symbol in sorted(symbols)]
    known = Counter(piece for _symbol, each in starred for piece in each.pieces())
    found: dict[str, list[tuple[str, _Starred]]] = {}
    for symbol, each in starred:
        piece = min(each.pieces(), key=lambda piece: (known[piece], -len(piece)))
        found.setdefault(piece, []).append((symbol, each))
    return found


def _read(symbol: str) -> _Starred:
    beginning, *inner, end = symbol.split("*")
    return _Starred(beginning, "".join(inner), end)


def _is_letter(sign: str) -> bool:
    return bool(_WORD_SIGN.match(sign)) and not UNSPACED.match(sign)
