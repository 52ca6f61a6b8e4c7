"""The part of CEL that conditions are written in, read with its types before the engine sees it.

CEL itself is larger: it has maps, indexes, dates, sums of texts, macros in macros. What is left out here either can
fail when a post is judged or can take long. What is let through has a type, so that a condition that cannot work is
refused when it is written and not when somebody posts.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, NoReturn

from django.utils.translation import gettext as _

from rostra.houserules.patterns import why_not_pattern

LONGEST = 500  # characters
DEEPEST = 12  # parentheses, calls and signs within each other
MOST_PATTERNS = 2
METHODS = ("contains", "startsWith", "endsWith", "matches")
MACROS = ("exists", "all", "exists_one", "filter", "map")


class Kind(StrEnum):
    """The type of a value, as CEL calls it."""

    INT = "int"
    DOUBLE = "double"
    STRING = "string"
    BOOL = "bool"
    LIST = "list"  # of strings; there are no others


class Unfit(Exception):
    """A condition that cannot be used. The text says why, for the rule's author, and `place` at which character."""

    def __init__(self, told: str, place: int | None = None) -> None:
        super().__init__(told)
        self.told, self.place = told, place


class _Token(NamedTuple):
    kind: str
    text: str
    place: int


_TOKENS = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<double>\d{1,15}\.\d{1,15})
    |(?P<int>\d{1,15}(?![\w.]))
    |(?P<raw>r"[^"\n\x00-\x1f]*"|r'[^'\n\x00-\x1f]*')
    |(?P<string>"(?:[^"\\\x00-\x1f]|\\[\\"'nt])*"|'(?:[^'\\\x00-\x1f]|\\[\\"'nt])*')
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign>&&|\|\||==|!=|<=|>=|[<>!+*/%().,?:\[\]-])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"""\\([\\"'nt])""")
_MEANT = {"n": "\n", "t": "\t"}
_NUMBERS = (Kind.INT, Kind.DOUBLE)
# CEL keeps these for itself.
_RESERVED = {
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
    "namespace", "null", "package", "return", "true", "var", "void", "while",
}  # fmt: skip


