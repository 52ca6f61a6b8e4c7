"""Where a member may not take part for now, as the account's row keeps it: `12=1764288000;14=0`, a place and when it ends."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple


class Barred(NamedTuple):
    """A forum in which a member is as a guest is, and until when; without `until` it has no end."""

    place: int
    until: datetime | None


def written(bans: Iterable[Barred]) -> str:
    """The bans as the row keeps them."""
    return ";".join(
        f"{each.place}={_seconds(each.until)}" for each in sorted(bans, key=lambda ban: ban.place)
    )


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[Barred, ...]:
    """The bans of a row; most rows have none."""
    pairs = (each.partition("=") for each in text.split(";") if each)
    return tuple(Barred(int(place), _moment(int(end))) for place, _, end in pairs)


def _seconds(until: datetime | None) -> int:
    return -int(-until.timestamp() // 1) if until else 0  # the second in which it ends still counts


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
