"""What a page tells search engines and cards in its head: canonical address, description, OpenGraph, its feeds."""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from django.utils.translation import to_locale
from markupsafe import Markup

from rostra.accounts.queries import Person
from rostra.board.queries import Profile
from rostra.forums.queries import Node
from rostra.kernel.text import excerpt
from rostra.web import addresses
from rostra.web.fragments import Fragments

DESCRIPTION_LENGTH = 200
_HEADS = Fragments("ui/head.html")


class Card(NamedTuple):
    """A page in few words; texts are cut where they are too long. `feeds` are paths with titles.

    What is not indexed has neither a canonical address nor a card: it is a part of a list.
    """

    kind: str
    title: str
    description: str
    path: str
    feeds: tuple[tuple[str, str], ...]
    is_indexed: bool = True
    more: tuple[tuple[str, str], ...] = ()
    previous: str = ""
    next: str = ""


def head(board: Profile, state: Hashable, card: Callable[[], Card]) -> Markup:
    """The elements for a page's head; `card` is asked for when they must be made."""

    def context() -> dict[str, Any]:
        made = card()
        made = made._replace(description=excerpt(made.description, DESCRIPTION_LENGTH))
        return {"board": board, "card": made, "locale": to_locale(board.language)}

    return _HEADS.piece((board, state), context)


def board_head(board: Profile) -> Markup:
    """Of the board index."""
    return head(
        board, "index", lambda: Card("website", board.name, board.tagline, "/", (("/feed/", board.name),))
    )


def forum_head(board: Profile, forum: Node, *, is_first: bool) -> Markup:
    """Of a forum; later pages of its list are not for search engines."""
    path = addresses.forum(forum.id, forum.slug)
    feeds = ((f"{path}feed/", forum.name), ("/feed/", board.name))
    return head(
        board,
        (forum, is_first),
        lambda: Card("website", forum.name, forum.description, path, feeds, is_first),
    )


def rules_head(board: Profile, forum: Node | None, title: str, intro: str, *, is_thin: bool) -> Markup:
    """Of the rules of a forum, or without one of the whole board; where there are none, not for search engines."""
    path = f"{addresses.forum(forum.id, forum.slug)}rules/" if forum else "/rules/"
    return head(
        board,
        ("rules", forum, title, is_thin),
        lambda: Card("website", title, intro, path, (), not is_thin),
    )


def member_head(board: Profile, person: Person, *, is_first: bool) -> Markup:
    """Of a profile; without a post it is too thin for search engines."""
    path = addresses.member(person.name)
    return head(
        board,
        (person, is_first),
        lambda: Card(
            "profile", person.name, person.about, path, ((f"{path}feed/", person.name),),
            is_first and person.post_count > 0,
        ),
    )  # fmt: skip
