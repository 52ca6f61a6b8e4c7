"""Importing Rostra's own format (docs/board-format.md): all ids kept, exactly once, goes on after a stop."""

from collections import Counter
from pathlib import Path

from rostra.importers.batches import Batch
from rostra.importers.fields import checked
from rostra.importers.reading import BadLine, Line, Progress
from rostra.importers.running import run_import

BATCH = 500


def import_board(path: Path, progress: Progress) -> Counter[str]:
    """Bring the file's records in; returns how many of each type this call imported. Raises BadLine."""
    return run_import(path, "board", _write, batch=BATCH, progress=progress)


def _write(waiting: list[Line]) -> Counter[str]:
    batch = Batch()
    for line in waiting:
        try:
            batch.add(*checked(line.record))
        except ValueError as fault:
            raise BadLine(line.number, str(fault)) from None
    batch.write()
    return batch.counted
