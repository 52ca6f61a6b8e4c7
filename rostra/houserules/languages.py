"""In which language a text is written, by two detectors of different making: only what both say counts.

CLD2 looks at letters in fours and at words of a list, py3langid at the bytes that tell 139 languages apart; they err on
different texts. The second costs 90 MB and half a second when it is first asked, so it is asked only when the first one
says something other than the board's language (docs/decisions/0019).
"""

from functools import cache
from typing import Any, NamedTuple

import pycld2
import regex

from rostra.houserules.own import count_words

LOOKED_AT = 2_000  # characters
UNKNOWN = ""
_NUMBER = regex.compile(r"\b\w*?\d\w*+")
# What is no letter and no mark between words: signs, emoji, and the control characters on which CLD2 refuses a text.
_NOISE = regex.compile(r"[^\p{L}\p{M}\p{P}\p{Zs}\u200c\u200d]++")
_SPACES = regex.compile(r"\s++")
_LETTER = regex.compile(r"\p{L}")
# A word that begins with a capital within a sentence: in most scripts a name.
_NAME = regex.compile(r"(?<=[\p{L},;] )\p{Lu}[\p{Ll}\p{M}'’-]++")
_LEAST_WITHOUT_NAMES = 3  # words; a text of names alone is left as it is
# Two names of one language, and languages that the detectors know by different ones.
_SAME = {
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "jw": "jv",
    "sr-ME": "sr",
    "bs": "hr",
    "zh-Hant": "zh",
    "in": "id",
}


class Spoken(NamedTuple):
    """What is known of a text's language: what each detector says, what both agree on (else ""), how certain that is
    (0 to 1), and of how many words (numbers too) and letters."""

    languages: tuple[str, ...] = ()
    language: str = UNKNOWN
    certainty: float = 0.0
    words: int = 0
    letters: int = 0


def spoken(text: str, home: str) -> Spoken:
    """The language of an author's own words. `home` is the board's language: where the first detector says it, the
    second is not asked."""
    own = main_language(home)
    cleaned = clean(text)
    words, letters = count_words(text[:LOOKED_AT]), len(_LETTER.findall(cleaned))
    looked_at = _without_names(cleaned)
    first, share = _cld2(looked_at)
    if first in (UNKNOWN, own):
        return Spoken((first,) if first else (), first, share, words, letters)
    second, certainty = _langid(looked_at)
    agreed = first if first == second else UNKNOWN
    return Spoken((first, second), agreed, min(share, certainty) if agreed else 0.0, words, letters)


def clean(text: str) -> str:
    """The beginning of a text on one line, without numbers, signs and control characters."""
    beginning = text[:LOOKED_AT]
    if not beginning.isascii() or any(sign.isdigit() for sign in beginning) or not beginning.isprintable():
        beginning = _NOISE.sub(" ", _NUMBER.sub(" ", beginning))
    return str(_SPACES.sub(" ", beginning)).strip()


def main_language(code: str) -> str:
    """The language of a code with a region or script, as the detectors name it: pt-BR is pt, nb is no."""
    return _named(code.replace("_", "-").partition("-")[0].lower())


def warm_up() -> None:
    """Load both detectors now, rather than while somebody waits."""
    _identifier()
    _cld2("warm")


def _without_names(cleaned: str) -> str:
    bare = str(_NAME.sub("", cleaned))
    return bare if bare == cleaned or count_words(bare) >= _LEAST_WITHOUT_NAMES else cleaned


def _cld2(text: str) -> tuple[str, float]:
    try:
        _, _, details = pycld2.detect(text.encode("utf-8", "replace"), bestEffort=True)
    except pycld2.error:  # bytes that it does not take for UTF-8
        return UNKNOWN, 0.0
    code, per_cent = details[0][1], details[0][2]
    return (UNKNOWN, 0.0) if code == "un" or code.startswith("xx") else (_named(code), per_cent / 100)


def _langid(text: str) -> tuple[str, float]:
    code, certainty = _identifier().classify(text)
    return _named(code), float(certainty)


def _named(code: str) -> str:
    return _SAME.get(code, code)


@cache
def _identifier() -> Any:
    from py3langid.langid import (
        MODEL_FILE,
        LanguageIdentifier,
    )  # and with it numpy: 15 MB that few boards need

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
