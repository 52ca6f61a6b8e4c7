"""The part of schema.org that pages use, and what Google's documentation asks of it.

Types and properties are those of https://schema.org/version/latest; what is required and recommended stands at
https://developers.google.com/search/docs/appearance/structured-data/ under discussion-forum, profile-page and
breadcrumb. Recommended are only those of which a board knows something.
"""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from rostra.kernel.clock import from_text

Check = Callable[[Any], object]


def _text(value: Any) -> None:
    assert isinstance(value, str)
    assert value.strip(), "an empty text says nothing"


def _address(value: Any) -> None:
    _text(value)
    assert urlsplit(value).scheme in ("http", "https"), f"{value} is not absolute"
    assert value.isascii(), f"{value} is not percent-encoded"
    assert " " not in value


def _number(value: Any) -> None:
    assert type(value) is int
    assert value >= 0


def _action(value: Any) -> None:
    assert value.removeprefix("https://schema.org/") in ("CommentAction", "ViewAction", "WriteAction")


class Kind(NamedTuple):
    """A type: what may be said of it, what must be, and what should be where it is known."""

    properties: dict[str, Check]
    required: tuple[str, ...] = ()
    recommended: tuple[str, ...] = ()


def _a(*kinds: str) -> Check:
    return lambda value: check(value, *kinds)


def _some(*kinds: str) -> Check:
    def each(value: Any) -> None:
        assert isinstance(value, list)
        for one in value:
            check(one, *kinds)

    return each


_POSTING: dict[str, Check] = {
    "@id": _address, "url": _address, "headline": _text, "text": _text, "author": _a("Person"), "datePublished": from_text,
    "dateModified": from_text, "interactionStatistic": _some("InteractionCounter"), "comment": _some("Comment"),
}  # fmt: skip
KINDS = {
    "DiscussionForumPosting": Kind(
        _POSTING, ("author", "datePublished", "text"), ("headline", "url", "comment", "interactionStatistic")
    ),
    "Comment": Kind(_POSTING, ("author", "datePublished", "text"), ("url",)),
    "Person": Kind(
        {
            "name": _text,
            "url": _address,
            "description": _text,
            "agentInteractionStatistic": _a("InteractionCounter"),
        },
        ("name",),
    ),
    "InteractionCounter": Kind(
        {"interactionType": _action, "userInteractionCount": _number},
        ("interactionType", "userInteractionCount"),
    ),
    "ProfilePage": Kind(
        {"mainEntity": _a("Person"), "dateCreated": from_text}, ("mainEntity",), ("dateCreated",)
    ),
    "BreadcrumbList": Kind({"itemListElement": _some("ListItem")}, ("itemListElement",)),
    "ListItem": Kind({"position": _number, "name": _text, "item": _address}, ("position", "name")),
}


def check(thing: dict[str, Any], *kinds: str) -> None:
    """Fails for what schema.org does not know, and for what Google misses."""
    name = thing["@type"]
    assert not kinds or name in kinds, f"{name} does not belong here"
    kind = KINDS[name]
    missing = {*kind.required, *kind.recommended} - thing.keys()
    assert not missing, f"{name} lacks {missing}"
    for key, value in thing.items():
        if key != "@type":
            assert key in kind.properties, f"{name} has no {key}"
            kind.properties[key](value)
