"""Who is asking: what policies need to know of a person, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from rostra.accounts.barring import Barred
from rostra.accounts.barring import read as read_barred
from rostra.accounts.models import User
from rostra.accounts.sessions import SessionStore, session_text
from rostra.kernel.clock import now
from rostra.kernel.statements import Statement

OPENED_KEY = "opened_forums"  # in a session: the locks of forums whose password the member typed


class _GroupId(NamedTuple):
    group_id: int


_GROUPS = Statement(
    "accounts.groups", _GroupId, "SELECT group_id FROM accounts_membership WHERE user_id = %s", sample=[1]
)


@dataclass(frozen=True)
class Actor:
    """A person, or a guest: `id` is None. Groups are read when a policy first asks for them.

    An empty `language` is the browser's, an empty `time_zone` the board's. `stands_for`: whoever gives rights looks at
    the board as these holders (kind and key, `permissions/resolution.py`) would, and is nobody who could write.
    `opened`: the locks of forums whose password was typed. `barred`: forums in which a member is as a guest is.
    """

    id: int | None = None
    name: str = ""
    is_admin: bool = False
    joined_at: datetime | None = None
    language: str = ""
    time_zone: str = ""
    filters_version: int = 0
    post_count: int = 0
    has_unseen_cases: bool = False
    stands_for: tuple[tuple[str, str], ...] = ()
    opened: frozenset[str] = frozenset()
    muted_until: datetime | None = None
    banned_until: datetime | None = None
    barred: tuple[Barred, ...] = ()
    has_unseen_mail: bool = False

    @property
    def barred_now(self) -> tuple[Barred, ...]:
        """The bans from single forums that have not ended."""
        return tuple(each for each in self.barred if each.until is None or now() < each.until)

    @property
    def is_banned(self) -> bool:
        """May this member not take part for now?"""
        return self.banned_until is not None and now() < self.banned_until

    @property
    def silent_until(self) -> datetime | None:
        """Until when this member may not write; None for who may."""
        ends = [end for end in (self.muted_until, self.banned_until) if end is not None and now() < end]
        return max(ends, default=None)

    @property
    def is_member(self) -> bool:
        """Signed in?"""
        return self.id is not None

    @cached_property
    def groups(self) -> frozenset[int]:
        """Ids of the actor's groups."""
        return frozenset(row.group_id for row in _GROUPS.all(self.id)) if self.id is not None else frozenset()


GUEST = Actor()


class _ActorRow(NamedTuple):
    id: int
    name: str
    is_admin: bool
    is_active: bool
    password: str
    joined_at: datetime
    language: str
    time_zone: str
    filters_version: int
    post_count: int
    has_unseen_cases: bool
    muted_until: datetime | None
    banned_until: datetime | None
    barred_from: str
    has_unseen_mail: bool


_ACTOR = Statement(
    "accounts.actor",
    _ActorRow,
    """SELECT id, name, is_admin, is_active, password, joined_at, language, time_zone, filters_version,
              post_count, has_unseen_cases, muted_until, banned_until, barred_from,
              has_unseen_mail FROM accounts_user WHERE id = %s""",
    sample=[1],
)


def actor_with_session(key: str) -> Actor:
    """Whose session this is. One that ended, or began before the password changed, is nobody's."""
    found = session_text(key)
    if found is None:
        return GUEST
    member, seal, opened = _read_session(found)
    row = _ACTOR.first(member) if member is not None else None
    if row is None or not row.is_active or not constant_time_compare(seal, _seal(row.password)):
        return GUEST
    known = (
        row.joined_at,
        row.language,
        row.time_zone,
        row.filters_version,
        row.post_count,
        bool(row.has_unseen_cases),
    )
    return Actor(
        row.id, row.name, bool(row.is_admin), *known,
        opened=opened, muted_until=row.muted_until, banned_until=row.banned_until,
        barred=read_barred(row.barred_from),
        has_unseen_mail=bool(row.has_unseen_mail),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _read_session(text: str) -> tuple[int | None, str, frozenset[str]]:
    """The member's id, the seal and the opened locks of a signed text; the same text always says the same."""
    session = SessionStore().decode(text)
    member = session.get(SESSION_KEY)
    opened = frozenset(map(str, cast("list[str]", session.get(OPENED_KEY, []))))
    return (int(str(member)) if member else None), str(session.get(HASH_SESSION_KEY, "")), opened


@lru_cache(maxsize=4096)
def _seal(password: str) -> str:
    """What a session must carry that began under this stored password."""
    return User(password=password).get_session_auth_hash()


def actor_with_id(member_id: int) -> Actor | None:
    """The actor of an account by its id; None when there is none, or it waits or was switched off."""
    user = User.objects.filter(id=member_id, is_active=True, is_waiting=False).first()
    return actor_of(user) if user else None


def actor_of(user: User) -> Actor:
    """The actor for an account; one that was switched off is a guest."""
    if not user.is_active:
        return GUEST
    known = (
        user.joined_at,
        user.language,
        user.time_zone,
        user.filters_version,
        user.post_count,
        user.has_unseen_cases,
    )
    return Actor(
        user.pk,
        user.name,
        user.is_admin,
        *known,
        muted_until=user.muted_until,
        banned_until=user.banned_until,
        barred=read_barred(user.barred_from),
        has_unseen_mail=user.has_unseen_mail,
    )
