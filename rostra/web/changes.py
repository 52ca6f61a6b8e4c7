"""What changed from one text to the next, word by word."""

import difflib
import itertools
import re
from collections.abc import Sequence

# White space goes with what it stands at: alone it would be the commonest word of all.
_LINE = re.compile(r"\n*[^\n]+\n*|\n+")
_WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_MOST_LOOKS = 300_000
Piece = tuple[str, str]


class _Budget:
    """How many pieces may still be looked at; what is left is shown as taken out and put in."""

    def __init__(self) -> None:
        self.left = _MOST_LOOKS


class _Matcher(difflib.SequenceMatcher[str]):
    """difflib's matcher, which looks at all that is left again for each stretch it finds: here within a budget."""

    def __init__(self, before: Sequence[str], after: Sequence[str], budget: _Budget) -> None:
        super().__init__(None, before, after, autojunk=False)
        self._budget = budget
        there = self.b2j  # type: ignore[attr-defined]  # where each piece of the second sequence stands
        looks = (1 + len(there.get(piece, ())) for piece in before)
        self._looks_before = [0, *itertools.accumulate(looks)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        """difflib's hook: the longest stretch that is the same, or none when looking for it costs too much."""
        looks = self._looks_before[-1 if ahi is None else ahi] - self._looks_before[alo]
        if looks > self._budget.left:
            return difflib.Match(alo, blo, 0)
        self._budget.left -= looks
        return super().find_longest_match(alo, ahi, blo, bhi)


def words_changed(old: str, new: str) -> list[Piece]:
    """The whole text in pieces: ("", kept), ("-", taken out), ("+", put in), in the order of reading.

    Lines are compared first and words only within lines that changed. What would take long to compare is shown as
    taken out and put in: the work is bounded, whatever the texts are.
    """
    budget = _Budget()
    pieces: list[Piece] = []
    for sign, before, after in _compared(_LINE.findall(old), _LINE.findall(new), budget):
        if sign:
            words = _compared(_WORD.findall(before), _WORD.findall(after), budget)
            for one, left, right in words:
                pieces += [("-", left), ("+", right)] if one else [("", left)]
        else:
            pieces.append(("", before))
    return _joined(pieces)


def _compared(before: Sequence[str], after: Sequence[str], budget: _Budget) -> list[tuple[bool, str, str]]:
    """Stretches of two sequences in their order: whether they differ, and what each has there."""
    return [
        (verb != "equal", "".join(before[a:b]), "".join(after[c:d]))
        for verb, a, b, c, d in _Matcher(before, after, budget).get_opcodes()
    ]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without empty pieces, neighbours of one kind as one."""
    joined: list[Piece] = []
    for sign, text in pieces:
        if text and joined and joined[-1][0] == sign:
            joined[-1] = (sign, joined[-1][1] + text)
        elif text:
            joined.append((sign, text))
    return joined
