"""A real board served by real processes, for tests that need more than one."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from uuid import uuid4

import psycopg

PASSWORD = "rostra-demo"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`rostra` commands on one data directory."""

    data: Path
    environment: dict[str, str]
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> str:
        """A command, whole; its output."""
        command = [sys.executable, "-m", "rostra.cli", *arguments, "--data", str(self.data)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        """Serve, and wait until it is ready."""
        self.port = self.port or _free_port()
        command = [
            sys.executable,
            "-m",
            "rostra.cli",
            "serve",
            "--port",
            str(self.port),
            "--data",
            str(self.data),
        ]
        self.process = subprocess.Popen(command, env=self.environment)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.address}/-/ready", timeout=2)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not become ready in 30 s")

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it with a signal."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(20)
            self.process = None


class Browser:
    """Signs in and sends forms, with cookies and CSRF tokens like any browser."""

    def __init__(self, address: str, name: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.token = self._token("/sign-in/")
        self.post("/sign-in/", login=name, password=PASSWORD)
        self.token = self._token("/")

    def get(self, path: str) -> str:
        """A page."""
        with self._opener.open(self.address + path, timeout=60) as response:
            return str(response.read().decode())

    def post(self, path: str, **fields: str) -> str:
        """Send a form; the page that follows."""
        fields |= {"csrfmiddlewaretoken": self.token}
        with self._opener.open(
            self.address + path, urllib.parse.urlencode(fields).encode(), timeout=60
        ) as response:
            return str(response.geturl())

    def _token(self, path: str) -> str:
        return self.get(path).partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def people_and_a_topic(number: int) -> str:
    """A board with so many members (password PASSWORD) and one topic of one post, in the board format."""
    from argon2 import PasswordHasher

    hashed = "argon2" + PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    post = {"author": 1, "created": "2026-01-01T10:00:00Z", "markup": "markdown", "body": "Begin."}
    records = [
        {"type": "board", "format": 1, "name": "Parallel"},
        *(
            {"type": "user", "id": each, "name": f"member {each}", "password": hashed}
            for each in range(1, number + 1)
        ),
        {"type": "forum", "id": 1, "parent": None, "kind": "forum", "name": "Europe"},
        {"type": "topic", "id": 1, "forum": 1, "kind": "normal", "title": "Tunnels"},
        {"type": "post", "id": 1, "topic": 1, **post},
    ]
    return "".join(json.dumps(record) + "\n" for record in records)


@contextmanager
def made(folder: Path, records: str) -> Iterator[Server]:
    """A board made of records, on the database that the tests run on, in a database of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ROSTRA_")}
    url = os.environ.get("ROSTRA_DATABASE_URL", "")
    own = f"serving_{uuid4().hex[:12]}"
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{own}"')
        environment["ROSTRA_DATABASE_URL"] = url.rsplit("/", 1)[0] + "/" + own
    server = Server(folder / "data", {**environment, "ROSTRA_RATE_LIMITS": "false"})
    path = folder / "board.jsonl"
    path.write_text(records)
    server.run("import", str(path))
    try:
        yield server
    finally:
        server.stop()
        if url:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{own}" WITH (FORCE)')