class Grammar:
    """Reads one condition. `facts` are the names that may stand in it, with their types."""

    def __init__(self, source: str, facts: Mapping[str, Kind]) -> None:
        self._facts = facts
        self._tokens = _tokens(source)
        self._next = 0
        self._depth = 0
        self._macros = 0
        self._patterns = 0
        self._bound = ""
        self.used: list[str] = []  # facts, in the order of the text, each once

    def check(self) -> None:
        """Raises Unfit when the condition is none."""
        kind = self._expression()
        if self._peek().kind != "end":
            self._fail(_("“%(text)s” is not expected here") % {"text": self._peek().text})
        if kind is not Kind.BOOL:
            self._fail(_("a condition is true or false; this one is %(kind)s") % {"kind": _named(kind)}, 0)

    # What binds least comes first.

    def _expression(self) -> Kind:
        self._depth += 1
        if self._depth > DEEPEST:
            self._fail(_("at most %(most)s parentheses may stand in each other") % {"most": DEEPEST})
        kind = self._either()
        if self._take("?"):
            self._need(kind, Kind.BOOL, "?")
            first = self._expression()
            self._expect(":")
            kind = self._expression()
            if kind is not first:
                self._fail(
                    _("both sides of “:” must be of one type, not %(left)s and %(right)s")
                    % {"left": _named(first), "right": _named(kind)}
                )
        self._depth -= 1
        return kind

    def _either(self) -> Kind:
        return self._joined("||", lambda: self._joined("&&", self._comparison))

    def _joined(self, sign: str, part: Callable[[], Kind]) -> Kind:
        kind = part()
        while self._take(sign):
            self._need(kind, Kind.BOOL, sign)
            kind = part()
            self._need(kind, Kind.BOOL, sign)
        return kind

    def _comparison(self) -> Kind:
        left = self._sum()
        sign = self._peek().text
        if self._peek().kind == "name" and sign == "in":
            self._next += 1
            if (left, self._sum()) != (Kind.STRING, Kind.LIST):
                self._fail(_("“in” asks whether a text is in a list"))
            return Kind.BOOL
        if sign in ("==", "!=", "<", "<=", ">", ">=") and self._take(sign):
            self._compare(left, self._sum(), sign)
            return Kind.BOOL
        return left

    def _compare(self, left: Kind, right: Kind, sign: str) -> None:
        if left != right and not (left in _NUMBERS and right in _NUMBERS):
            self._fail(
                _("“%(sign)s” compares things of one type, not %(left)s with %(right)s")
                % {"sign": sign, "left": _named(left), "right": _named(right)}
            )
        if sign not in ("==", "!=") and left not in _NUMBERS:
            self._fail(_("“%(sign)s” compares numbers, not %(kind)s") % {"sign": sign, "kind": _named(left)})

    def _sum(self) -> Kind:
        return self._calculated(("+", "-"), lambda: self._calculated(("*", "/", "%"), self._signed))

    def _calculated(self, signs: tuple[str, ...], part: Callable[[], Kind]) -> Kind:
        kind = part()
        while (sign := self._peek().text) in signs and self._take(sign):
            right = part()
            if kind not in _NUMBERS or right is not kind or (sign == "%" and kind is Kind.DOUBLE):
                self._fail(
                    _(
                        "“%(sign)s” needs two whole numbers or two with a point, not %(left)s and %(right)s; double(…) and int(…) make one of the other"
                    )
                    % {"sign": sign, "left": _named(kind), "right": _named(right)}
                )
        return kind

    def _signed(self) -> Kind:
        for sign, kinds in (("!", (Kind.BOOL,)), ("-", _NUMBERS)):
            if self._take(sign):
                kind = self._member()
                if kind not in kinds:
                    self._fail(
                        _("“%(sign)s” cannot stand before %(kind)s") % {"sign": sign, "kind": _named(kind)}
                    )
                return kind
        return self._member()

    def _member(self) -> Kind:
        kind = self._primary()
        while self._take("."):
            kind = self._method(kind, self._expect_name())
        return kind

    def _method(self, of: Kind, name: str) -> Kind:
        self._expect("(")
        if name in MACROS:
            return self._macro(of, name)
        if name == "size":
            self._expect(")")
            return self._size(of)
        if name not in METHODS:
            self._fail(
                _("there is no “.%(name)s()”; there are %(known)s")
                % {"name": name, "known": ", ".join((*METHODS, "size", *MACROS))}
            )
        if of is not Kind.STRING:
            self._fail(
                _("“.%(name)s()” asks about a text, not about %(kind)s") % {"name": name, "kind": _named(of)}
            )
        if name == "matches":
            self._pattern()
        else:
            self._need(self._expression(), Kind.STRING, name)
        self._expect(")")
        return Kind.BOOL

    def _pattern(self) -> None:
        token = self._peek()
        if token.kind not in ("string", "raw"):
            self._fail(_("“.matches()” needs its pattern in quotation marks"))
        self._next += 1
        self._patterns += 1
        if self._patterns > MOST_PATTERNS:
            self._fail(
                _("at most %(most)s patterns may stand in a condition") % {"most": MOST_PATTERNS}, token.place
            )
        if fault := why_not_pattern(_value(token), is_repeated=bool(self._bound)):
            self._fail(fault, token.place)

    def _macro(self, of: Kind, name: str) -> Kind:
        if of is not Kind.LIST:
            self._fail(
                _("“.%(name)s()” goes through a list, not through %(kind)s")
                % {"name": name, "kind": _named(of)}
            )
        self._macros += 1
        if self._macros > 1:
            self._fail(
                _("only one of %(macros)s may stand in a condition, and none in another")
                % {"macros": ", ".join(MACROS)}
            )
        bound = self._expect_name()
        if bound in self._facts or bound in _RESERVED:
            self._fail(_("“%(name)s” is taken; use another name, such as “each”") % {"name": bound})
        self._expect(",")
        self._bound = bound
        kind = self._expression()
        self._bound = ""
        self._expect(")")
        self._need(kind, Kind.STRING if name == "map" else Kind.BOOL, name)
        return Kind.LIST if name in ("map", "filter") else Kind.BOOL

    def _primary(self) -> Kind:
        token = self._peek()
        self._next += 1
        if token.kind in ("int", "double"):
            return Kind(token.kind)
        if token.kind in ("string", "raw"):
            return Kind.STRING
        if token.text == "(":
            kind = self._expression()
            self._expect(")")
            return kind
        if token.text == "[":
            return self._list()
        if token.kind == "name":
            return self._name(token)
        if token.kind == "end":
            self._fail(_("something is missing here"), token.place)
        self._fail(_("“%(text)s” is not expected here") % {"text": token.text}, token.place)

    def _name(self, token: _Token) -> Kind:
        name = token.text
        if name in ("true", "false"):
            return Kind.BOOL
        if name in ("size", "double", "int") and self._take("("):
            kind = self._expression()
            self._expect(")")
            return self._size(kind) if name == "size" else self._converted(kind, Kind(name))
        if name == self._bound:
            return Kind.STRING
        if name not in self._facts:
            self._fail(_unknown(name, self._facts), token.place)
        if name not in self.used:
            self.used.append(name)
        return self._facts[name]

    def _size(self, of: Kind) -> Kind:
        if of not in (Kind.STRING, Kind.LIST):
            self._fail(_("“size” counts a text or a list, not %(kind)s") % {"kind": _named(of)})
        return Kind.INT

    def _converted(self, kind: Kind, into: Kind) -> Kind:
        if kind not in _NUMBERS:
            self._fail(
                _("“%(name)s” needs %(needed)s, not %(kind)s")
                % {"name": into, "needed": _("a number"), "kind": _named(kind)}
            )
        return into

    def _list(self) -> Kind:
        if self._take("]"):
            return Kind.LIST
        while True:
            token = self._peek()
            if token.kind not in ("string", "raw"):
                self._fail(_("a list holds texts in quotation marks"))
            self._next += 1
            if self._take("]"):
                return Kind.LIST
            self._expect(",")

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, text: str) -> bool:
        token = self._peek()
        if token.kind == "sign" and token.text == text:
            self._next += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            self._fail(_("“%(text)s” is missing here") % {"text": text})

    def _expect_name(self) -> str:
        token = self._peek()
        if token.kind != "name":
            self._fail(_("a name is missing here"))
        self._next += 1
        return token.text

    def _need(self, kind: Kind, needed: Kind, where: str) -> None:
        if kind is not needed:
            self._fail(
                _("“%(name)s” needs %(needed)s, not %(kind)s")
                % {"name": where, "needed": _named(needed), "kind": _named(kind)}
            )

    def _fail(self, told: str, place: int | None = None) -> NoReturn:
        raise Unfit(told, self._peek().place if place is None else place)


