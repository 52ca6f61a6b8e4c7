"""What holds only when real processes serve: many writers at once, a kill in the middle, the command line."""

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.serving import Browser, Server, made, people_and_a_topic

WRITERS = 10


def _posts(server: Server, folder: Path) -> list[dict[str, object]]:
    path = folder / "out.jsonl"
    server.run("export", str(path))
    return [
        record for line in path.read_text().splitlines() if (record := json.loads(line))["type"] == "post"
    ]


def test_fifty_parallel_replies_take_fifty_places(tmp_path: Path) -> None:
    with made(tmp_path, people_and_a_topic(WRITERS)) as server:
        server.start()
        browsers = [Browser(server.address, f"member {number}") for number in range(1, WRITERS + 1)]

        def send(number: int) -> str:
            return browsers[number % WRITERS].post(
                "/t/1-tunnels/reply", body=f"Reply {number}", token=f"t{number}", do="post"
            )

        with ThreadPoolExecutor(50) as pool:
            ends = list(pool.map(send, range(50)))
        assert all("#p" in end or "/t/1-tunnels/" in end for end in ends)
        posts = _posts(server, tmp_path)
        assert [post["position"] for post in posts] == list(range(1, 52))
        assert {post["body"] for post in posts} == {"Begin.", *(f"Reply {number}" for number in range(50))}


def test_what_was_answered_with_success_survives_a_kill(tmp_path: Path) -> None:
    with made(tmp_path, people_and_a_topic(4)) as server:
        server.start()
        browsers = [Browser(server.address, f"member {number}") for number in range(1, 5)]
        answered: list[str] = []
        is_over = threading.Event()

        def write(which: int) -> None:
            for number in range(2000):
                body = f"From {which}, number {number}"
                try:
                    browsers[which].post("/t/1-tunnels/reply", body=body, do="post")
                except OSError:
                    return
                if is_over.is_set():
                    return
                answered.append(body)

        threads = [threading.Thread(target=write, args=(which,)) for which in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(1.5)
        server.stop(signal.SIGKILL)
        is_over.set()
        for thread in threads:
            thread.join()
        assert len(answered) > 10
        posts = _posts(server, tmp_path)
        assert set(answered) <= {post["body"] for post in posts}
        assert [post["position"] for post in posts] == list(range(1, len(posts) + 1))
        server.start()  # the port is free again: the children died with their parent


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "/nowhere/board.jsonl"], "there is no such file"),
        (["fly"], "invalid choice"),
        (["serve", "--port", "99999999"], "port"),
        ([], "required"),
    ],
)
def test_a_wrong_command_is_one_line_and_a_failure(tmp_path: Path, arguments: list[str], words: str) -> None:
    command = [sys.executable, "-m", "rostra.cli", *arguments]
    if arguments and arguments[0] != "fly":
        command += ["--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ROSTRA_POSTS_PER_PAGE", "many", "ROSTRA_POSTS_PER_PAGE"),
        ("ROSTRA_DATABASE_URL", "mysql://x", "ROSTRA_DATABASE_URL"),
        ("ROSTRA_FEED_AUTHORITY", "https://example.org", "ROSTRA_FEED_AUTHORITY"),
        ("ROSTRA_CONTENT_USAGE", "train-ai=never", "ROSTRA_CONTENT_USAGE"),
        ("ROSTRA_SECURITY_CONTACT", "security@example.org", "begin with mailto:"),
        ("ROSTRA_NONSENSE", "1", "ROSTRA_NONSENSE is not a setting"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    done = subprocess.run(
        [sys.executable, "-m", "rostra.cli", "doctor", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_names_what_is_wrong_and_the_remedy(tmp_path: Path) -> None:
    with made(tmp_path, people_and_a_topic(1)) as server:
        done = subprocess.run(
            [sys.executable, "-m", "rostra.cli", "doctor", "--data", str(server.data)],
            env=server.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert "MEND  there is no administrator" in done.stdout
        (tmp_path / "password").write_text("several quiet words")
        server.run("createadmin", "dora", "--password-file", str(tmp_path / "password"))
        assert "MEND" not in server.run("doctor")


def test_more_readers_than_database_connections_are_all_served(tmp_path: Path) -> None:
    with made(tmp_path, people_and_a_topic(1)) as server:
        server.environment["ROSTRA_DATABASE_POOL_SIZE"] = "3"
        server.start()

        def read(_: int) -> int:
            with urllib.request.urlopen(f"{server.address}/", timeout=20) as response:
                return int(response.status)

        for _ in range(3):
            with ThreadPoolExecutor(24) as pool:
                assert list(pool.map(read, range(24))) == [200] * 24


def test_a_double_click_makes_one_post_and_no_error(tmp_path: Path) -> None:
    with made(tmp_path, people_and_a_topic(1)) as server:
        server.start()
        browser = Browser(server.address, "member 1")
        for address, fields in (("/t/1-tunnels/reply", {}), ("/f/1-europe/new", {"title": "New"})):
            form = {"body": f"Twice {address}", "token": "same", "do": "post", **fields}
            with ThreadPoolExecutor(4) as pool:
                ends = list(pool.map(lambda _, a=address, f=form: browser.post(a, **f), range(4)))
            assert len(set(ends)) == 1, ends
        assert len(_posts(server, tmp_path)) == 3
