"""The head of a quotation in BBCode: who, in which post, when, or from which page (phpBB 3.2 and later)."""

import re

from rostra.markup import document as doc
from rostra.markup.bbcode.openings import Opening
from rostra.markup.targets import Target, target

_URL_TAG = re.compile(r"\[url(?:=([^\]]*))?\](.*)\[/url\]", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\[\]\s]+", re.IGNORECASE)
_LONGEST = 200
_LATEST = 253402300799  # the last second of the year 9999


def quote(opening: Opening, children: list[doc.Block]) -> doc.Quote:
    """A quotation with as much of its head as can be read."""
    author, source = _author((opening.value or opening.get("author")).strip()[:_LONGEST])
    post, said_at = _number(opening.get("post_id")), _number(opening.get("time"))
    return doc.Quote(
        children,
        author,
        post or None,
        said_at if said_at and said_at <= _LATEST else None,
        source or target_of(opening),
    )


def target_of(opening: Opening) -> Target | None:
    """The page that `url=` names."""
    address = opening.get("url").strip()
    return target(address) if _ADDRESS.match(address) else None


def _author(text: str) -> tuple[str, Target | None]:
    """A name; one that is a link, or an address, says where the words come from."""
    tag = _URL_TAG.fullmatch(text)
    if tag:
        return tag[2].strip(), target((tag[1] or tag[2]).strip())
    address = _ADDRESS.search(text)
    return text, target(address[0]) if address else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
