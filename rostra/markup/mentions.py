"""`@name` speaks to a member. A name may hold spaces, so the longest one that somebody has is meant: `@Gaius Gracchus said`.

Who is a member only the board knows: it is asked once for a text, with every name that may be meant.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import regex

from rostra.markup import document as doc
from rostra.markup.targets import Target

MOST = 20  # members that one text speaks to; further ones are words
_MOST_NAMES = 2_000  # that the board is asked for
_MOST_WORDS = 4  # of a name without quotation marks
_WORD = r"[\p{L}\p{N}](?:[\w\p{M}.'’-]{0,39})(?![\w\p{M}])"
_AT = regex.compile(
    rf'(?<![\w\p{{M}}@/.:+-])@(?:"(?P<quoted>[^"\n]{{2,60}})"|(?P<bare>{_WORD}(?: {_WORD}){{0,{_MOST_WORDS - 1}}}))'
)
_END = regex.compile(r"[.'’-]+$")
_OWNED = regex.compile(r"['’]\w{0,2}$")  # alice's


class Member(NamedTuple):
    """Somebody who has a name: the account's number, its name as it is written, and its page."""

    id: int
    name: str
    page: Target


# Given names as they were typed, those that are somebody's.
Known = Callable[[list[str]], Mapping[str, Member]]


def mention(document: doc.Document, known: Known) -> None:
    """Make mentions of the names in a document that are members'. Code and links are left as they are.

    What one says oneself comes first: of a text with very many, those in quotations stay words.
    """
    own, quoted = (
        list(_runs(document.blocks, in_quotations=False)),
        list(_runs(document.blocks, in_quotations=True)),
    )
    signs = dict.fromkeys(found[0] for run in (*own, *quoted) for found in _found_in(run))
    names = dict.fromkeys(name for sign in signs for name in _meant(_AT.fullmatch(sign)))
    asked = list(islice(names, _MOST_NAMES))
    members = known(asked) if asked else {}
    if members:
        spoken_to: dict[int, None] = {}
        for run in (*own, *quoted):
            run[:] = [piece for each in run for piece in _pieces(each, members, spoken_to)]


def _runs(blocks: list[doc.Block], *, in_quotations: bool) -> Iterator[list[doc.Inline]]:
    """The runs of inlines with a sign in them, outside quotations or within."""
    for block in blocks:
        if isinstance(block, doc.Quote):
            if in_quotations:
                yield from (
                    run for each in doc.walk(block.children) for run in doc.runs_of(each) if _may_speak(run)
                )
            continue
        if not in_quotations:
            yield from filter(_may_speak, doc.runs_of(block))
        if isinstance(block, doc.Spoiler | doc.Aligned):
            yield from _runs(block.children, in_quotations=in_quotations)
        elif isinstance(block, doc.List | doc.Notes):
            for item in block.items:
                yield from _runs(item.children, in_quotations=in_quotations)


def _may_speak(run: list[doc.Inline]) -> bool:
    return any(isinstance(each, doc.Words) and "@" in each.text for each in run)


def _found_in(run: list[doc.Inline]) -> Iterator["regex.Match[str]"]:
    for each in run:
        if isinstance(each, doc.Words):
            yield from _AT.finditer(each.text)


def _meant(found: "regex.Match[str] | None") -> Iterator[str]:
    """Every name that may be meant, the longest first."""
    if found is None:
        return
    if found["quoted"]:
        yield found["quoted"].strip()
        return
    words = found["bare"].split(" ")
    for number in range(len(words), 0, -1):
        name = " ".join(words[:number])
        bare = _END.sub("", name)
        yield from dict.fromkeys(each for each in (name, bare, _OWNED.sub("", bare)) if len(each) > 1)


def _pieces(
    inline: doc.Inline, members: Mapping[str, Member], spoken_to: dict[int, None]
) -> Iterator[doc.Inline]:
    """An inline with mentions in place of the names; `spoken_to` has everybody so far, and grows up to MOST."""
    if not isinstance(inline, doc.Words) or "@" not in inline.text:
        yield inline
        return
    text, place = inline.text, 0
    for found in _AT.finditer(text):
        name = next((name for name in _meant(found) if name in members), None)
        if name is None or (len(spoken_to) >= MOST and members[name].id not in spoken_to):
            continue
        if found.start() > place:
            yield doc.Words(text[place : found.start()])
        member = members[name]
        spoken_to[member.id] = None
        yield doc.Mention(member.name, member.id, member.page)
        place = found.end() if found["quoted"] else found.start() + 1 + len(name)
    if place < len(text):
        yield doc.Words(text[place:])
