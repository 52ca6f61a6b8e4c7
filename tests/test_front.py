"""The guests' page cache: never stale, never for members."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test import Client

from rostra.board.queries import StampRow
from rostra.feeds.sitemap import SPAN
from rostra.houserules.actions import amend_rule, lay_down_rule
from rostra.kernel.clock import now
from rostra.web.front import Pages, StampWatch
from tests.cast import Board
from tests.door import Guest, environ_of


def test_a_second_visit_is_served_from_memory(board: Board, guest: Guest) -> None:
    topic = board.topic()
    first, second = guest.get(topic.address), guest.get(topic.address)
    assert first[2] == second[2]
    assert guest.made == 1


def test_every_write_is_seen_at_once(board: Board, guest: Guest) -> None:
    topic = board.topic(title="Tunnels")
    assert b"Nobody asked me" not in guest.get(topic.address)[2]
    board.reply(topic, "Nobody asked me")
    assert b"Nobody asked me" in guest.get(topic.address)[2]
    assert b"Nobody asked me" in guest.get("/")[2]


def test_an_unchanged_page_costs_a_304(board: Board, guest: Guest) -> None:
    topic = board.topic()
    etag = guest.get(topic.address)[1]["ETag"]
    status, _, body = guest.get(topic.address, HTTP_IF_NONE_MATCH=etag)
    assert (status, body) == ("304 Not Modified", b"")
    board.reply(topic)
    assert guest.get(topic.address, HTTP_IF_NONE_MATCH=etag)[0] == "200 OK"


def test_members_are_never_served_from_memory(board: Board, guest: Guest) -> None:
    topic = board.topic()
    guest.get(topic.address)
    guest.get(topic.address, HTTP_COOKIE="session=nothing")
    guest.get(topic.address, HTTP_COOKIE="session=nothing")
    assert guest.made == 3


def test_pages_are_compressed_as_the_browser_asks(board: Board, guest: Guest) -> None:
    import brotli

    topic = board.topic(body="words " * 500)
    plain = guest.get(topic.address)[2]
    _, headers, packed = guest.get(topic.address, HTTP_ACCEPT_ENCODING="gzip, br")
    assert headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed) == plain
    assert int(headers["Content-Length"]) == len(packed) < len(plain)


def test_errors_and_redirects_are_not_kept(board: Board, guest: Guest) -> None:
    for _ in range(2):
        assert guest.get("/t/999999/")[0].startswith("404")
    assert guest.made == 2


def test_one_authors_posts_and_the_print_view_are_kept_too(board: Board, guest: Guest) -> None:
    topic = board.topic(by="bob")
    for number, address in enumerate((f"{topic.address}by/bob/", f"{topic.address}print"), 1):
        first, second = guest.get(address), guest.get(address)
        assert first[0].startswith("200")
        assert first[2] == second[2]
        assert guest.made == number, address


def test_rules_are_kept_until_one_changes(board: Board, guest: Guest) -> None:
    bob, europe = board.actor("bob"), board.node()
    rule = lay_down_rule(author=bob, forum=europe, text="Be brief.")
    pages = (f"/f/{europe.id}-europe/rules/", f"/f/{europe.id}-europe/rules/{rule}/history/")
    for page in (*pages, *pages):
        assert b"Be brief." in guest.get(page)[2]
    assert guest.made == 2
    amend_rule(author=bob, forum=europe, rule_id=rule, text="Be kind.")
    assert all(b"kind" in guest.get(page)[2] for page in pages)


def test_the_cache_keeps_to_its_limit() -> None:
    from rostra.web.front import Entry

    pages = Pages(15_000)
    for number in range(20):
        pages.put(str(number), Entry(1, [], "", None, {"": b"x" * 1000}))
    kept = [number for number in range(20) if pages.get(str(number), 1)]
    assert kept == [16, 17, 18, 19]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL the stamp's row is read each time")
def test_the_stamp_is_exact_after_every_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "board.sqlite3"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE board_stamp (id, content, structure, posts, topics, members, newest_member)")
    writer.execute("INSERT INTO board_stamp VALUES (1, 0, 0, 0, 0, 0, '')")
    monkeypatch.setitem(connection.settings_dict, "NAME", path)
    watch = StampWatch()
    for number in range(1, 400):
        writer.execute("UPDATE board_stamp SET content = ?", [number])
        if number % 50 == 0:
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert watch.now() == StampRow(number, 0, 0, 0, 0, "")
    assert watch.now() is watch.now()
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE board_stamp SET content = 1000")
    assert watch.now().content == 399
    writer.execute("COMMIT")
    assert watch.now().content == 1000


@pytest.mark.parametrize("cookie", ["session ={}", "session\t={}", "a=b; session ={}", " session={}"])
def test_a_members_page_is_never_kept_whatever_the_cookie_looks_like(
    board: Board, guest: Guest, cookie: str
) -> None:
    client = Client()
    client.force_login(board.people["dora"])
    sent = cookie.format(client.cookies["session"].value)
    topic = board.topic()
    guest.get(topic.address, HTTP_COOKIE=sent + "; csrf=" + "b" * 32)
    assert b"dora" not in guest.get(topic.address)[2].partition(b"<main")[0]


@pytest.mark.parametrize("path", ["/", "/active/", "/keys/"])
def test_a_host_that_is_not_the_board_s_gets_no_page(board: Board, guest: Guest, path: str) -> None:
    for _ in range(2):
        assert guest.get(path, HTTP_HOST="evil.example.org")[0] == "400 Bad Request"
    assert len(guest.application._pages._entries) == 0


def test_no_view_lets_a_member_s_page_be_kept(board: Board, as_person: Callable[[str], Client]) -> None:
    topic, alice = board.topic(), as_person("alice")
    for path in (
        "/",
        topic.address,
        board.node().address,
        "/active/",
        "/u/alice/",
        "/keys/",
        "/accessibility/",
        "/rules/",
    ):
        assert alice.get(path).wsgi_request.META["rostra.cacheable"] is False, path
        assert Client().get(path).wsgi_request.META["rostra.cacheable"] is True, path


def test_a_page_that_sets_a_cookie_is_not_kept(
    board: Board, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = guest.application._made

    def with_cookie(environ: dict[str, Any]) -> Any:
        status, headers, body = make(environ)
        return status, [*headers, ("Set-Cookie", "whose=mine")], body

    monkeypatch.setattr(guest.application, "_made", with_cookie)
    for _ in range(2):
        assert guest.get("/")[1]["Set-Cookie"] == "whose=mine"
    assert guest.made == 2


def test_every_page_forbids_frames_and_what_is_not_the_board_s(board: Board, guest: Guest) -> None:
    for path in ("/", "/", "/keys/", "/nothing/"):
        policy = guest.get(path)[1]["Content-Security-Policy"].split("; ")
        assert {
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        } <= set(policy)


def test_addresses_with_any_query_do_not_fill_the_memory(board: Board, guest: Guest) -> None:
    for number in range(3):
        assert guest.get(f"/?nothing={number}")[0] == "200 OK"
        assert guest.get("/?nothing=0&x=" + "y" * 200)[0] == "200 OK"
        assert guest.get(f"/?nothing{number}")[0] == "200 OK"
    assert len(guest.application._pages._entries) == 0
    guest.get("/active/?before=2024-01-01T00:00:00Z~5")
    assert len(guest.application._pages._entries) == 1


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip;q=0, br;q=0", None), ("gzip, br;q=0", "gzip"), ("zstd", "zstd"), ("GZIP", "gzip"), ("abr", None)],
)
def test_a_coding_that_is_refused_is_not_used(
    board: Board, guest: Guest, accepted: str, coding: str | None
) -> None:
    topic = board.topic(body="words " * 500)
    assert guest.get(topic.address, HTTP_ACCEPT_ENCODING=accepted)[1].get("Content-Encoding") == coding


def test_a_database_that_cannot_be_read_is_said_so(
    board: Board, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> StampRow:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(StampWatch, "now", broken)
    status, headers, body = guest.get("/")
    assert status.startswith("503")
    assert headers["Retry-After"] == "60"
    assert "Content-Security-Policy" in headers
    assert b"cannot be read" in body
    assert b"/static/css/tokens" in body


def test_what_cannot_be_read_is_said_in_the_readers_language_and_gives_the_text_back(
    board: Board, guest: Guest, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    def broken(_: object) -> StampRow:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(StampWatch, "now", broken)
    form = urlencode({"body": "An <hour> of work", "password": "not for everybody"}).encode()
    more = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(form))}
    for path in ("/t/1-x/reply", "/sign-in/"):
        asked = {
            "REQUEST_METHOD": "POST",
            "wsgi.input": BytesIO(form),
            "HTTP_ACCEPT_LANGUAGE": "de-AT, en;q=0.5",
        }
        with django_assert_num_queries(0):
            status, headers, body = guest.get(path, **more, **asked)
        assert status.startswith("503")
        assert headers["Vary"] == "Accept-Language"
        assert '<html lang="de"' in body.decode()
        assert "Ihre Eingabe" in body.decode()
        assert "An &lt;hour&gt; of work" in body.decode()
        assert "not for everybody" not in body.decode()
    assert '<html lang="en"' in guest.get("/", HTTP_ACCEPT_LANGUAGE="ja")[2].decode()


def test_a_kept_page_is_kept_for_each_language(board: Board, guest: Guest) -> None:
    topic = board.topic()
    pages = {code: guest.get(topic.address, HTTP_ACCEPT_LANGUAGE=code) for code in ("en", "de", "fr")}
    for code, (_, headers, body) in pages.items():
        assert f'<html lang="{code}"'.encode() in body
        assert "Accept-Language" in headers["Vary"]
    assert len({headers["ETag"] for _, headers, _ in pages.values()}) == 3
    assert guest.made == 3
    again = guest.get(topic.address, HTTP_ACCEPT_LANGUAGE="de-AT, en;q=0.7")
    assert again[2] == pages["de"][2]
    assert guest.made == 3, "what is kept is the language, not the header"


def test_a_kept_page_of_another_language_is_not_taken_for_unchanged(board: Board, guest: Guest) -> None:
    etag = guest.get("/", HTTP_ACCEPT_LANGUAGE="en")[1]["ETag"]
    status, _, body = guest.get("/", HTTP_ACCEPT_LANGUAGE="de", HTTP_IF_NONE_MATCH=etag)
    assert status == "200 OK"
    assert "Registrieren" in body.decode()


@pytest.mark.parametrize("kept_megabytes", [64, 0], ids=["kept", "not kept"])
def test_an_unchanged_feed_costs_a_304_by_its_tag_and_by_its_time(
    board: Board, settings: Any, kept_megabytes: int, request: pytest.FixtureRequest
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"guest_cache_megabytes": kept_megabytes})
    guest: Guest = request.getfixturevalue("guest")
    topic = board.topic()
    address = f"{topic.address}feed/"
    status, headers, _ = guest.get(address)
    assert status == "200 OK"
    tag, time = headers["ETag"], headers["Last-Modified"]
    early = "Thu, 01 Jan 2015 00:00:00 GMT"
    for asked, expected in (
        ({"HTTP_IF_NONE_MATCH": tag}, "304 Not Modified"),
        ({"HTTP_IF_MODIFIED_SINCE": time}, "304 Not Modified"),
        ({"HTTP_IF_MODIFIED_SINCE": early}, "200 OK"),
        ({"HTTP_IF_MODIFIED_SINCE": "yesterday"}, "200 OK"),
        ({"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": time}, "200 OK"),
    ):
        status, headers, body = guest.get(address, **asked)
        assert status == expected, asked
        assert (body == b"") == status.startswith("304")
        assert (headers["ETag"], headers["Last-Modified"]) == (tag, time)
    with time_machine.travel(now() + timedelta(seconds=5)):
        board.reply(topic)
    for asked in ({"HTTP_IF_NONE_MATCH": tag}, {"HTTP_IF_MODIFIED_SINCE": time}):
        assert guest.get(address, **asked)[0] == "200 OK"


def test_feeds_are_kept_and_made_in_the_lane_and_carry_one_header_of_each_name(
    board: Board, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = board.topic()
    monkeypatch.setattr(guest.application, "_by_django", lambda environ: pytest.fail("this went to Django"))
    feeds = ("/feed/", f"{topic.address}feed/", "/u/alice/feed/", f"/f/{board.europe.pk}-europe/feed/")
    for address in (*feeds, *feeds):
        told: list[Any] = []
        environ = environ_of(address)
        list(guest.application(environ, lambda *args, told=told: told.extend(args)))
        names = [name for name, _ in told[1]]
        assert len(names) == len(set(names)), names
    assert guest.made == len(feeds)
    sitemaps = ("/sitemap.xml", "/sitemap-0.xml", f"/sitemap-{(topic.id - 1) // SPAN + 1}.xml")
    for address in (*sitemaps, *sitemaps):
        assert guest.get(address)[0] == "200 OK"
    assert guest.made == len(feeds) + 2 * len(sitemaps)


def test_a_topic_s_page_without_a_time_ignores_questions_for_one(board: Board, guest: Guest) -> None:
    topic = board.topic()
    asked = {"HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert [guest.get(topic.address, **asked)[0] for _ in range(2)] == ["200 OK", "200 OK"]


@pytest.mark.parametrize(
    "title", ["\u0645\u0646 \u064a\u062f\u0641\u0639", "\u041c\u043e\u0432\u0430", "\u00e9tat"]
)
def test_what_the_lane_hands_on_is_found_in_any_script(board: Board, guest: Guest, title: str) -> None:
    topic = board.topic(title=title)
    for page, status in (
        ("", "200"),
        ("print", "200"),
        ("by/alice/", "200"),
        ("unread", "302"),
        ("reply", "302"),
    ):
        assert guest.get(f"{topic.address}{page}")[0][:3] == status, page
    assert guest.get(f"{topic.address}?page=9")[0].startswith("404")
    assert guest.get(f"/u/{title}/")[0].startswith("404")
    assert title in guest.get(f"/u/{title}/")[2].decode()


def test_old_addresses_are_answered_in_the_lane(
    board: Board, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = board.topic()
    monkeypatch.setattr(guest.application, "_by_django", lambda environ: pytest.fail("this went to Django"))
    for old in (f"viewtopic.php?t={topic.id}&sid=0", f"viewtopic.php?p={topic.last_post_id}", "index.php"):
        for folder in ("", "phpBB3/"):
            assert guest.get(f"/{folder}{old}")[0].startswith("301")
