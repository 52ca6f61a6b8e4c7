"""One page server on the first processor, as `rostra serve` starts it."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bench.places import ROOT, Failure, Place

_SECONDS_TO_START = 30


class Server(NamedTuple):
    """A page server that answers."""

    address: str
    pid: int


def free_port() -> int:
    """A port that nobody listens on: granian would share a taken one silently."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(place: Place, *, cache_megabytes: int) -> Iterator[Server]:
    """A server of this board for as long as the block runs. Raises Failure when it does not start."""
    port = free_port()
    command = [
        "taskset", "-c", "0", sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1",
        "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "16", "--backlog", "2048",
        "--backpressure", "1024", "--log-level", "error", "--no-ws", "config.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env=place.environment(cache_megabytes=cache_megabytes), start_new_session=True
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, address)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Failure(f"the page server ended with status {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(f"{address}/-/ready", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise Failure(f"the page server did not answer within {_SECONDS_TO_START} seconds")
