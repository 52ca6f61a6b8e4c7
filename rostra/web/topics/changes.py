"""What changed from one text to the next, word by word."""

import difflib
import re

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_WORDS = 3000
_MOST_LINES = 2000
Piece = tuple[str, str]


def words_changed(old: str, new: str) -> list[Piece]:
    """The whole text in pieces: ("", kept), ("-", taken out), ("+", put in), in the order of reading.

    Lines are compared first and words only within lines that changed, so that a long text costs little; what
    changed in more than 3,000 words at once, or a text of very many lines, is shown as taken out and put in.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) + len(after) > _MOST_LINES:
        return _joined([("-", old), ("+", new)] if old != new else [("", old)])
    pieces: list[Piece] = []
    for verb, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            pieces.append(("", "".join(before[a:b])))
        else:
            pieces += _within("".join(before[a:b]), "".join(after[c:d]))
    return _joined(pieces)


def _within(old: str, new: str) -> list[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not before or not after or len(before) + len(after) > _MOST_WORDS:
        return [("-", old), ("+", new)]
    pieces: list[Piece] = []
    for verb, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            pieces.append(("", "".join(before[a:b])))
        else:
            pieces += [("-", "".join(before[a:b])), ("+", "".join(after[c:d]))]
    return pieces


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without empty pieces, neighbours of one kind as one."""
    joined: list[Piece] = []
    for sign, text in pieces:
        if text and joined and joined[-1][0] == sign:
            joined[-1] = (sign, joined[-1][1] + text)
        elif text:
            joined.append((sign, text))
    return joined
