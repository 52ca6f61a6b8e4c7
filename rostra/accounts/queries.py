"""Reads of people."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop

from rostra.kernel.statements import Statement
from rostra.kernel.text import name_key

# Posts needed for a rank, highest first; an account's own title goes before it.
RANKS = (
    (5000, gettext_noop("Pillar of the forum")),
    (1000, gettext_noop("Veteran")),
    (250, gettext_noop("Regular")),
    (50, gettext_noop("Contributor")),
    (1, gettext_noop("Newcomer")),
    (0, gettext_noop("Reader")),
)


class Person(NamedTuple):
    """A profile."""

    id: int
    name: str
    title: str
    location: str
    about: str
    joined_at: datetime
    post_count: int
    is_active: bool


_BY_KEY = Statement(
    "accounts.person",
    Person,
    "SELECT id, name, title, location, about, joined_at, post_count, is_active FROM accounts_user WHERE name_key = %s",
    sample=["alice"],
)


def person_named(name: str) -> Person | None:
    """The person whose name reads like this one."""
    return _BY_KEY.first(name_key(name))


def rank(post_count: int, title: str = "") -> str:
    """A person's rank under the name, in the language in force."""
    return title or gettext(next(words for posts, words in RANKS if post_count >= posts))
