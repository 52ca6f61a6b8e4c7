"""Finding accounts for who manages members: by how a name or an e-mail address begins, page by page."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from rostra.accounts.models import User
from rostra.kernel.text import name_key

ON_A_PAGE = 50
_LAST = "\U0010ffff"


class Found(NamedTuple):
    """An account, also one that waits for the confirmation of its address."""

    id: int
    name: str
    email: str
    joined_at: datetime
    post_count: int
    is_active: bool
    is_admin: bool
    is_waiting: bool
    muted_until: datetime | None
    banned_until: datetime | None
    key: str


class Page(NamedTuple):
    """Accounts in their order; `after` is where the next page begins, empty on the last one."""

    rows: list[Found]
    after: str = ""


_COLUMNS = (
    "id", "name", "email", "joined_at", "post_count", "is_active", "is_admin", "is_waiting", "muted_until",
    "banned_until",
)  # fmt: skip


def accounts_beginning(text: str, after: str = "") -> Page:
    """Accounts whose name, or with an @ in it whose address, begins like this. Nothing typed: none."""
    field = "email" if "@" in text else "name_key"
    wanted = text.strip().lower() if field == "email" else name_key(text)
    if not wanted or "\0" in wanted or "\0" in after:
        return Page([])
    found = User.objects.filter(_begins(field, wanted)).order_by(field, "id")
    if field == "email":
        found = found.exclude(email="")  # as the index has them
    if after:
        key, _, number = after.rpartition(" ")
        last = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
        found = found.filter(Q(**{f"{field}__gt": key}) | Q(**{field: key, "id__gt": last}))
    return _page(found, field)


def accounts_waiting() -> Page:
    """Accounts that wait for the confirmation of their address, those that wait longest first; the first page only."""
    found = User.objects.filter(is_waiting=True).order_by("joined_at")
    return Page(_page(found, "name_key").rows)


def account_with(number: int) -> Found | None:
    """The account with this id."""
    return next(iter(_page(User.objects.filter(id=number), "name_key").rows), None)


def _begins(field: str, text: str) -> Q:
    """PostgreSQL compares by the language; its index for beginnings takes LIKE. SQLite compares sign by sign."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + _LAST})


def _page(found: QuerySet[User], field: str) -> Page:
    rows = [Found(*row) for row in found.values_list(*_COLUMNS, field)[: ON_A_PAGE + 1]]
    return Page(
        rows[:ON_A_PAGE],
        f"{rows[ON_A_PAGE - 1].key} {rows[ON_A_PAGE - 1].id}" if len(rows) > ON_A_PAGE else "",
    )
