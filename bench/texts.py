"""Texts of made boards: rendered once, by the product, and used again and again."""

import random
from typing import Any, NamedTuple

from rostra.kernel.text import excerpt
from rostra.markup import render
from rostra.topics.counts import EXCERPT_LENGTH
from rostra.topics.renderings import stored

_VOCABULARY = (
    "a about after against all also among and any argument as at because before budget but by case citizen city "
    "claim common council country decision different does evidence example fact few first for forum from government "
    "has have history house how if in is it its law less local long made many market measure member minister more "
    "most motion must nation new no not number of often old on one open or other our paper parliament party peace "
    "people plan policy power price problem public question reason region report result right river road rule "
    "school second seems should side since some source speech state still such tax than that the their there these "
    "they think this those time to trade treaty true under union view vote was water way we what when where which "
    "while who will with without word work would year yet"
)
WORDS = _VOCABULARY.split()
NUMBER = 500


class Text(NamedTuple):
    """A body as the tables hold it, and what lists show of it."""

    source: str
    excerpt: str
    stored: dict[str, Any]


def texts(number: int = NUMBER) -> list[Text]:
    """The same texts at every call: paragraphs, and now and then a quotation, a list, a link."""
    chance = random.Random(15_000_000)
    return [_text(chance) for _ in range(number)]


def title(chance: random.Random) -> str:
    """Three to nine words."""
    return _words(chance, chance.randint(3, 9)).capitalize()


def _text(chance: random.Random) -> Text:
    blocks = []
    for _ in range(min(1 + int(chance.expovariate(0.6)), 8)):
        kind = chance.random()
        sentence = _sentences(chance)
        if kind < 0.12:
            blocks.append("> " + sentence)
        elif kind < 0.18:
            blocks.append("\n".join(f"- {_words(chance, 6)}" for _ in range(4)))
        elif kind < 0.26:
            blocks.append(
                f"{sentence} See https://example.org/{chance.choice(WORDS)} for the **whole** text."
            )
        else:
            blocks.append(sentence)
    source = "\n\n".join(blocks)
    made = render(source)
    return Text(source, excerpt(made.text, EXCERPT_LENGTH), stored(made))


def _sentences(chance: random.Random) -> str:
    lengths = [chance.randint(5, 18) for _ in range(chance.randint(1, 5))]
    return " ".join(_words(chance, length).capitalize() + "." for length in lengths)


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(WORDS, k=number))
