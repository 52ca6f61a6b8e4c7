"""Who is asking: what policies need to know of a person, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from rostra.accounts.models import User
from rostra.kernel.statements import Statement


class _GroupId(NamedTuple):
    group_id: int


_GROUPS = Statement(
    "accounts.groups", _GroupId, "SELECT group_id FROM accounts_membership WHERE user_id = %s", sample=[1]
)


@dataclass(frozen=True)
class Actor:
    """A person, or a guest: `id` is None. Groups are read when a policy first asks for them."""

    id: int | None = None
    name: str = ""
    is_admin: bool = False
    joined_at: datetime | None = None

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


_ACTOR = Statement(
    "accounts.actor",
    _ActorRow,
    "SELECT id, name, is_admin, is_active, password, joined_at FROM accounts_user WHERE id = %s",
    sample=[1],
)


def actor_in(session: SessionBase) -> Actor:
    """Whose session this is. One that began before the password changed is nobody's."""
    member = session.get(SESSION_KEY)
    row = _ACTOR.first(int(member)) if member else None
    if row is None or not row.is_active:
        return GUEST
    sealed = User(password=row.password).get_session_auth_hash()
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), sealed):
        return GUEST
    return Actor(row.id, row.name, bool(row.is_admin), row.joined_at)


def actor_of(user: User) -> Actor:
    """The actor for an account; one that was switched off is a guest."""
    return Actor(user.pk, user.name, user.is_admin, user.joined_at) if user.is_active else GUEST
