"""markdown-it-py's parser of inlines, so that no text takes long.

Theirs asks each rule at each sign, also at signs that no rule knows, and looks from each `[` on for its `]` again. This
one asks the rules that know the sign, and keeps what it found out about brackets. What the rules do is theirs.
"""

import re
from collections.abc import Callable
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LONGEST_LABEL = 400  # characters
_LONGEST_ADDRESS = 1_000
_DEEPEST_BRACKET = 8  # round brackets in an address
_DEEPEST_IMAGE = 4  # images in the words of images; what is deeper is their text
_LONGEST_RUN = 12  # of signs that stand for emphasis or hidden words: what is longer is a line of ornament
_SIGNS_OF = {
    "newline": "\n", "escape": "\\", "backticks": "`", "strikethrough": "~", "emphasis": "*_", "link": "[", "image": "!",
    "footnote_ref": "[", "formula": "$", "autolink": "<", "entity": "&", "hidden": "|",
}  # fmt: skip
_ORNAMENT = re.compile(rf"([*_~|])\1{{{_LONGEST_RUN},}}")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,100}\]")
# What matters in an address, and what ends it.
_IN_ADDRESS = re.compile(r"\\[^ ]|[()\x00-\x20\x7f]", re.DOTALL)
# What can hide a bracket, begin another label, or end one.
_IN_LABELS = re.compile(r"[\[\]\\`<!]")
_Rule = Callable[[StateInline, bool], bool]


class _State(StateInline):
    """`labels`: for each `[` that was asked for, the place of its `]` or -1, and whether a link stands between them."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.labels: dict[int, tuple[int, bool]] = {}


def bound(parser: MarkdownIt) -> None:
    """Have a parser read inlines this way; to be called when it knows all its rules."""
    theirs, parser.inline = parser.inline, _Inlines()
    parser.inline.ruler, parser.inline.ruler2 = theirs.ruler, theirs.ruler2
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=_address,
        parseLinkTitle=helpers.parseLinkTitle,
        parseLinkLabel=_label,
    )


class _Inlines(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """The tokens of a text, which may be that of an image in another text."""
        depth = env.get("depth", 0)
        if depth > _DEEPEST_IMAGE:
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        env["depth"] = depth + 1
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        env["depth"] = depth
        return tokens

    def tokenize(self, state: StateInline) -> None:
        """Append the tokens of what stands between the state's place and its end."""
        source, end, rules = state.src, state.posMax, self._rules
        is_deep = state.level >= state.md.options["maxNesting"]
        while state.pos < end:
            found = self._signs.search(source, state.pos, end)
            sign = found.start() if found else end
            if sign > state.pos:
                state.append_pending(source[state.pos : sign])
                state.pos = sign
            elif ornament := _ORNAMENT.match(source, sign, end):
                state.append_pending(ornament[0])
                state.pos = ornament.end()
            elif is_deep or not any(rule(state, False) for rule in rules[source[sign]]):
                state.append_pending(source[sign])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - their name
        """Move the state's place behind the token that begins there."""
        start = state.pos
        if start in state.cache:
            state.pos = state.cache[start]
            return
        if state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax
        else:
            state.level += 1
            if not any(rule(state, True) for rule in self._rules.get(state.src[start], ())):
                state.pos = start + 1
            state.level -= 1
        state.cache[start] = state.pos

    @cached_property
    def _rules(self) -> dict[str, list[_Rule]]:
        """The rules for each sign, in their order."""
        found: dict[str, list[_Rule]] = {}
        names = self.ruler.get_active_rules()
        for name, rule in zip(names, self.ruler.getRules(""), strict=True):
            asked = _where_marked(rule) if name == "footnote_ref" else rule
            for sign in _SIGNS_OF.get(name, ""):
                found.setdefault(sign, []).append(asked)
        return found

    @cached_property
    def _signs(self) -> re.Pattern[str]:
        """What the rules look at; an exclamation mark that begins no image is none."""
        return re.compile(rf"[{re.escape(''.join(self._rules.keys() - {'!'}))}]|!(?=\[)")


def _where_marked(rule: _Rule) -> _Rule:
    """The rule of footnotes, asked only where a mark of one is: it looks on without end for what ends it."""
    return lambda state, silent: bool(_NOTE_MARK.match(state.src, state.pos)) and rule(state, silent)


def _address(source: str, start: int, end: int) -> Any:
    """Where a link leads, looked for no farther than addresses reach."""
    end = min(end, start + _LONGEST_ADDRESS)
    if not source.startswith("<", start):
        depth = 0
        for found in _IN_ADDRESS.finditer(source, start, end):
            depth += {"(": 1, ")": -1}.get(found[0], 0)
            if depth > _DEEPEST_BRACKET:
                end = start
            if depth < 0 or depth > _DEEPEST_BRACKET or found[0] <= " " or found[0] == "\x7f":
                end = min(end, found.start())
                break
    return helpers.parseLinkDestination(source, start, end)


def _label(state: _State, start: int, disableNested: bool = False) -> int:  # noqa: N803 - their name
    """The place of the `]` that belongs to the `[` at `start`; -1 when there is none, or too far away."""
    if start not in state.labels:
        place = state.pos
        state.labels[start] = _read_label(state, start)
        state.pos = place
    end, has_link = state.labels[start]
    is_none = end >= state.posMax or end - start > LONGEST_LABEL or (disableNested and has_link)
    return -1 if is_none else end


def _read_label(state: _State, start: int) -> tuple[int, bool]:
    state.pos, has_link = start + 1, False
    while found := _IN_LABELS.search(state.src, state.pos, state.posMax):
        state.pos = place = found.start()
        if found[0] == "]":
            return place, has_link
        state.md.inline.skipToken(state)
        if found[0] == "[":
            if state.pos > place + 1:
                has_link = True
                continue
            end, has_inner_link = state.labels.get(place, (-1, False))
            if end < 0:
                break  # what is open in it stays open: there is no `]` left for it
            has_link, state.pos = has_link or has_inner_link, end + 1
    return -1, has_link
