"""Importing Rostra's own format (docs/board-format.md): all ids kept, exactly once, goes on after a stop.

Records are written in batches; the row that says how far the file has been read moves on in the same
transaction. Counts that follow from the records are set when the file is finished.
"""

from collections import Counter
from pathlib import Path

from rostra.importers.batches import Batch
from rostra.importers.counting import recount_everything
from rostra.importers.fields import checked
from rostra.importers.models import ImportRun
from rostra.importers.reading import BadLine, Line, Progress, fingerprint, lines
from rostra.kernel.changes import change
from rostra.kernel.clock import now

BATCH = 500


def import_board(path: Path, progress: Progress) -> Counter[str]:
    """Bring the file's records in; returns how many of each type this call imported.

    Raises BadLine for the first line that cannot be taken; everything before it stays imported.
    """
    run, _ = ImportRun.objects.get_or_create(
        fingerprint=fingerprint(path, "board"), defaults={"started_at": now()}
    )
    done: Counter[str] = Counter()
    if run.is_finished:
        return done
    total = path.stat().st_size
    waiting: list[Line] = []
    try:
        for line in lines(path, skip=run.line, offset=run.offset):
            waiting.append(line)
            if len(waiting) >= BATCH:
                done += _write(run, waiting)
                waiting = []
                progress.show(run.offset, total, done.total())
    except BadLine:
        _write(run, waiting)
        recount_everything()
        raise
    done += _write(run, waiting)
    with change(is_structural=True):
        recount_everything()
        ImportRun.objects.filter(id=run.pk).update(is_finished=True)
    return done


def _write(run: ImportRun, waiting: list[Line]) -> Counter[str]:
    """Write the lines in one transaction; when one is bad, those before it are written and BadLine is raised."""
    try:
        return _write_all(run, waiting)
    except BadLine as bad:
        before = [line for line in waiting if line.number < bad.line]
        if before:
            _write_all(run, before)
        recount_everything()
        raise


def _write_all(run: ImportRun, waiting: list[Line]) -> Counter[str]:
    if not waiting:
        return Counter()
    with change(is_structural=True):
        batch = Batch()
        for line in waiting:
            try:
                batch.add(*checked(line.record))
            except ValueError as fault:
                raise BadLine(line.number, str(fault)) from None
        batch.write()
        last = waiting[-1]
        ImportRun.objects.filter(id=run.pk).update(line=last.number, offset=last.end)
    run.line, run.offset = last.number, last.end
    return batch.counted
