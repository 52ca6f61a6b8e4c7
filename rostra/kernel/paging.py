"""Pages: by stored position inside a topic, by keyset in every list. Nothing here counts rows or skips them."""

from dataclasses import dataclass
from datetime import datetime

from rostra.kernel.clock import from_text, to_text


@dataclass(frozen=True)
class Key:
    """A place in a list ordered by time and id, newest first."""

    moment: datetime
    id: int

    def __str__(self) -> str:
        return f"{to_text(self.moment)}~{self.id}"


def read_key(text: str) -> Key:
    """The key of an address. Raises ValueError when it is none."""
    moment, _, number = text.partition("~")
    if not (number.isascii() and number.isdigit()) or len(number) > 18:
        raise ValueError(f"{text[:60]!r} is not a place in this list")
    return Key(from_text(moment), int(number))


def page_of(position: int, per_page: int) -> int:
    """The page, from 1, that holds a position, from 1."""
    return (max(position, 1) - 1) // per_page + 1


def page_window(page: int, last: int) -> list[int | None]:
    """Page numbers to offer: the ends, the neighbours, None for a gap."""
    wanted = sorted(
        number for number in {1, 2, page - 1, page, page + 1, last - 1, last} if 1 <= number <= last
    )
    window: list[int | None] = []
    for number in wanted:
        if window and window[-1] is not None and number - window[-1] > 1:
            window.append(number - 1 if number - window[-1] == 2 else None)
        window.append(number)
    return window
