"""What changed from one text to the next, word by word."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence

# White space goes with what it stands at: alone it would be the commonest word of all.
_LINE = re.compile(r"\n*[^\n]+\n*|\n+")
_WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_MOST_WORK = 10_000
Piece = tuple[str, str]


def words_changed(old: str, new: str) -> list[Piece]:
    """The whole text in pieces: ("", kept), ("-", taken out), ("+", put in), in the order of reading.

    Lines are compared first and words only within lines that changed. What repeats itself so often that comparing
    would take long is shown as taken out and put in: the work is bounded, whatever the texts are.
    """
    pieces: list[Piece] = []
    for sign, before, after in _compared(_LINE.findall(old), _LINE.findall(new)):
        if sign:
            words = _compared(_WORD.findall(before), _WORD.findall(after))
            for one, left, right in words:
                pieces += [("-", left), ("+", right)] if one else [("", left)]
        else:
            pieces.append(("", before))
    return _joined(pieces)


def _compared(before: Sequence[str], after: Sequence[str]) -> list[tuple[bool, str, str]]:
    """Stretches of two sequences in their order: whether they differ, and what each has there."""
    if _work(before, after) > _MOST_WORK:
        return [(True, "".join(before), "".join(after))]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        (verb != "equal", "".join(before[a:b]), "".join(after[c:d]))
        for verb, a, b, c, d in matcher.get_opcodes()
    ]


def _work(before: Sequence[str], after: Sequence[str]) -> int:
    """How many pairs of equal pieces there are: what difflib looks at, again and again."""
    there = Counter(after)
    return sum(count * there[piece] for piece, count in Counter(before).items())


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without empty pieces, neighbours of one kind as one."""
    joined: list[Piece] = []
    for sign, text in pieces:
        if text and joined and joined[-1][0] == sign:
            joined[-1] = (sign, joined[-1][1] + text)
        elif text:
            joined.append((sign, text))
    return joined
