"""The board's stamp, exact at every call and nearly free while nobody writes.

On SQLite every commit changes the header of the write-ahead-log index, the file `-shm` that all connections share
as memory (https://www.sqlite.org/walformat.html, section 2.1). Comparing those 48 bytes answers "did anybody
commit?" without a system call and without giving up the interpreter's lock, which `PRAGMA data_version` does
(docs/decisions/0007). Only after a yes is the stamp's row read. On PostgreSQL it is the row each time.
"""

import mmap
import os
import sqlite3
import threading
from pathlib import Path
from urllib.parse import quote

from django.db import DatabaseError, connection

from rostra.board.queries import StampRow, stamp

_HEADER = 48
_ROW = "SELECT content, structure, posts, topics, members, newest_member FROM board_stamp WHERE id = 1"
# Closing any descriptor of the file would drop the locks that SQLite holds on it: these stay open for ever.
_open_for_ever: list[tuple[int, mmap.mmap]] = []


class StampWatch:
    """Knows the stamp in force."""

    def __init__(self) -> None:
        self._header: mmap.mmap | None = None
        self._known: tuple[bytes, StampRow] | None = None
        self._guard = threading.Lock()
        self._is_sqlite = connection.vendor == "sqlite"
        self._reader: sqlite3.Connection | None = None

    def now(self) -> StampRow:
        """The stamp in force."""
        if not self._is_sqlite:
            return _from_server()
        header = self._header[:_HEADER] if self._header is not None else b""
        known = self._known
        if known is not None and known[0] == header and header:
            return known[1]
        with self._guard:  # the header was read first: what the row says is as new, or newer
            reader = self._reader or self._open(Path(str(connection.settings_dict["NAME"])))
            found = reader.execute(_ROW).fetchone()
            if found is None:
                raise sqlite3.DatabaseError("the database has no board; 'rostra doctor' says more")
            row = StampRow(*found)
            self._known = header, row
        return row

    def _open(self, path: Path) -> sqlite3.Connection:
        """The reader stays open too, so that the shared file is never removed while we look at it."""
        self._reader = reader = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        reader.execute(_ROW).fetchone()
        shared = path.with_name(path.name + "-shm")
        if shared.exists():
            descriptor = os.open(shared, os.O_RDONLY)
            self._header = mmap.mmap(descriptor, mmap.PAGESIZE, access=mmap.ACCESS_READ)
            _open_for_ever.append((descriptor, self._header))
        return reader


def _from_server() -> StampRow:
    """The row; once more with a new connection when the old one has died, but not when none was free."""
    had_one = connection.connection is not None
    try:
        return stamp()
    except DatabaseError:
        if not had_one:
            raise
        connection.close()
        return stamp()
