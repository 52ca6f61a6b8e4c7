"""The token of a change that was shown: it holds for this change alone, and while nothing else is given."""

import json
from hashlib import sha256

from django.core import signing

from rostra.forums.rights import Book
from rostra.forums.roles import roles
from rostra.web.requests import Request

_SALT = "rostra.rights.shown"


def token(book: Book, change: list[object]) -> str:
    """What the page that shows a change brings along; `change` is all that the change depends on."""
    return signing.Signer(salt=_SALT).sign(_digest(book, change))


def was_shown(request: Request, book: Book, change: list[object]) -> bool:
    """Does the form come from a page that showed this change, on the board as it is?"""
    try:
        return signing.Signer(salt=_SALT).unsign(request.POST.get("token", "")) == _digest(book, change)
    except signing.BadSignature:
        return False


def _digest(book: Book, change: list[object]) -> str:
    """Roles that nobody has are part of it: the change may be to give one."""
    given = [change, sorted(book.rows, key=repr), [(role.name, role.values) for role in roles()]]
    return sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
