"""Linked data (JSON-LD, schema.org) for search engines: who wrote what, where it stands.

It is a data block: no browser runs it, and the content security policy has no say in it (HTML standard, "prepare the
script element"). Only guests' pages have one, because crawlers are guests. It is kept and put in as bytes: a third of
a topic's page would otherwise be encoded anew each time.
"""

import json
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from rostra.accounts.queries import Person
from rostra.board.queries import Profile
from rostra.forums.queries import Node
from rostra.kernel.clock import to_text
from rostra.web import addresses
from rostra.web.fragments import Pieces

# What could end the script element, begin a comment in it, or end a line in old scripts.
_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
_OPEN = b'<script type="application/ld+json">{"@context":"https://schema.org","@graph":['
_CLOSE = b"]}</script>\n"


def to_json(value: object) -> bytes:
    """JSON that can stand in a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return text.translate(_ESCAPES).encode()


def attach(response: HttpResponse, *things: bytes) -> HttpResponse:
    """Put JSON objects, each made by `to_json`, at the end of a page's body."""
    page, end_tag, rest = response.content.rpartition(b"</body>")
    response.content = b"".join((page, _OPEN, b",".join(things), _CLOSE, end_tag, rest))
    return response


def person(name: str, account_name: str | None) -> dict[str, Any]:
    """An author: the name as it was written, the address of the account when there is one."""
    known = {"@type": "Person", "name": name}
    if account_name is None:
        return known
    return {**known, "url": addresses.absolute(addresses.member(account_name))}


def counter(action: str, number: int) -> bytes:
    """How often something was done, an action of schema.org. It changes too often to be worth keeping."""
    kind = f'"@type":"InteractionCounter","interactionType":"https://schema.org/{action}"'
    return f'{{{kind},"userInteractionCount":{number:d}}}'.encode()


def moment(at: datetime) -> str:
    """A time, to the second."""
    return to_text(at.replace(microsecond=0))


def trail(board: Profile, forum: Node, leaf: str = "") -> bytes:
    """The way from the index to a forum, and to a topic in it by its title."""
    return _TRAILS.piece((forum, leaf), board, forum, leaf)


def profile_page(member: Person) -> bytes:
    """A profile."""
    return _MEMBERS.piece(member, member)


def _trail(board: Profile, forum: Node, leaf: str) -> bytes:
    """The key has no name of the board: when that changes, the tree has other nodes too."""
    above = [(node.name, addresses.forum(node.id, node.slug)) for node in (*forum.ancestors, forum)]
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": addresses.absolute(path)}
        for place, (name, path) in enumerate([(board.name, "/"), *above], start=1)
    ]
    last = [{"@type": "ListItem", "position": len(steps) + 1, "name": leaf}] if leaf else []
    return to_json({"@type": "BreadcrumbList", "itemListElement": [*steps, *last]})


def _member(member: Person) -> bytes:
    about = {"description": member.about} if member.about else {}
    entity = to_json({**person(member.name, member.name), **about})
    written = counter("WriteAction", member.post_count)
    page = to_json({"@type": "ProfilePage", "dateCreated": moment(member.joined_at)})
    return b'%b,"mainEntity":%b,"agentInteractionStatistic":%b}}' % (page[:-1], entity[:-1], written)


_TRAILS = Pieces(_trail, most=4096)
_MEMBERS = Pieces(_member, most=1024)
