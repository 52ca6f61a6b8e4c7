"""`$$x^2$$`: a formula, in a line or on lines of its own. Rules for markdown-it-py. One dollar is money."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

# No dollar and no empty line stands in a formula.
FORMULA = re.compile(r"\$\$(?!\$)((?:[^$\n]|\n(?![ \t]*\n)){1,2000}?)\$\$(?!\$)")
LONGEST = 2_100  # signs of a formula with its indents


def read_formulas(parser: MarkdownIt) -> None:
    """Teach a parser the rules."""
    parser.inline.ruler.before("escape", "formula", _inline)
    parser.inline.add_terminator_char("$")
    parser.block.ruler.before("fence", "formula", _block, {"alt": ["paragraph", "blockquote", "list"]})


def _inline(state: StateInline, silent: bool) -> bool:
    found = FORMULA.match(state.src, state.pos) if state.src[state.pos] == "$" else None
    if found is None:
        return False
    if not silent:
        state.push("formula", "", 0).content = found[1].strip()
    state.pos = found.end()
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin and end with the signs: what stands in them is no list, heading or rule, whatever it looks like."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("$$", begin):
        return False
    line = _last_line(state, start, end)
    text = state.getLines(start, line + 1, state.blkIndent, False).strip() if line is not None else ""
    if line is None or FORMULA.fullmatch(text) is None:
        return False
    if not silent:
        state.push("paragraph_open", "p", 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children, inline.map = text, [], [start, line + 1]
        state.push("paragraph_close", "p", -1)
        state.line = line + 1
    return True


def _last_line(state: StateBlock, start: int, end: int) -> int | None:
    """The line with the next dollar behind the two that begin: no other can end the formula. None when it is far away."""
    length = 0
    for line in range(start, end):
        if (line > start and state.isEmpty(line)) or state.sCount[line] < state.blkIndent:
            return None
        begin = state.bMarks[line] + state.tShift[line] + (2 if line == start else 0)
        if state.src.find("$", begin, state.eMarks[line]) >= 0:
            return line
        length += state.eMarks[line] - begin + 1
        if length > LONGEST:
            return None
    return None
