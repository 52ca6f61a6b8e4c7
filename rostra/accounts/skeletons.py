"""What a name looks like: the skeleton of Unicode Technical Standard 39, so that look-alikes can be compared."""

import unicodedata
from functools import lru_cache

from confusable_homoglyphs import confusables

from rostra.kernel.text import tidy_name

_ROUNDS = 5
_MARK = "\u200e"  # the data file wraps right-to-left signs in it


@lru_cache(maxsize=1)
def _prototypes() -> dict[int, str]:
    """For each sign the one that stands for all that look like it.

    The package's file lists every pair in both directions. A sign that stands for others has several partners,
    the others have it alone. In a pair that is alone, either may stand for both: the lower code point does.
    """
    found: dict[int, str] = {}
    for wrapped, partners in confusables.confusables_data.items():
        sign = wrapped.replace(_MARK, "")
        if len(sign) != 1 or len(partners) != 1:
            continue
        partner = partners[0]["c"].replace(_MARK, "")
        is_a_pair_alone = (
            len(partner) == 1 and len(confusables.confusables_data.get(partners[0]["c"], ())) == 1
        )
        found[ord(sign)] = min(sign, partner) if is_a_pair_alone else partner
    return found


def _mapped(text: str) -> str:
    """Every sign replaced by its prototype, until nothing changes.

    Composed signs go first, since the data has look-alikes of them that their parts have not. A prototype may be a
    composed sign itself, so one round is not enough.
    """
    for _ in range(_ROUNDS):
        before, table = text, _prototypes()
        composed = unicodedata.normalize("NFC", text).translate(table)
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFD", composed).translate(table))
        if text == before:
            break
    return text


def skeleton(name: str) -> str:
    """What two names share when one can pass for the other, capital and small letters alike.

    Not for showing, and not for comparing with anything but another skeleton.
    """
    return _mapped(_mapped(tidy_name(name)).casefold())
