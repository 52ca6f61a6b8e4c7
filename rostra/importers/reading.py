"""Reading a file of records line by line, with a place to go on from."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol


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
    """A record and where it stands."""

    number: int
    end: int
    record: dict[str, Any]


def fingerprint(path: Path, kind: str) -> str:
    """What tells a file from others: its kind, size and first megabyte."""
    with path.open("rb") as file:
        head = file.read(1024 * 1024)
    return hashlib.sha256(f"{kind}:{path.stat().st_size}:".encode() + head).hexdigest()


def lines(path: Path, *, skip: int, offset: int) -> Iterator[Line]:
    """The records after `skip` lines, which end at byte `offset` of the plain text. Raises BadLine."""
    with _opened(path) as file:
        file.seek(offset)
        number = skip
        for raw in file:
            number += 1
            offset += len(raw)
            if raw.strip():
                yield Line(number, offset, _record(number, raw))


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _record(number: int, raw: bytes) -> dict[str, Any]:
    try:
        record = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise BadLine(number, f"not UTF-8 at byte {fault.start + 1} of the line") from None
    except json.JSONDecodeError as fault:
        raise BadLine(number, f"not valid JSON: {fault.msg} at character {fault.pos + 1}") from None
    except RecursionError:
        raise BadLine(number, "nested too deeply") from None
    if not isinstance(record, dict):
        raise BadLine(number, "not a JSON object")
    return record
