"""Languages made by machine, to find what a translation would break.

`xa` has accents on every letter and is 40 % longer: what shows without accents is not translated, and what does not
fit into its place will not fit in German either. `xb` is the same from right to left.
"""

import math
import re

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MARKED = "áƀçđéƒĝĥíĵķļɱñóþǫŕšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞǪŔŠŢÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _MARKED)
_VOWELS = re.compile("([áéíóúÁÉÍÓÚ])")
_LONGER = 1.4
# Left as they are: what Python puts values in for, HTML, and line ends.
_KEPT = re.compile(r"(%\(\w+\)[#0 +-]*[\d.]*[a-z]|%[sd]|%%|\{[^}]*\}|<[^>]*>|&\w+;|\n)")
_OVERRIDE, _END = "\u202e", "\u202c"


def accented(text: str) -> str:
    """The text with accents, 40 % longer, its placeholders untouched."""
    parts = _KEPT.split(text)
    words = [index for index in range(0, len(parts), 2) if any(sign.isalpha() for sign in parts[index])]
    for index in words:
        parts[index] = _VOWELS.sub(r"\1\1", parts[index].translate(_ACCENTS))
    if words:
        missing = math.ceil(_LONGER * len(text)) - sum(map(len, parts))
        parts[words[-1]] = _lengthened(parts[words[-1]], missing)
    return "".join(parts)


def mirrored(text: str) -> str:
    """The text with accents, each of its words running from right to left."""
    parts = _KEPT.split(accented(text))
    for index in range(0, len(parts), 2):
        parts[index] = re.sub(r"\w+", lambda word: f"{_OVERRIDE}{word[0]}{_END}", parts[index])
    return "".join(parts)


def _lengthened(text: str, number: int) -> str:
    """More letters behind the last one, before the full stop."""
    if number <= 0:
        return text
    end = max(index for index, sign in enumerate(text) if sign.isalpha()) + 1
    return text[:end] + "é" * number + text[end:]
