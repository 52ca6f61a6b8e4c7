"""Where a link or a picture may lead: addresses of allowed schemes, or within the board."""

import re
from typing import NewType
from urllib.parse import urlsplit

Target = NewType("Target", str)

SCHEMES = frozenset({"http", "https", "ftp", "mailto"})
_LONGEST = 2000
# What a browser drops from an address before it looks for the scheme (https://url.spec.whatwg.org/#concept-basic-url-parser).
_DROPPED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_UNSAFE = re.compile(r"[\"'<>`\\]")


def target(address: str) -> Target | None:
    """The address when it may be linked, otherwise None.

    Allowed are http, https, ftp and mailto, and addresses without a scheme: they stay within the board, an empty one is
    the page itself, and `//` leads to another host as the page came. What browsers would drop or read as something else
    (control characters, backslashes) is refused or escaped, so that what is looked at here is what a browser looks at.
    """
    text = address.strip()
    if len(text) > _LONGEST or _DROPPED.search(text):
        return None
    text = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", text)
    scheme = _SCHEME.match(text)
    if scheme:
        return Target(text) if scheme[1].lower() in SCHEMES and _has_host(text) else None
    return Target(text) if not text.startswith("//") or _has_host(f"https:{text}") else None


def host(where: Target) -> str:
    """The host that a target leads to, in lower case; empty within the board and for mail."""
    try:
        return (urlsplit(where).hostname or "").lower()
    except ValueError:
        return ""


def _has_host(text: str) -> bool:
    """A web address without a host (`https:evil`) is read differently by different browsers."""
    if text[:7].lower() == "mailto:":
        return len(text) > 7
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and "//" in text[:9]
    except ValueError:
        return False
