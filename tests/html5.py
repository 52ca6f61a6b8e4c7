"""What HTML holds, as a browser would read it: by Lexbor, a parser of the HTML standard."""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from rostra.markup.formulas import ELEMENTS
from rostra.markup.rendering import CLASSES, TAGS
from rostra.markup.targets import SCHEMES

_AROUND = {"html", "head", "body"}
_ATTRIBUTES = {
    "a": {"href", "title", "rel", "data-size"}, "ol": {"start"}, "time": {"datetime"}, "span": {"tabindex", "title", "data-size"},
    "img": {"src", "alt", "width", "height", "loading", "decoding", "referrerpolicy"},
    **{tag: {"dir", "lang"} for tag in ("p", "li", "h3", "h4", "h5", "h6")},
    **{tag: set(names) for tag, names in ELEMENTS.items()},
}  # fmt: skip
_DROPPED = re.compile(r"[\x00-\x20\x7f-\x9f]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def elements(html: str) -> Iterator[Any]:
    """Every element of a piece of HTML."""
    root: Any = LexborHTMLParser(f"<!doctype html><body>{html}").root
    for node in root.traverse(include_text=True):
        if node.tag and not node.tag.startswith("-") and node.tag not in _AROUND:
            yield node


def faults(html: str, *, with_pictures: bool = False) -> list[str]:
    """What no rendered text may hold: an element, an attribute, a class or a scheme that is not on the lists."""
    found = []
    for node in elements(html):
        if node.tag not in TAGS and not (with_pictures and node.tag == "img"):
            found.append(f"<{node.tag}>")
        allowed = _ATTRIBUTES.get(node.tag, set()) | ({"class"} if node.tag in CLASSES else set())
        for name, value in node.attributes.items():
            if name not in allowed:
                found.append(f"{name} of <{node.tag}>")
            elif name == "class" and not set((value or "").split()) <= CLASSES[node.tag]:
                found.append(f"class {value} of <{node.tag}>")
            elif name in ("href", "src"):
                scheme = _SCHEME.match(_DROPPED.sub("", value or ""))
                if scheme and scheme[1].lower() not in SCHEMES:
                    found.append(f"href {value}")
    return found
