"""Who is asking: what policies need to know of a person, and nothing else."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

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

    @property
    def is_member(self) -> bool:
        """Signed in?"""
        return self.id is not None

    @cached_property
    def groups(self) -> frozenset[int]:
        """Ids of the actor's groups."""
        return frozenset(row.group_id for row in _GROUPS.all(self.id)) if self.id is not None else frozenset()


GUEST = Actor()


def actor_of(user: User) -> Actor:
    """The actor for an account; one that was switched off is a guest."""
    return Actor(user.pk, user.name, user.is_admin) if user.is_active else GUEST
