"""In a board's own process: CPU time of page views, without a server. `python -m bench.calls CALLS` prints JSON.

The application is called as the page server does, and nothing is cached for guests.
On PostgreSQL the time of the database's processes for this board is added, where it can be read.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any, TypedDict

WARM_UP = 2
_WAIT_FOR_IDLE = 0.02


class Measured(TypedDict):
    """The cost of one kind of page for one kind of viewer."""

    page: str
    viewer: str
    cpu_ms: float
    bytes: float


class Caller:
    """Calls the board's application in this process, its cache for guests off. Django must be set up."""

    def __init__(self) -> None:
        from config.wsgi import application

        self._application = application

    def get(self, address: str, cookie: str = "") -> tuple[int, int]:
        """Status and length of the answer to one request."""
        told: list[str] = []

        def start(status: str, *_: Any) -> Callable[[bytes], object]:
            told.append(status)
            return lambda _: None  # the old way to send a body; Django does not use it

        length = len(b"".join(self._application(_environ(address, cookie), start)))
        return int(told[0][:3]), length


def measured(caller: Caller, pages: dict[str, list[str]], cookie: str, calls: int) -> list[Measured]:
    """Every page for a guest and for a member; its addresses take turns. Raises ValueError for an error page."""
    clock = cpu_clock()
    found: list[Measured] = []
    for viewer, sent in (("guest", ""), ("signed in", cookie)):
        for page, addresses in pages.items():
            for address in addresses * WARM_UP:
                status, _ = caller.get(address, sent)
                if status not in (200, 302):
                    raise ValueError(f"{address} answered {status}")
            begin, size = clock(), 0
            for address in islice(cycle(addresses), calls):
                size += caller.get(address, sent)[1]
            cpu = clock() - begin
            found.append(
                {"page": page, "viewer": viewer, "cpu_ms": 1000 * cpu / calls, "bytes": size / calls}
            )
    return found


def cpu_clock() -> Callable[[], float]:
    """CPU seconds of this process, and of the database's own processes when there are any on this machine."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = [pid for (pid,) in cursor.fetchall() if Path(f"/proc/{pid}/schedstat").is_file()]

    def seconds() -> float:
        time.sleep(_WAIT_FOR_IDLE)  # the kernel books a process's time when it stops running
        nanoseconds = (int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids)
        return time.process_time() + sum(nanoseconds) / 1e9

    return seconds


def _environ(address: str, cookie: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1:8000",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "bench crawler",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    return environ | ({"HTTP_COOKIE": cookie} if cookie else {})


if __name__ == "__main__":
    import django as framework

    framework.setup()
    from bench.samples import sample_pages
    from bench.visits import session_cookie

    print(json.dumps(measured(Caller(), sample_pages(), session_cookie(), int(sys.argv[1]))))
