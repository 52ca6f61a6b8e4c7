"""Reads of people."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop

from rostra.accounts.models import User
from rostra.kernel.clock import now
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
    last_seen_on: date | None


_BY_KEY = Statement(
    "accounts.person",
    Person,
    """SELECT id, name, title, location, about, joined_at, post_count, is_active, last_seen_on FROM accounts_user
       WHERE name_key = %s AND NOT is_waiting""",
    sample=["alice"],
)


class _Name(NamedTuple):
    name: str


_NAME = Statement(
    "accounts.name_of", _Name, "SELECT name FROM accounts_user WHERE id = %s AND NOT is_waiting", sample=[1]
)


class SessionRow(NamedTuple):
    """A session in its member's list."""

    id: int
    session_key: str
    browser: str
    began_at: datetime
    used_at: datetime


_SESSIONS = Statement(
    "accounts.sessions",
    SessionRow,
    """SELECT s.id, s.session_key, s.browser, s.began_at, s.used_at FROM accounts_signin s
       JOIN django_session d ON d.session_key = s.session_key
       WHERE s.user_id = %s AND d.expire_date > %s ORDER BY s.id DESC LIMIT 50""",
    sample=[1, now()],
)


class _Language(NamedTuple):
    language: str


_LANGUAGE_AT = Statement(
    "accounts.language_at",
    _Language,
    "SELECT language FROM accounts_user WHERE email = %s AND NOT is_waiting ORDER BY id LIMIT 1",
    sample=["alice@example.org"],
)


def language_at(address: str) -> str:
    """What the member with this e-mail address chose to read in; empty for no choice, and for nobody."""
    found = _LANGUAGE_AT.first(address.lower())
    return found.language if found else ""


def sessions_of(member_id: int) -> list[SessionRow]:
    """Where a member is signed in, the newest first; at most 50."""
    return _SESSIONS.all(member_id, now())


def person_named(name: str) -> Person | None:
    """The person whose name reads like this one; nobody, when the account waits for its confirmation."""
    return _BY_KEY.first(name_key(name))


class Named(NamedTuple):
    """An account by its name as it is written."""

    id: int
    name: str


def members_named(names: list[str]) -> dict[str, Named]:
    """Of these names those that read like a member's, with the member; one query."""
    keys = {name: name_key(name) for name in names}
    rows = User.objects.filter(name_key__in=set(keys.values()), is_waiting=False)
    found = {key: Named(number, name) for number, name, key in rows.values_list("id", "name", "name_key")}
    return {name: found[key] for name, key in keys.items() if key in found}


class GroupRow(NamedTuple):
    """A group; `joining` is closed, request or open."""

    id: int
    name: str
    about: str
    joining: str
    is_hidden: bool


class InGroup(NamedTuple):
    """Somebody in a group, or who asks to be."""

    id: int
    name: str
    is_leader: bool


class Standing(NamedTuple):
    """A group that a member is in."""

    group_id: int
    is_leader: bool


class _Asked(NamedTuple):
    group_id: int


MOST_IN_LIST = 1_000
_GROUPS = Statement(
    "accounts.all_groups", GroupRow, "SELECT id, name, about, joining, is_hidden FROM accounts_group"
)
_IN_GROUP = Statement(
    "accounts.in_group",
    InGroup,
    """SELECT u.id, u.name, m.is_leader FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
       WHERE m.group_id = %s LIMIT 1000""",
    sample=[1],
)
_ASKING = Statement(
    "accounts.asking",
    InGroup,
    """SELECT u.id, u.name, u.is_waiting FROM accounts_joinrequest r JOIN accounts_user u ON u.id = r.user_id
       WHERE r.group_id = %s LIMIT 1000""",
    sample=[1],
)
_STANDINGS = Statement(
    "accounts.standings",
    Standing,
    "SELECT group_id, is_leader FROM accounts_membership WHERE user_id = %s",
    sample=[1],
)
_ASKED = Statement(
    "accounts.asked", _Asked, "SELECT group_id FROM accounts_joinrequest WHERE user_id = %s", sample=[1]
)


def people_in(group_id: int) -> list[InGroup]:
    """Who is in a group, leaders first, at most 1,000."""
    return sorted(_IN_GROUP.all(group_id), key=lambda row: (not row.is_leader, row.name.casefold()))


def people_asking(group_id: int) -> list[InGroup]:
    """Who asks to be taken into a group, at most 1,000."""
    return sorted(_ASKING.all(group_id), key=lambda row: row.name.casefold())


def standings(member_id: int) -> dict[int, bool]:
    """The groups that a member is in, and whether the member leads each."""
    return {row.group_id: bool(row.is_leader) for row in _STANDINGS.all(member_id)}


def asked_for(member_id: int) -> set[int]:
    """The groups that a member asks to be taken into."""
    return {row.group_id for row in _ASKED.all(member_id)}


def groups() -> list[GroupRow]:
    """All groups by name."""
    return sorted(_GROUPS.all(), key=lambda row: row.name.casefold())


def name_of(member_id: int) -> str | None:
    """What the account with this id is called; None when there is none."""
    found = _NAME.first(member_id)
    return found.name if found else None


def rank(post_count: int, title: str = "") -> str:
    """A person's rank under the name, in the language in force."""
    return title or gettext(next(words for posts, words in RANKS if post_count >= posts))
