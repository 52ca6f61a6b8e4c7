"""A page of a feed: so many posts that are there, and between them what was removed."""

from collections.abc import Callable
from dataclasses import dataclass

from rostra.feeds.queries import FAR, Item, Walk

PER_PAGE = 30
# A wave of removed posts must not push what is there out of the page; but a page ends somewhere.
MOST_ROWS = 150
KeyOf = Callable[[Item], int]


@dataclass(frozen=True)
class Page:
    """Items newest first; `before` leads to the older page, `after` to the newer one, None where there is none."""

    items: list[Item]
    before: int | None
    after: int | None


def newest(walk: Walk, key_of: KeyOf) -> Page:
    """The first page."""
    items, has_more = _gather(walk, key_of, True, FAR)
    return Page(items, key_of(items[-1]) if has_more else None, None)


def older_than(walk: Walk, key_of: KeyOf, key: int) -> Page:
    """The page of what is older than a key."""
    items, has_more = _gather(walk, key_of, True, key)
    return Page(
        items, key_of(items[-1]) if has_more else None, key_of(items[0]) if items else max(key - 1, 0)
    )


def newer_than(walk: Walk, key_of: KeyOf, key: int) -> Page:
    """The page that goes before the one beginning at a key; near the top it is the first page, whole."""
    items, has_more = _gather(walk, key_of, False, key)
    if not has_more:
        return newest(walk, key_of)
    items.reverse()
    return Page(items, key_of(items[-1]), key_of(items[0]))


def _gather(walk: Walk, key_of: KeyOf, is_older: bool, key: int) -> tuple[list[Item], bool]:
    """Rows from a key on with up to a page of posts that are there; is anything behind them?"""
    rows: list[Item] = []
    there = 0
    while True:
        batch = walk(is_older, key, PER_PAGE + 1)
        for row in batch:
            if there == PER_PAGE or len(rows) == MOST_ROWS:
                return rows, True
            rows.append(row)
            there += row.gone_at is None
        if len(batch) <= PER_PAGE:
            return rows, False
        key = key_of(rows[-1])
