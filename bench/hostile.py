"""Texts made to take long: those that did once, and others that are put together by chance."""

import random
from collections.abc import Callable, Iterator
from functools import partial

from rostra.markup import Unfit
from rostra.markup.limits import LONGEST, check

_TAGS = (
    "[b]", "[/b]", "[i]", "[/i]", "[quote]", "[quote=a post_id=1]", "[/quote]", "[list]", "[*]", "[/list]", "[url]", "[/url]",
    "[url=/b]", "[url=http://a.b]", "[img]", "[/img]", "[code]", "[/code]", "[table]", "[tr]", "[td]", "[/table]", "[spoiler=x]",
    "[/spoiler]", "[center]", "[/center]", "[color=red]", "[/color]", "[size=150]", "[hr]", "[noparse]", "[/noparse]",
    "[quote a=1 b=2 c=3 d=4]", " a=1", 'a="', "[youtube]", "[attachment=1]", "[flash=1,1]", "[email]",
)  # fmt: skip
_SIGNS = (
    "> ", ">", "- ", "* ", "1. ", "  ", "    ", "\t", "[", "]", "![", "](/b)", "](", "[^1]", "[^{n}]", "[^1]: ", "[^{n}]: ",
    "[a]: /b ", "[r{n}]: /b\n", "[r{n}]", "|", "-|", "||", "`", "``", "```", "~~~", "~~", "*", "**", "_", "__", "a", "b c", " ",
    "\n", "\n\n", "\\", "\\\n", "&amp;", "&", "&#x41;", "<", "<http://a.b>", "http://a.b/", "www.a.b", "a@b.co", "://", "@",
    ":smile:", ":", "# ", "---", "===", "- [ ] ", '"', "'", "(", ")", "!", "é", "\x02", "\ue001", "=", "<b>", "$$", "$", "{", "}",
    "x" * 50, "x " * 20, "\n- ", "\n> ", "\n    ", "***", "0", " \n", "\\frac", "^",
)  # fmt: skip
_TIMES = (1, 1, 1, 1, 1, 2, 3, 5, 9, 20, 30, 90)
_FORMATS = "[b][i][u][s][sub][sup][color=red][size=150][del][strike]"


def known() -> Iterator[tuple[str, str]]:
    """Name and text of those that took long once, as long as they may be."""
    for name, (head, piece) in _KNOWN.items():
        yield name, _fitting(partial(_repeated, head, piece))


def found(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Name and text of as many that are put together by chance, always the same."""
    chance = random.Random(seed)
    for _ in range(number):
        stretches = [
            [(chance.choice(_SIGNS + _TAGS), chance.choice(_TIMES)) for _ in range(chance.randint(1, 5))]
            for _ in range(chance.randint(1, 3))
        ]
        yield repr(stretches), _fitting(partial(_made, stretches))


def _repeated(head: str, piece: str, length: int) -> str:
    return (head + piece * length)[:length]


def _made(stretches: list[list[tuple[str, int]]], length: int) -> str:
    """Each stretch repeats its pieces; `{n}` in them is another number each time."""
    share = length // len(stretches)
    parts: list[str] = []
    for stretch in stretches:
        piece = "".join(sign * times for sign, times in stretch)
        number = share // len(piece) + 1
        parts.append("".join(piece.replace("{n}", str(at)) for at in range(number))[:share])
    return "".join(parts)


def _fitting(make: Callable[[int], str]) -> str:
    """The longest text of a kind that is not refused before it is read; one that nothing refuses in full length."""
    least, most = 0, LONGEST
    if _is_fit(make(most)):
        return make(most)
    while most - least > 200:
        middle = (least + most) // 2
        least, most = (middle, most) if _is_fit(make(middle)) else (least, middle)
    return make(least)


def _is_fit(text: str) -> bool:
    try:
        check(text)
    except Unfit:
        return False
    return True


# The beginning, and what follows again and again.
_KNOWN = {
    "schemes": ("", "://"), "openings": ("", "[quote a=b c=d" + " " * 20), "bare values": ("", "[b=" + " \t" * 19),
    "one address": ("", "http://a.b/("), "addresses": ("", "http://a.b/ "), "mail": ("", "a@b.co "), "entities": ("", "&#xe001;"),
    "fences": ("", "```a\n"), "crossed": ("", "[b]x[i]y[/b]z[/i]"), "labels": ("", "[x](y"), "tables": ("", "|a|b|\n|-|-|\n"),
    "footnotes": ("", "[^1]\n\n[^1]: x\n\n"), "deep quotations": ("", ">" * 12 + " a\n"), "quotations opened": ("", "> > > > a\n\nb\n\n"),
    "formulas on many lines": ("", "$$" * 30 + "\\\n" * 20), "lazy lines": (">" * 12 + " a\n", "b\n"), "items": ("", "- a\n"), "items in items": ("", "- " * 10 + "a\n"),
    "indented items": ("", "".join("  " * at + "- a\n" for at in range(10))), "a wide table": ("|a" * 12 + "|\n" + "|-" * 12 + "|\n", "|a" * 12 + "|\n"),
    "images in images": ("", "![" * 90 + "a" + "](/b)" * 90), "links in links": ("", "[" * 90 + "a" + "](/b)" * 90),
    "notes that never end": ("[^1]: a\n\n", "[^" + "x" * 60), "addresses that never end": ("[](" * 1490, "x"), "a run of ticks": ("", "`"),
    "brackets in ticks": ("`", "``[a]"), "runs": ("", "a*****"), "ornaments": ("", "*" * 50 + "a"), "exclamations": ("", "!"),
    "formats": (_FORMATS * 9, "x\n\n"), "rules in formats": (_FORMATS * 2, "x[hr]"), "quotations behind tags": ("", ">" * 12 + "[hr]"),
    "quotations ended": ("", "1. [a]: /b\n[b]: /b\n[c]: /b\n" + ">" * 9), "hosts": ("", "0" * 180 + "'www.a.b "),
    "formulas": ("", "$$" + "{" * 20 + "x"), "fractions": ("$$", "\\frac{"),
}  # fmt: skip
