"""Progress of long work: a bar with rate and time left on a terminal, a line now and then elsewhere."""

import sys
import time
from types import TracebackType

from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar


class Progress:
    """Counts what is done; `total` and `unit` may change while it runs."""

    SECONDS_BETWEEN_LINES = 10

    def __init__(self, what: str) -> None:
        self._what, self._unit, self._start = what, "records", time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._done, self._total, self._told = 0.0, 0.0, time.monotonic()
        self._note = ""

    def __enter__(self) -> "Progress":
        if sys.stderr.isatty():
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.percentage:>3.0f}%"),
                TextColumn("{task.fields[note]}"),
                TimeRemainingColumn(),
            )
            self._bar = Bar(*columns)
            self._task = self._bar.add_task(self._what, total=None, note="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, done: float, total: float, records: int) -> None:
        """`done` of `total` (bytes, say) and how many records that was."""
        rate = records / max(time.monotonic() - self._start, 0.001)
        note = f"{records:,} records, {rate:,.0f}/s"
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total or None, note=note)
        elif time.monotonic() - self._told > self.SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            left = (total - done) / max(done, 1) * (self._told - self._start)
            sys.stderr.write(f"{self._what}: {done / max(total, 1):.0%}, {note}, {left:.0f} s left\n")
