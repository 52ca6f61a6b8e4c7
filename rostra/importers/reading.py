"""Reading a file of records line by line, with a place to go on from."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, cast


class Progress(Protocol):
    """Whoever shows how far it is."""

    def show(self, done: float, total: float, records: int) -> None:
        """`done` of `total` bytes, and how many records that was."""


class BadLine(Exception):
    """A line cannot be taken; nothing of it was."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


@dataclass(frozen=True)
class Line:
    """A record and where it stands: its bytes with blank lines before it, and how much of the file that took."""

    number: int
    end: int
    record: dict[str, Any]
    raw: bytes
    read: int


def lines(path: Path, *, skip: int, offset: int) -> Iterator[Line]:
    """The records after `skip` lines, which end at byte `offset` of the plain text. Raises BadLine."""
    number, blank = skip, b""
    with path.open("rb") as packed, opened(path, packed) as file:
        try:
            file.seek(offset)
            for raw in file:
                number += 1
                offset += len(raw)
                blank += raw
                if raw.strip():
                    yield Line(number, offset, _record(number, raw), blank, packed.tell())
                    blank = b""
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise BadLine(number + 1, "the compressed file is damaged, or was cut off, here") from None


def opened(path: Path, packed: IO[bytes] | None = None) -> IO[bytes]:
    """The plain text of a file, compressed or not."""
    source = packed or path.open("rb")
    return cast("IO[bytes]", gzip.GzipFile(fileobj=source, mode="rb")) if path.suffix == ".gz" else source


def _record(number: int, raw: bytes) -> dict[str, Any]:
    try:
        record = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise BadLine(number, f"not UTF-8 at byte {fault.start + 1} of the line") from None
    except json.JSONDecodeError as fault:
        raise BadLine(number, f"not valid JSON: {fault.msg} at character {fault.pos + 1}") from None
    except ValueError as fault:
        raise BadLine(number, f"a number is too long: {fault}") from None
    except RecursionError:
        raise BadLine(number, "nested too deeply") from None
    if not isinstance(record, dict):
        raise BadLine(number, "not a JSON object")
    return record
