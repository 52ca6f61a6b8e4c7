"""Addresses that stand in a text as they are, without marks: they become links."""

import re
from collections.abc import Iterator
from functools import cache

from linkify_it import LinkifyIt

from rostra.markup import document as doc
from rostra.markup.targets import Target, target

# What may be one: looking closer at every text costs more than all the rest.
_MAY_BE = re.compile(r"://|@|www\.|mailto:", re.IGNORECASE)
# Ends of tags that are none: an address may begin behind them.
_VALUE = re.compile(r"(?<=\[url)=|\](?=[\w.+-]{1,64}@)", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_LONGEST = 1_000  # characters of an address that becomes a link
_LONG, _HEAD, _TAIL = 55, 39, 10


def linked(text: str) -> list[doc.Inline]:
    """The text with its bare addresses as links."""
    if not _MAY_BE.search(text):
        return [doc.Words(text)]
    parts: list[doc.Inline] = []
    place = 0
    for start, end, where, shown in _addresses(text):
        if start > place:
            parts.append(doc.Words(text[place:start]))
        parts.append(doc.Link(where, [doc.Words(shortened(shown))], is_bare=True))
        place = end
    if place < len(text):
        parts.append(doc.Words(text[place:]))
    return parts


def _addresses(text: str) -> Iterator[tuple[int, int, Target, str]]:
    """Beginning, end, target and words of each; looked for word by word, since the finder looks through all it gets."""
    for word in _WORD.finditer(text):
        if len(word[0]) > _LONGEST or not _MAY_BE.search(word[0]):
            continue
        finder = _finder(has_host="www." in word[0].lower(), has_mail="@" in word[0])
        for match in finder.match(_VALUE.sub(" ", word[0])) or ():
            where = target(match.url)
            is_meant = (
                bool(match.schema) or match.text[:4].lower() == "www."
            )  # not every word with a dot in it
            if where is not None and is_meant:
                yield word.start() + match.index, word.start() + match.last_index, where, match.text


def shortened(address: str) -> str:
    """A long address as it is shown: its beginning and its end, as phpBB cuts it."""
    return f"{address[:_HEAD]} ... {address[-_TAIL:]}" if is_long(address) else address


def is_long(address: str) -> bool:
    """Is it cut when it is shown?"""
    return len(address) > _LONG


@cache
def _finder(*, has_host: bool, has_mail: bool) -> LinkifyIt:
    """One that looks for hosts without a scheme, and for mail addresses, only where they may be."""
    return LinkifyIt(options={"fuzzy_link": has_host, "fuzzy_email": has_mail})