def _tokens(source: str) -> list[_Token]:
    if len(source) > LONGEST:
        raise Unfit(
            _("the condition has %(number)s characters; at most %(most)s are allowed")
            % {"number": len(source), "most": LONGEST}
        )
    tokens, place = [], 0
    while place < len(source):
        found = _TOKENS.match(source, place)
        if found is None:
            raise Unfit(_("“%(text)s” cannot be read") % {"text": source[place : place + 10]}, place)
        if found.lastgroup != "space":
            tokens.append(_Token(str(found.lastgroup), found[0], place))
        place = found.end()
    return [*tokens, _Token("end", "", len(source))]


def _value(token: _Token) -> str:
    if token.kind == "raw":
        return token.text[2:-1]
    return _ESCAPE.sub(lambda found: _MEANT.get(found[1], found[1]), token.text[1:-1])


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like one that is not known; empty when none is."""
    return next(iter(difflib.get_close_matches(name, list(known), 1, 0.5)), "")


def _unknown(name: str, facts: Mapping[str, Kind]) -> str:
    near = nearest(name, facts)
    if near:
        return _("there is no fact “%(name)s”; “%(near)s” may be meant") % {"name": name, "near": near}
    return _("there is no fact “%(name)s”") % {"name": name}


def _named(kind: Kind) -> str:
    return {
        Kind.INT: _("a whole number"), Kind.DOUBLE: _("a number with a point"), Kind.STRING: _("a text"),
        Kind.BOOL: _("true or false"), Kind.LIST: _("a list"),
    }[kind]  # fmt: skip
