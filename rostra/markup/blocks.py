"""markdown-it-py's parser of blocks, so that no text takes long: a line is read again for each block that it stands in."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote

from rostra.markup.limits import TooDeep, TooMuchWork

DEEPEST = 30  # blocks within each other; a list within a quotation counts three times
# What begins so is an ornament. Nobody's words were handed on as often.
_ORNAMENT = re.compile(r"(?:>[ \t]?){13}")
_MOST_QUOTED = 20_000  # lines that were looked through for the ends of quotations


def bound(parser: MarkdownIt) -> None:
    """Have a parser raise Unfit rather than go deeper, or back to the same lines again and again."""
    tokenize = parser.block.tokenize

    def bounded(state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - their names
        if state.level > DEEPEST:
            raise TooDeep(state.level, DEEPEST)
        if state.parentType == "blockquote":
            quoted = state.env["quoted"] = state.env.get("quoted", 0) + endLine - startLine
            if quoted > max(_MOST_QUOTED, 10 * state.lineMax):
                raise TooMuchWork(quoted, _MOST_QUOTED)
        tokenize(state, startLine, endLine)

    parser.block.tokenize = bounded  # type: ignore[method-assign]
    parser.block.ruler.at(
        "blockquote", _blockquote, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    place = state.bMarks[start] + state.tShift[start]
    is_one = state.src.startswith(">", place) and not _ORNAMENT.match(state.src, place, state.eMarks[start])
    return is_one and blockquote(state, start, end, silent)
