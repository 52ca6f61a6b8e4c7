"""Formulas: TeX between `$$` signs or in `[math]`, shown as MathML, which browsers draw by themselves.

latex2mathml reads the TeX into a tree. What goes into the page is written anew from that tree, out of the elements and
attributes of MathML Core (https://www.w3.org/TR/mathml-core/) that are listed here: the library escapes nothing, and TeX
can ask for links and styles. A formula that cannot be read, or would take long, is shown as it was typed.
"""

import re
from functools import lru_cache
from typing import Any

from markupsafe import escape

from rostra.markup import document as doc

MOST, LONGEST, ALTOGETHER = (
    50,
    1_000,
    5_000,
)  # formulas of a text, characters of one and of all that are drawn
DEEPEST = 20  # braces, environments and the like within each other
_VALUE = re.compile(r"-?[a-z0-9.]{1,20}(?: -?[a-z0-9.]{1,20}){0,30}")
# Elements with their attributes; another element is what stands in it.
ELEMENTS: dict[str, tuple[str, ...]] = {
    "math": ("display", "alttext"), "mrow": (), "mi": ("mathvariant",), "mn": (), "mtext": (), "mfrac": ("linethickness",),
    "mo": ("stretchy", "fence", "form", "separator", "largeop", "minsize", "maxsize", "lspace", "rspace"),
    "msqrt": (), "mroot": (), "msub": (), "msup": (), "msubsup": (), "munder": (), "mover": ("accent",), "munderover": (),
    "mtable": (), "mtr": (), "mtd": (), "mspace": ("width",), "mstyle": ("displaystyle", "scriptlevel"), "mphantom": (),
}  # fmt: skip
# A command of its own could stand for itself many times over.
_DEFINES = re.compile(
    r"\\\s*(?:[a-zA-Z]*def|let|global|[a-zA-Z]*command|[a-zA-Z]*environment|DeclareMath[a-zA-Z]*)\b"
)
_NAMED = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_OPENS, _CLOSES = re.compile(r"\{|\\left\b|\\begin\b|\\sqrt\b|\\frac\b"), re.compile(r"\}|\\right\b|\\end\b")
_NESTED = re.compile(f"(?P<opens>{_OPENS.pattern})|{_CLOSES.pattern}")


def choose(document: doc.Document) -> None:
    """Mark the formulas that are drawn: as many as a text may have."""
    number = characters = 0
    for block in doc.walk(document.blocks):
        for inline in doc.inlines_of(block):
            if isinstance(inline, doc.Formula):
                number += 1
                characters += len(inline.text)
                inline.is_drawn = number <= MOST and characters <= ALTOGETHER


def drawn(text: str, *, is_block: bool) -> str:
    """The MathML of a formula; nothing when it cannot be read, or would take long."""
    is_bounded = len(text) <= LONGEST and not _DEFINES.search(text) and _depth(text) <= DEEPEST
    return _drawn(text, is_block) if is_bounded else ""


@lru_cache(maxsize=1024)
def _drawn(text: str, is_block: bool) -> str:
    from latex2mathml.converter import convert_to_element  # a board without formulas never loads it

    try:
        tree = convert_to_element(text, display="block" if is_block else "inline")
    except Exception:  # whatever is wrong with a formula, it is shown as it was typed
        return ""
    tree.set("alttext", text)
    return _written(tree)


def _depth(text: str) -> int:
    """How deep braces, fences, roots and fractions can stand in each other: more than they do."""
    depth = deepest = 0
    for found in _NESTED.finditer(text):
        depth = depth + 1 if found["opens"] else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _written(node: Any) -> str:
    allowed = ELEMENTS.get(node.tag)
    inner = _text(node.text) + "".join(_written(child) + _text(child.tail) for child in node)
    if allowed is None:
        return f"<mrow>{inner}</mrow>"
    kept = [(name, node.get(name)) for name in allowed if node.get(name)]
    values = [(name, value) for name, value in kept if name == "alttext" or _VALUE.fullmatch(value)]
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in values)
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"


def _text(text: str | None) -> str:
    """The library writes its signs as references; anything else is what was typed."""
    return str(escape(_NAMED.sub(_sign, text))) if text else ""


def _sign(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if 32 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
