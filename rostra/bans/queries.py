"""Reads of bans, of the addresses that members used, and of who looked at those."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from rostra.accounts.actors import Actor
from rostra.bans.models import AddressBan, AddressUse
from rostra.bans.policy import looked_up_among
from rostra.bans.targets import address_number, patterns_of, read_target
from rostra.kernel.clock import now
from rostra.kernel.latest import Latest
from rostra.kernel.statements import Statement

MOST_BANS = 5_000  # in force at the same time: each write looks through the ranges among them
MOST_ADDRESSES, MOST_OTHERS = 50, 200


class BanRow(NamedTuple):
    """A ban of an address. `stops` is one of `AddressBan.Stops`."""

    id: int
    kind: str
    target: str
    stops: int
    reason: str
    setter_id: int | None
    setter_name: str
    made_at: datetime
    until: datetime | None
    ended_at: datetime | None
    ender_name: str

    @property
    def holds(self) -> bool:
        """Is it in force now?"""
        return self.ended_at is None and (self.until is None or now() < self.until)


class LookRow(NamedTuple):
    """Who was shown whose addresses, when and why."""

    id: int
    looker_id: int | None
    looker_name: str
    member_name: str
    reason: str
    made_at: datetime


_FIELDS = "id, kind, target, stops, reason, setter_id, setter_name, made_at, until, ended_at, ender_name"
_HELD = Statement(
    "bans.held",
    BanRow,
    f"SELECT {_FIELDS} FROM bans_addressban WHERE ended_at IS NULL AND id < %s ORDER BY id DESC LIMIT %s",  # noqa: S608 - names of ours
    sample=[2**62, MOST_BANS],
)
_ALL = Statement(
    "bans.all",
    BanRow,
    f"SELECT {_FIELDS} FROM bans_addressban WHERE id < %s ORDER BY id DESC LIMIT %s",  # noqa: S608 - names of ours
    sample=[2**62, 51],
)
_LOOKS = Statement(
    "bans.looks",
    LookRow,
    """SELECT id, looker_id, looker_name, member_name, reason, made_at FROM bans_look
       WHERE id < %s ORDER BY id DESC LIMIT %s""",
    sample=[2**62, 51],
)


class Bans:
    """The bans that were in force as of a version of the board's settings; those that ended since are left out."""

    def __init__(self, rows: Iterable[BanRow]) -> None:
        self._ranges: list[tuple[int, int, int, BanRow]] = []
        self._emails: dict[str, BanRow] = {}
        for row in rows:
            if row.kind == AddressBan.Kind.EMAIL:
                self._emails[row.target] = row
            else:
                target = read_target(row.target)
                self._ranges.append((target.version, target.first, target.last, row))

    def asks_for_emails(self, stops: int) -> bool:
        """Does any ban of an e-mail address keep from this? Otherwise nobody's need be read."""
        return any(row.stops >= stops for row in self._emails.values())

    def of_address(self, address: str, stops: int) -> BanRow | None:
        """The ban that keeps a client's address from something."""
        version, number = address_number(address)
        return next(
            (
                row
                for its, first, last, row in self._ranges
                if its == version and first <= number <= last and row.stops >= stops and row.holds
            ),
            None,
        )

    def of_email(self, email: str, stops: int) -> BanRow | None:
        """The ban that keeps an e-mail address from something."""
        if not email or not self._emails:
            return None
        found = (self._emails.get(pattern) for pattern in patterns_of(email))
        return next((row for row in found if row and row.stops >= stops and row.holds), None)


_bans: Latest[Bans] = Latest()


def bans_in_force(structure: int) -> Bans:
    """The bans as of a structure version; read once for each version, so that no page asks for them."""
    return _bans.at(structure, lambda: Bans(_HELD.all(2**62, MOST_BANS)))


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _bans.forget()


def listed_bans(before: int, number: int, *, is_all: bool) -> list[BanRow]:
    """The newest bans with ids below `before`, those that were ended too when `is_all`; one more, to know of more."""
    return (_ALL if is_all else _HELD).all(before, number + 1)


def looks(before: int, number: int) -> list[LookRow]:
    """The newest looks at members' addresses with ids below `before`; one more, to know of more."""
    return _LOOKS.all(before, number + 1)


class Used(NamedTuple):
    """An address that a member used, and the other members who used it too, by name with when they last did.

    `hidden` is how many more those are whom the one who asks may not look up.
    """

    address: str
    first_at: datetime
    last_at: datetime
    others: list[tuple[str, datetime]]
    hidden: int


def oldest_kept() -> datetime:
    """What was last used before this is not shown any more, whether it was forgotten already or not."""
    return now() - timedelta(days=settings.ROSTRA.address_days)


def own_uses(member_id: int) -> list[AddressUse]:
    """The addresses that a member used within the days that they are kept, the last first."""
    kept = AddressUse.objects.filter(member_id=member_id, last_at__gt=oldest_kept())
    return list(kept.order_by("-last_at")[:MOST_ADDRESSES])


def uses_of(member_id: int, looker: Actor) -> list[Used]:
    """The addresses that a member used, the last first, with the others who did too, as far as one may look those up."""
    mine = own_uses(member_id)
    kept = AddressUse.objects.filter(last_at__gt=oldest_kept())
    among = kept.filter(address__in=[each.address for each in mine]).exclude(member_id=member_id)
    rows = list(among.select_related("member").order_by("-last_at")[:MOST_OTHERS])
    shown = looked_up_among(looker, {row.member_id: row.member for row in rows})
    others: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    hidden: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.member_id in shown:
            others[row.address].append((row.member.name, row.last_at))
        else:
            hidden[row.address] += 1
    return [
        Used(each.address, each.first_at, each.last_at, others[each.address], hidden[each.address])
        for each in mine
    ]
