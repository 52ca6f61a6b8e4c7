"""What stands in brackets, found without looking through the rest of the text at each of them.

markdown-it-py looks from each `[` on for its `]`, to the end when there is none: a listing with a thousand brackets
takes a second. Brackets that find no partner are known beforehand here, and no label is longer than anybody writes.
"""

import re
from types import SimpleNamespace

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline

LONGEST = 400  # characters of a label
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


def bound(parser: MarkdownIt) -> None:
    """Have a parser look for labels this way."""
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
        parseLinkLabel=_label,
    )


def _label(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N803 - their name
    partner = _partners(state).get(start, -1)
    if partner < 0 or partner - start > LONGEST:
        return -1
    return helpers.parseLinkLabel(state, start, disableNested)


def _partners(state: StateInline) -> dict[int, int]:
    """For each bracket that opens, the one that closes it; escapes are no brackets."""
    known: dict[int, tuple[str, dict[int, int]]] = state.env.setdefault("brackets", {})
    found = known.get(id(state.src))
    if found is None or found[0] is not state.src:
        found = known[id(state.src)] = state.src, _paired(state.src)
    return found[1]


def _paired(text: str) -> dict[int, int]:
    opened: list[int] = []
    partners: dict[int, int] = {}
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            partners[opened.pop()] = found.start()
    return partners
