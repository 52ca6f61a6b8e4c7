"""A name as one segment of an address. New names hold nothing that is odd there; imported ones may."""

import re
from functools import lru_cache
from urllib.parse import quote

# A slash or backslash would end the segment, also when it is percent-encoded: servers decode before they route.
# Control signs are turned away by proxies. The tilde begins an escape, and no new name holds one.
_ODD = re.compile(r"[\x00-\x1f\x7f/\\~]")
_DOTS = re.compile(r"\.{1,2}")
_ESCAPE = re.compile(r"~([0-7][0-9A-F])")


def segment(name: str) -> str:
    """The name with `~XX` for what cannot stand in a segment, not percent-encoded yet."""
    if _DOTS.fullmatch(name):  # "here" and "one up": browsers resolve them, percent-encoded or not
        return "~2E" * len(name)
    return _ODD.sub(lambda found: f"~{ord(found[0]):02X}", name)


@lru_cache(maxsize=8192)
def page_of(name: str) -> str:
    """Where the profile of an account with this name is."""
    return f"/u/{quote(segment(name), safe='')}/"


def name_in(text: str) -> str:
    """The name that a segment stands for. A tilde that begins no escape is a tilde."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
