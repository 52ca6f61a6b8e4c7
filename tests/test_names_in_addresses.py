"""Every name that an imported account can have leads to its profile, and so does every post it wrote."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rostra.accounts.models import User
from rostra.accounts.paths import name_in, segment
from rostra.importers.batches import Batch
from rostra.importers.board import import_board
from rostra.importers.fields import checked
from rostra.kernel.text import name_key
from rostra.web import addresses
from tests.cast import Board

ODD = [
    "AC/DC", "/", "//", "/etc/passwd", "a/topics", "topics", "feed", "topics/", "..", ".", "...", "../..", "what?",
    "no. 1 #", "100%", "%2F", "%2e%2e", "~", "~2E", "~/", "~7E", "a\\b", "a b", " padded ", "new\nline", "tab\tbed",
    "\u0645\u062d\u0645\u062f", "\u202eright\u202c", "e\u0301tienne", "\U0001f468\u200d\U0001f469", "a;b", "a&b=c", "<b>", '"', "viewtopic.php",
]  # fmt: skip
ACCEPTED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60).filter(
    lambda name: 1 <= len(name_key(name)) <= 120
)  # fmt: skip


class Nobody:
    """Progress that nobody watches."""

    def show(self, done: float, total: float, records: int) -> None:
        """Nothing."""


def _examples(test: Any) -> Any:
    for name in ODD:
        test = example(name)(test)
    return test


@given(st.text())
def test_a_segment_stands_for_one_name_and_never_for_a_place_above(name: str) -> None:
    written = segment(name)
    assert name_in(written) == name
    assert not set(written) & set("/\\\n")
    assert written not in (".", "..")


@_examples
@given(ACCEPTED)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_imported_name_leads_to_its_profile_and_all_pages_below(
    board: Board, client: Client, name: str
) -> None:
    topic = board.row(board.topic().id)
    if User.objects.filter(name_key=name_key(name)).exists():
        return
    Batch().add("user", checked({"type": "user", "id": 77, "name": name, "about": "It is I 77."})[1])
    base = addresses.member(name)
    try:
        assert len([part for part in base.split("/") if part]) == 2
        for page in (base, f"{base}topics/"):
            assert "It is I 77." in client.get(page).content.decode(), page
        assert client.get(addresses.by_one(topic.address, name)).status_code == 200
        feed = client.get(f"{base}feed/")
        assert feed.status_code == 200
        assert "member/77<" in feed.content.decode()
        for shorter in (base.rstrip("/"), f"{base}topics", f"{base}feed"):
            answer = client.get(shorter)
            assert (answer.status_code, answer.headers["Location"]) == (301, shorter + "/")
    finally:
        User.objects.filter(id=77).delete()


@pytest.mark.parametrize("asked", ["/u/~joe/", "/u/%7Ejoe/", "/u/~JOE"])
def test_a_tilde_that_begins_no_escape_is_a_tilde(board: Board, client: Client, asked: str) -> None:
    Batch().add("user", checked({"type": "user", "id": 77, "name": "~joe"})[1])
    assert client.get(asked).headers["Location"] == "/u/~7Ejoe/"
    assert client.get("/u/~7Ejoe/").status_code == 200


def test_a_post_under_another_name_leads_to_its_account_and_shows_the_name_as_written(
    board: Board, client: Client, tmp_path: Path
) -> None:
    records = [
        {"type": "user", "id": 70, "name": "Today/Now"},
        {"type": "user", "id": 71, "name": "Yesterday"},
        {"type": "forum", "id": 70, "parent": None, "kind": "forum", "name": "Old"},
        {"type": "topic", "id": 70, "forum": 70, "kind": "normal", "title": "Renamed"},
        {"type": "post", "id": 7000, "topic": 70, "author": 70, "author_name": "Yesterday",
         "created": "2024-04-20T10:00:00Z", "markup": "plain", "body": "A question."},
    ]  # fmt: skip
    path = tmp_path / "board.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    import_board(path, Nobody())
    page = client.get("/t/70-renamed/").content.decode()
    right, wrong = "/u/Today~2FNow/", "/u/Yesterday/"
    assert wrong not in page
    assert f'<a href="{right}"><bdi>Yesterday</bdi></a>' in page
    assert re.search(r'"author":\{"@type":"Person","name":"Yesterday","url":"[^"]*' + right, page)
    (by_one,) = re.findall(r'href="([^"]+/by/[^"]+)"', page)
    assert "A question." in client.get(by_one).content.decode()
    for feed in ("/feed/", "/t/70-renamed/feed/", f"{right}feed/"):
        entry = client.get(feed).content.decode()
        assert "<name>Yesterday</name>" in entry
        assert urlsplit(re.findall(r"<uri>([^<]+)</uri>", entry)[0]).path == right
