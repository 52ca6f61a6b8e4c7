"""`@name` speaks to a member. A name may hold spaces, so the longest one that somebody has is meant: `@Gaius Gracchus said`.

Who is a member only the board knows: it is asked once for a text, with every name that may be meant.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from rostra.markup import document as doc
from rostra.markup.targets import Target

MOST = 20  # members that one text speaks to; further ones are words
_MOST_WORDS = 4  # of a name without quotation marks
_MOST_NAMES = 300  # that the board is asked for
_WORD = r"[^\W_][\w.'’-]{0,39}(?!\w)"
_AT = re.compile(
    rf'(?<![\w@/.:+-])@(?:"(?P<quoted>[^"\n]{{2,60}})"|(?P<bare>{_WORD}(?: {_WORD}){{0,{_MOST_WORDS - 1}}}))'
)
_END = re.compile(r"[.'’-]+$")
_OWNED = re.compile(r"['’]\w{0,2}$")  # alice's


class Member(NamedTuple):
    """Somebody who has a name: the account's number, its name as it is written, and its page."""

    id: int
    name: str
    page: Target


# Given names as they were typed, those that are somebody's.
Known = Callable[[list[str]], Mapping[str, Member]]


def mention(document: doc.Document, known: Known) -> None:
    """Make mentions of the names in a document that are members'. Code and links are left as they are."""
    runs = [
        run
        for block in doc.walk(document.blocks)
        for run in doc.runs_of(block)
        if any(isinstance(each, doc.Words) and "@" in each.text for each in run)
    ]
    names = list(dict.fromkeys(islice((name for run in runs for name in _names(run)), _MOST_NAMES)))
    members = known(names) if names else {}
    if members:
        spoken_to = list(dict.fromkeys(members[name].id for name in names if name in members))[:MOST]
        members = {name: member for name, member in members.items() if member.id in spoken_to}
        for run in runs:
            run[:] = [piece for each in run for piece in _pieces(each, members)]


def _names(run: list[doc.Inline]) -> Iterator[str]:
    for each in run:
        if isinstance(each, doc.Words):
            for found in _AT.finditer(each.text):
                yield from _meant(found)


def _meant(found: re.Match[str]) -> Iterator[str]:
    """Every name that may be meant, the longest first."""
    if found["quoted"]:
        yield found["quoted"].strip()
        return
    words = found["bare"].split(" ")
    for number in range(len(words), 0, -1):
        name = " ".join(words[:number])
        yield name
        for shorter in (_END.sub("", name), _OWNED.sub("", name)):
            if shorter != name and len(shorter) > 1:
                yield shorter


def _pieces(inline: doc.Inline, members: Mapping[str, Member]) -> Iterator[doc.Inline]:
    if not isinstance(inline, doc.Words) or "@" not in inline.text:
        yield inline
        return
    text, place = inline.text, 0
    for found in _AT.finditer(text):
        name = next((name for name in _meant(found) if name in members), None)
        if name is None:
            continue
        if found.start() > place:
            yield doc.Words(text[place : found.start()])
        member = members[name]
        yield doc.Mention(member.name, member.id, member.page)
        place = found.end() if found["quoted"] else found.start() + 1 + len(name)
    if place < len(text):
        yield doc.Words(text[place:])
