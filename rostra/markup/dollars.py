"""`$$x^2$$`: a formula, in a line or on lines of its own. Rules for markdown-it-py. One dollar is money."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

# No dollar and no empty line stands in a formula.
FORMULA = re.compile(r"\$\$(?!\$)((?:[^$\n]|\n(?![ \t]*\n)){1,2000}?)\$\$(?!\$)")


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
    for line in range(start, end):
        if (line > start and state.isEmpty(line)) or state.sCount[line] < state.blkIndent:
            return False
        text = state.getLines(start, line + 1, state.blkIndent, False).strip()
        found = FORMULA.fullmatch(text) if text.endswith("$$") else None
        if found is not None:
            break
        if len(text) > 2_100:
            return False
    else:
        return False
    if not silent:
        state.push("paragraph_open", "p", 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children, inline.map = text, [], [start, line + 1]
        state.push("paragraph_close", "p", -1)
        state.line = line + 1
    return True
