"""Every write is one `change()`: one transaction, its events, and the stamp that makes readers' caches exact."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connection, transaction

from rostra.kernel.events import Event, publish


@dataclass
class Change:
    """What one transaction did. `is_visible`: guests' pages may show it; `is_structural`: the tree or the settings."""

    is_visible: bool = True
    is_structural: bool = False
    tallies: Counter[str] = field(default_factory=Counter)
    events: list[Event] = field(default_factory=list)
    kept: dict[object, Any] = field(default_factory=dict)

    def record(self, event: Event) -> None:
        """Say what happened; reactions run before the transaction ends."""
        self.events.append(event)

    def tally(self, what: str, number: int = 1) -> None:
        """Add to one of the board's kept counts."""
        self.tallies[what] += number


class Busy(OperationalError):
    """Others were writing for longer than this change was willing to wait."""


class WriteQueue:
    """A lock that serves in the order of arrival.

    SQLite lets waiting writers poll, so that one may wait for seconds while others pass it. Inside a process
    they stand in this queue instead, and only its head asks the database.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._is_taken = False

    @contextmanager
    def turn(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock. Raises Busy when the turn does not come within `patience` seconds."""
        self._take(patience)
        try:
            yield
        finally:
            self._give()

    def _take(self, patience: float | None) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(patience):
            return
        with self._guard:
            if not turn.is_set():
                self._waiting.remove(turn)
                raise Busy
        # the turn came in the last moment

    def _give(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


_queue = WriteQueue()
_current = threading.local()
_gates: list[Callable[[], None]] = []
_before_commit: list[Callable[[Change], None]] = []


def kept_in_change() -> dict[object, Any] | None:
    """What is kept for as long as the change is open that this thread is in; None in no change."""
    this: Change | None = getattr(_current, "change", None)
    return None if this is None else this.kept


def gate(check: Callable[[], None]) -> None:
    """Have `check` run before every change; it raises Refused when nothing may be written."""
    if check not in _gates:
        _gates.append(check)


def before_commit(step: Callable[[Change], None]) -> None:
    """Have `step` run as the last statement of every change."""
    if step not in _before_commit:
        _before_commit.append(step)


@contextmanager
def change(
    *,
    is_visible: bool = True,
    is_structural: bool = False,
    patience: float | None = None,
    passes_gates: bool = False,
) -> Iterator[Change]:
    """One transaction. Inside another change it joins that one.

    `is_visible=False` is for what no guest's page shows (a reader's marks): their caches stay valid.
    `patience`: seconds to wait for other writers, for what may as well not be written. Raises Busy, or
    OperationalError, when they take longer. Raises Refused while the board is read-only, unless `passes_gates`.
    """
    outer: Change | None = getattr(_current, "change", None)
    if outer is not None:
        outer.is_visible |= is_visible
        outer.is_structural |= is_structural
        yield outer
        return
    for check in () if passes_gates else _gates:
        check()
    with _queue.turn(patience) if connection.vendor == "sqlite" else nullcontext(), _waiting(patience):
        this = _current.change = Change(is_visible=is_visible, is_structural=is_structural)
        try:
            yield this
            _finish(this)
        finally:
            _current.change = None


@contextmanager
def _waiting(patience: float | None) -> Iterator[None]:
    """A transaction; with `patience` the database too waits no longer than that for its lock."""
    if patience is None or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    milliseconds = int(patience * 1000)
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = {milliseconds}")
            yield
        return
    with connection.cursor() as cursor:
        usual = int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _finish(this: Change) -> None:
    for event in this.events:  # a reaction may record further events: the list grows while it is read
        publish(event)
    for step in _before_commit:
        step(this)
