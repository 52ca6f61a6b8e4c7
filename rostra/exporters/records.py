"""What every record is written with: fields that say nothing are left out."""

from typing import Any

from rostra.kernel.clock import to_text

Record = dict[str, Any]
CHUNK = 1000


def slim(record: Record) -> Record:
    """The record without what says nothing; the imported default is the same."""
    return {
        name: value
        for name, value in record.items()
        if value not in ("", None, [], {}, 0) or (name == "active" and value is False)
    }


def time(moment: Any) -> str | None:
    """A moment as the format has it."""
    return to_text(moment) if moment else None
