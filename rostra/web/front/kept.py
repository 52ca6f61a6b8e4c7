"""Guests' finished pages in memory, each with the board's version that it was made under."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from rostra.web.front.coding import Headers, compress


@dataclass
class Entry:
    """A guest's page as it was sent, plain and in each coding that was asked for."""

    version: int
    headers: Headers
    etag: str
    views_of: int | None
    bodies: dict[str, bytes] = field(default_factory=dict)
    sent: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes it keeps in memory, about."""
        return sum(map(len, self.bodies.values())) + 2500

    def in_coding(self, coding: str) -> tuple[Headers, bytes]:
        """Headers and body in a coding, packed when it is first asked for."""
        body = compress(coding, self.bodies[""], is_kept=True)
        extra = [("Content-Encoding", coding)] if coding else []
        return [*self.headers, *extra, ("Content-Length", str(len(body)))], body


class Pages:
    """Least recently used pages within a limit of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self.is_off = limit <= 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: str, version: int) -> Entry | None:
        """The page, when it was made under this version."""
        entry = self._entries.get(key)
        if entry is None or entry.version != version:
            return None
        with self._guard:
            if key in self._entries:
                self._entries.move_to_end(key)
        return entry

    def put(self, key: str, entry: Entry) -> None:
        """Keep a page, dropping the oldest for it."""
        with self._guard:
            old = self._entries.pop(key, None)
            self._size += entry.size + len(key) - (old.size + len(key) if old else 0)
            self._entries[key] = entry
            while self._size > self._limit and self._entries:
                name, dropped = self._entries.popitem(last=False)
                self._size -= dropped.size + len(name)

    def as_sent(self, key: str, entry: Entry, coding: str) -> tuple[Headers, bytes]:
        """Headers and body of an entry in a coding; a new coding is kept with its page, while that is kept."""
        found = entry.sent.get(coding)
        if found is not None:
            return found
        headers, body = entry.in_coding(coding)
        with self._guard:
            entry.sent[coding] = headers, body
            if self._entries.get(key) is entry and coding not in entry.bodies:
                entry.bodies[coding] = body
                self._size += len(body)
        return headers, body
