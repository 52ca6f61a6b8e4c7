"""Reading does not wait for those who write: the mark that a page would move is moved by the next page."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from rostra.reading.actions import PATIENCE
from tests.serving import Browser, Server, made, people_and_a_topic

TOPIC = "/t/1-tunnels/"


@contextmanager
def another_writer(server: Server) -> Iterator[None]:
    """Another process holds the database, or on PostgreSQL the marks, until the block ends."""
    url = server.environment.get("ROSTRA_DATABASE_URL", "")
    if url:
        with psycopg.connect(url) as connection:
            connection.execute("LOCK TABLE reading_topicmark IN EXCLUSIVE MODE")
            yield
        return
    with closing(sqlite3.connect(server.data / "board.sqlite3", isolation_level=None)) as held:
        held.execute("BEGIN IMMEDIATE")
        yield
        held.execute("ROLLBACK")


def has_unread(reader: Browser) -> bool:
    """Is the topic in the reader's list of unread ones?"""
    return TOPIC in reader.get("/unread/").partition("<main")[2].partition("</main>")[0]


def test_a_page_is_answered_while_another_writes_and_the_next_page_moves_the_mark(tmp_path: Path) -> None:
    with made(tmp_path, people_and_a_topic(2)) as server:
        server.start()
        author, reader = (Browser(server.address, f"member {number}") for number in (1, 2))
        author.post(f"{TOPIC}reply", body="Something new", do="post")
        assert has_unread(reader)
        with another_writer(server):
            began = time.monotonic()
            assert "Something new" in reader.get(TOPIC)
            assert PATIENCE <= time.monotonic() - began < PATIENCE + 3, "the usual patience is 30 seconds"
            assert has_unread(reader)
        assert "Something new" in reader.get(TOPIC)
        assert not has_unread(reader)
