"""Running a board: the page server and the background worker, together until a signal."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from django.conf import settings

from rostra.cli import Failure
from rostra.web.assets import collect


def serve_board(host: str, port: int, *, with_worker: bool) -> int:
    """Start both, wait, stop both. Returns the page server's status."""
    _refuse_taken_port(host, port)
    collect()
    children = [_pages(host, port)]
    if with_worker:
        children.append(_worker())
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.1)
    return _end(children, stopping)


def _pages(host: str, port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--host", host, "--port", str(port),
        "--blocking-threads", str(settings.ROSTRA.threads), "--backlog", "2048", "--backpressure", "1024",
        "--log-level", _server_log_level(), "--no-ws", "config.wsgi:application",
    ]  # fmt: skip
    return _start(command)


def _server_log_level() -> str:
    """granian warns of more threads than processors at every start; ours wait for the disk, and cost nothing idle."""
    return "error" if settings.ROSTRA.log_level == "warning" else str(settings.ROSTRA.log_level)


def _worker() -> subprocess.Popen[bytes]:
    return _start([sys.executable, "-m", "rostra.cli", "worker"])


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=os.environ, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: PLW1509


def _die_with_parent() -> None:
    """Even when this process is killed with -9, the kernel ends its children, and the port is free again."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _end(children: list[subprocess.Popen[bytes]], was_asked: bool) -> int:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if was_asked else max(child.returncode or 1 for child in children)


def _refuse_taken_port(host: str, port: int) -> None:
    """granian would share the port silently with an older server."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise Failure(
                f"port {port} on {host} cannot be used ({fault.strerror}); choose another with --port"
            ) from None
