"""The one loop of every import: batches in transactions, a place to go on from, bad lines named."""

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rostra.importers.counting import drop_empty_topics, recount_everything
from rostra.importers.models import ImportRun
from rostra.importers.reading import BadLine, Line, Progress, lines, opened
from rostra.kernel.changes import change
from rostra.kernel.clock import now

Write = Callable[[list[Line]], Counter[str]]
_CHUNK = 1024 * 1024


def run_import(path: Path, kind: str, write: Write, *, batch: int, progress: Progress) -> Counter[str]:
    """Bring a file in, from where an earlier run of it stopped; returns how many records of each type.

    An earlier run is known by the bytes it has read: a file that was mended, or that grew, behind that place is
    the same file. Raises BadLine for the first line that cannot be taken; everything before it is imported.
    """
    run, digest = _run_of(path, kind)
    total, done = path.stat().st_size, Counter[str]()
    waiting: list[Line] = []
    try:
        for line in lines(path, skip=run.line, offset=run.offset):
            waiting.append(line)
            if len(waiting) >= batch:
                done += _write(run, digest, waiting, write)
                waiting = []
                progress.show(min(line.read, total), total, done.total())
        done += _write(run, digest, waiting, write)
    except BadLine as bad:
        _write(run, digest, [line for line in waiting if line.number < bad.line], write)
        recount_everything()
        raise
    if done or not run.is_finished:
        with change(is_structural=True):
            drop_empty_topics()
            recount_everything()
            ImportRun.objects.filter(id=run.pk).update(is_finished=True)
    return done


def _write(run: ImportRun, digest: "hashlib._Hash", waiting: list[Line], write: Write) -> Counter[str]:
    if not waiting:
        return Counter()
    with change(is_structural=True):
        counted = write(waiting)
        for line in waiting:
            digest.update(line.raw)
        run.line, run.offset, run.fingerprint = waiting[-1].number, waiting[-1].end, digest.hexdigest()
        run.is_finished = False
        run.save()
    return counted


def _run_of(path: Path, kind: str) -> tuple[ImportRun, "hashlib._Hash"]:
    """The run that has read most of this file already, or a new one, and the digest of what it has read."""
    digest, at = hashlib.sha256(kind.encode()), 0
    best, best_digest = None, digest.copy()
    try:
        with opened(path) as file:
            for run in ImportRun.objects.filter(kind=kind, offset__gt=0).order_by("offset"):
                while at < run.offset and (part := file.read(min(_CHUNK, run.offset - at))):
                    digest.update(part)
                    at += len(part)
                if at == run.offset and run.fingerprint == digest.hexdigest():
                    best, best_digest = run, digest.copy()
    except (EOFError, OSError):
        pass  # what cannot be read is named, with its line, when it is read for its records
    return best or ImportRun(kind=kind, started_at=now(), fingerprint=digest.hexdigest()), best_digest
