"""Random conditions and drafts for the tests and the bench: some good, some broken, none of them kind."""

import random

from rostra.houserules.facts import FACTS
from rostra.houserules.grammar import Kind

_PIECES = (
    "&&", "||", "!", "==", "<", ">=", "+", "*", "/", "%", "in", "?", ":", "(", ")", "[", "]", ",", ".", "'a'", '"b"', "1", "0", "2.5", "-",
    "size(", ".size()", ".contains('a')", ".matches('(a|b)*c')", ".matches(r'\\w+\\s')", ".exists(x, x == 'a')", ".map(x, x)", "true", "null",
    "x", "9223372036854775807", "{", "}", "timestamp('x')", "own_text[0]", "'\\u0000'", "r'['", "\0", "é", "\ud800", "🜚", ".matches('(x{1,300}){1,300}')",
)  # fmt: skip
_WORDS = (
    "the", "parliament", "SHOUTING", "Steuern", "налог", "税金", "مالیات", "a", "**bold**", "https://news.example.org/a?b=c", "[quote=\"bob\"]", "[/quote]",
    "\n\n", "\n> ", "`code`", "![x](https://a.example/b.png)", "@carol", "\u202e", "\x92", "1,000", "||", "[url=", "]", "said", "(Reuters)", "{own_words}", "é\u0301",
)  # fmt: skip


def random_condition(chance: random.Random) -> str:
    """Half of them are built to be read, the others are heaps of pieces."""
    if chance.random() < 0.5:
        names = [fact.name for fact in FACTS]
        return " ".join(chance.choice((*_PIECES, chance.choice(names))) for _ in range(chance.randint(1, 14)))
    return _joined(chance)


def random_source(chance: random.Random, most: int = 60) -> str:
    """A text of pieces that mean something to a reader of markup, to a detector or to nobody."""
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(0, most)))


def _joined(chance: random.Random) -> str:
    part = f" {chance.choice(('&&', '||'))} ".join(_comparison(chance) for _ in range(chance.randint(1, 4)))
    return part if chance.random() < 0.8 else f"!({part})"


def _comparison(chance: random.Random) -> str:
    fact = chance.choice(FACTS)
    if fact.kind is Kind.BOOL:
        return fact.name
    if fact.kind is Kind.STRING:
        return f"{fact.name}.{chance.choice(('contains', 'startsWith', 'matches'))}('{chance.choice(('a', '(?i)tax.*cut', '[a-z]+x'))}')"
    if fact.kind is Kind.LIST:
        return chance.choice(
            (f"size({fact.name}) > 1", f"'en' in {fact.name}", f"{fact.name}.all(x, x.endsWith('org'))")
        )
    number = str(chance.randint(0, 50)) if fact.kind is Kind.INT else f"{chance.random():.2f}"
    left = chance.choice((fact.name, f"{fact.name} / {number}" if chance.random() < 0.2 else fact.name))
    return f"{left} {chance.choice(('<', '>', '==', '>='))} {number}"
