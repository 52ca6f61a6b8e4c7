"""The files that programs ask every site for."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from protego import Protego

from rostra.forums.actions import found_forum
from rostra.kernel.clock import from_text, now
from rostra.web.middleware import security_headers
from tests.cast import Board

SITE = "http://127.0.0.1:8000"


def rules(client: Client) -> Protego:
    """What is served, as a crawler that keeps to RFC 9309 reads it."""
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert all(re.fullmatch(r"|#.*|[A-Za-z-]+: ?[ -~]+", line) for line in text.splitlines())
    return Protego.parse(text)


def test_robots_may_read_but_need_no_forms(board: Board, client: Client) -> None:
    found = rules(client)
    assert list(found.sitemaps) == [f"{SITE}/sitemap.xml"]
    topic = board.topic(title="New replies edit")
    arabic = board.topic(title="\u0645\u0646 \u064a\u062f\u0641\u0639")
    forum = found_forum(name="New", parent=board.category)
    reading = [
        "/", topic.address, arabic.address, f"{topic.address}?page=2", f"/f/{forum.pk}-new/", "/u/alice/", "/u/newman/",
        "/feed/", f"/f/{forum.pk}-new/feed/", "/sitemap.xml", "/p/1", "/p/1/history", "/active/", "/static/css/base.css",
        f"/forum/viewtopic.php?t={topic.id}",
    ]  # fmt: skip
    forms = [
        f"{topic.address}reply", f"{topic.address}reply?quote=1", f"/f/{forum.pk}-new/new", "/p/1/edit",
        "/sign-in/?next=/", "/sign-up/",
    ]  # fmt: skip
    for robot in ("Googlebot", "SomeBot/1.0"):
        assert [path for path in reading if not found.can_fetch(SITE + path, robot)] == []
        assert [path for path in forms if found.can_fetch(SITE + path, robot)] == []


def test_the_owner_s_robots_file_goes_before_ours(
    board: Board, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"data": tmp_path})
    assert b"Sitemap" in client.get("/robots.txt").content
    (tmp_path / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert not rules(client).can_fetch(f"{SITE}/", "Googlebot")


def test_what_content_may_be_used_for_is_said_in_the_header_and_in_robots_txt(
    board: Board, client: Client, settings: Any
) -> None:
    assert "Content-Usage" not in security_headers()
    assert "GPTBot" not in client.get("/robots.txt").content.decode()
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"content_usage": "train-ai=n, search=y"})
    assert security_headers()["Content-Usage"] == "train-ai=n, search=y"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Content-Usage: train-ai=n, search=y"]
    found = rules(client)
    for robot in ("GPTBot", "ClaudeBot", "CCBot", "Google-Extended"):
        assert not found.can_fetch(f"{SITE}/t/1-tunnels/", robot)
    assert found.can_fetch(f"{SITE}/t/1-tunnels/", "Googlebot")
    assert list(found.sitemaps) == [f"{SITE}/sitemap.xml"]


def test_security_txt_never_is_expired_and_is_missing_without_a_contact(
    board: Board, client: Client, settings: Any
) -> None:
    missing = client.get("/.well-known/security.txt")
    assert (missing.status_code, "ROSTRA_SECURITY_CONTACT" in missing.content.decode()) == (404, True)
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"security_contact": "mailto:security@example.org"})
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert now() + timedelta(days=30) < from_text(fields["Expires"]) < now() + timedelta(days=365)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_known_address_for_passwords_leads_to_a_page_of_the_board(board: Board, client: Client) -> None:
    answer = client.get("/.well-known/change-password")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/settings/account/password/"
    assert (
        client.get(
            "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
        ).status_code
        == 404
    )
