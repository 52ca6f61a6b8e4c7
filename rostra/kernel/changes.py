"""Every write is one `change()`: one transaction, its events, and the stamp that makes readers' caches exact."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

from django.db import connection, transaction

from rostra.kernel.events import Event, publish


@dataclass
class Change:
    """What one transaction did. `is_visible`: guests' pages may show it; `is_structural`: the tree or the settings."""

    is_visible: bool = True
    is_structural: bool = False
    tallies: Counter[str] = field(default_factory=Counter)
    events: list[Event] = field(default_factory=list)

    def record(self, event: Event) -> None:
        """Say what happened; reactions run before the transaction ends."""
        self.events.append(event)

    def tally(self, what: str, number: int = 1) -> None:
        """Add to one of the board's kept counts."""
        self.tallies[what] += number


class WriteQueue:
    """A lock that serves in the order of arrival.

    SQLite lets waiting writers poll, so that one may wait for seconds while others pass it. Inside a process
    they stand in this queue instead, and only its head asks the database.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._is_taken = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


_queue = WriteQueue()
_current = threading.local()
_before_commit: list[Callable[[Change], None]] = []


def before_commit(step: Callable[[Change], None]) -> None:
    """Have `step` run as the last statement of every change."""
    if step not in _before_commit:
        _before_commit.append(step)


@contextmanager
def change(*, is_visible: bool = True, is_structural: bool = False) -> Iterator[Change]:
    """One transaction. Inside another change it joins that one.

    `is_visible=False` is for what no guest's page shows (a reader's marks): their caches stay valid.
    """
    outer: Change | None = getattr(_current, "change", None)
    if outer is not None:
        outer.is_visible |= is_visible
        outer.is_structural |= is_structural
        yield outer
        return
    with _queue if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        this = _current.change = Change(is_visible=is_visible, is_structural=is_structural)
        try:
            yield this
            _finish(this)
        finally:
            _current.change = None


def _finish(this: Change) -> None:
    for event in this.events:  # a reaction may record further events: the list grows while it is read
        publish(event)
    for step in _before_commit:
        step(this)
