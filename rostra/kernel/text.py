"""Cutting plain text where a reader would: between graphemes, between words, outside quotations."""

import unicodedata

import regex
from django.utils.text import slugify

CUT_MARK = "[…]"
_GRAPHEME = regex.compile(r"\X")
_SPACE = regex.compile(r"\s+")
# Pairs that must not be left open. The straight quotation mark opens and closes alike.
_CLOSING = {
    "(": ")",
    "[": "]",
    "{": "}",
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "《": "》",
}
# Marks over and under letters (accents, the points of Hebrew, the vowel signs of Arabic). Those of Indic scripts and
# of kana make letters in their own right, and so do those of й, ў and ї.
_ACCENTS = regex.compile(
    r"(?<![иу])\u0306|(?<!і)\u0308"
    r"|[\u0300-\u0305\u0307\u0309-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]"
)
_JOINERS = "\u200c\u200d"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"  # letters and a symbol, by their category, that show nothing


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return str(_SPACE.sub(" ", text)).strip()


def excerpt(text: str, length: int) -> str:
    """At most `length` graphemes of a plain text on one line, and "[…]" when anything was left out.

    The cut prefers the end of a word in the last third and never lies inside a grapheme (an emoji with its
    joiners, a letter with its marks). A quotation or parenthesis that the cut would leave open is left out;
    where it began at the very start it is closed behind the mark instead. The result is plain text: escape it.
    """
    line = one_line(text)
    window = line[: length * 12 + 64]
    graphemes = _GRAPHEME.findall(window)
    if len(window) < len(line):
        graphemes.pop()  # the window may have cut it
    if len(graphemes) <= length and len("".join(graphemes)) == len(line):
        return line
    head = _to_word_end("".join(graphemes[:length]), "".join(graphemes[length : length + 1]))
    start, closing = _open_pair(head)
    if start is None:
        return head.rstrip() + CUT_MARK
    if start >= max(len(head) // 3, 1):
        return head[:start].rstrip() + CUT_MARK
    return head.rstrip() + CUT_MARK + closing


def _to_word_end(head: str, following: str) -> str:
    if not following or following.isspace() or head[-1:].isspace():
        return head
    space = head.rfind(" ")
    return head[:space] if space >= len(head) * 2 // 3 else head


def _open_pair(head: str) -> tuple[int | None, str]:
    """Where the outermost pair that is still open begins, and what closes all that are open."""
    still_open: list[tuple[int, str]] = []
    for index, sign in enumerate(head):
        if still_open and sign in still_open[-1][1]:
            still_open.pop()
        elif sign == '"' and _opens(head, index):
            still_open.append((index, '"'))
        elif sign in _CLOSING:
            still_open.append((index, _CLOSING[sign]))
    if not still_open:
        return None, ""
    return still_open[0][0], "".join(closing[0] for _, closing in reversed(still_open))


def _opens(head: str, index: int) -> bool:
    return index == 0 or head[index - 1].isspace() or head[index - 1] in "([{“‘—–-"


def slug(text: str, otherwise: str) -> str:
    """The cosmetic part of an address, at most 60 characters; `otherwise` when nothing of the text is usable."""
    return slugify(text, allow_unicode=True)[:60].strip("-_") or otherwise


def is_visible(text: str) -> bool:
    """Does the text hold a sign that a reader can see?"""
    return any(
        not sign.isspace() and sign not in _FILLERS and unicodedata.category(sign) not in _INVISIBLE
        for sign in text
    )


def without_controls(text: str) -> str:
    """The text without control signs and overrides of its direction; joiners, which some scripts need, stay."""
    return "".join(
        sign
        for sign in text
        if sign in _JOINERS or sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf")
    )


def tidy_name(text: str) -> str:
    """A name as it is stored: NFC, single spaces, nothing invisible."""
    visible = "".join(
        sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) not in _INVISIBLE
    )
    return one_line(visible)


def name_key(text: str) -> str:
    """What two names share when a reader would take them for one: compatibility forms and case folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", tidy_name(text)).casefold())


def folded(text: str) -> str:
    """The text for comparing words: compatibility forms, letter case and accents do not count."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", str(_ACCENTS.sub("", bare)))
