"""What words and domains are compared by."""

import unicodedata
from urllib.parse import unquote

import regex

from rostra.houserules.own import seen

# Where a script puts no space between words, a word may stand anywhere.
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}ー]")
_FULL_STOPS = regex.compile("[。．｡]")


def folded(text: str) -> str:
    """The text without what does not count: letter case, compatibility forms, signs that nobody sees. Accents count."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen(text)).casefold())


def places_of(text: str) -> tuple[str, list[int]]:
    """A text folded sign by sign, and for each sign of that the place where it comes from."""
    simple = text.lower()
    if len(simple) == len(text) and text.isascii():
        return simple, list(range(len(text)))
    signs, places = [], []
    for place, sign in enumerate(text):
        for each in folded(sign):
            signs.append(each)
            places.append(place)
    return "".join(signs), places


def domain_key(host: str) -> str:
    """A host as it is compared: in letters that DNS takes, however it was written; empty for none."""
    text = _FULL_STOPS.sub(".", folded(unquote(host.strip()))).strip(".")
    return ".".join(map(_label, text.split(".")))


def _label(label: str) -> str:
    """A label is read before it is compared: two spellings of the same name are one."""
    if label.startswith("xn--"):
        try:
            label = folded(label[4:].encode("ascii").decode("punycode"))
        except UnicodeError:
            return label
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
