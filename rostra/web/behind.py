"""What pages would write is noted in memory and written behind their backs: every few seconds, in one go."""

import atexit
import threading
from abc import ABC, abstractmethod

from django.db import connection


class WrittenBehind(ABC):
    """A buffer; `start` gives it a thread that writes it. A subclass says how, in `flush`."""

    def __init__(self, name: str, seconds: float) -> None:
        self._name, self._seconds = name, seconds
        self._guard = threading.Lock()
        self._stop = threading.Event()

    def start(self) -> None:
        """Write the buffer from now on at this interval, and once more at the end of the process."""
        threading.Thread(target=self._run, name=self._name, daemon=True).start()
        atexit.register(self.flush)

    @abstractmethod
    def flush(self) -> None:
        """Write what is buffered; what cannot be written now stays for the next time."""

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            self.flush()
            connection.close()
