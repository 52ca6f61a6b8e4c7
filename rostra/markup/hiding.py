"""`||words||`: hidden until somebody asks for them, as people know it from chats. A rule for markdown-it-py.

It is its strikethrough rule with bars: https://github.com/executablebooks/markdown-it-py, rules_inline/strikethrough.py.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_BAR = ord("|")


def hide(parser: MarkdownIt) -> None:
    """Teach a parser the rule."""
    parser.inline.ruler.push("hidden", _tokenize)
    parser.inline.ruler2.after("strikethrough", "hidden", _pair)
    parser.inline.add_terminator_char("|")


def _tokenize(state: StateInline, silent: bool) -> bool:
    """Bars in twos, each a text for now."""
    if silent or state.src[state.pos] != "|":
        return False
    scanned = state.scanDelims(state.pos, True)
    length = scanned.length
    if length < 2:
        return False
    if length % 2:
        state.push("text", "", 0).content = "|"
        length -= 1
    for _ in range(length // 2):
        state.push("text", "", 0).content = "||"
        state.delimiters.append(
            Delimiter(_BAR, 0, len(state.tokens) - 1, -1, scanned.can_open, scanned.can_close)
        )
    state.pos += scanned.length
    return True


def _pair(state: StateInline) -> None:
    """Bars that found each other become the beginning and the end of what is hidden."""
    for delimiters in (
        state.delimiters,
        *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta),
    ):
        for opener in delimiters:
            if opener.marker != _BAR or opener.end == -1:
                continue
            for at, kind, nesting in (
                (opener.token, "hidden_open", 1),
                (delimiters[opener.end].token, "hidden_close", -1),
            ):
                token = state.tokens[at]
                token.type, token.tag, token.nesting, token.content = kind, "span", nesting, ""
