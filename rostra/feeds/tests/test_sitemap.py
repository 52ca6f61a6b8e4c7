"""Sitemaps: valid, complete, true, and nothing in them that is no page for reading."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.feeds import sitemap as maps
from rostra.feeds.tests.valid import sitemap
from rostra.forums.actions import found_forum
from rostra.forums.giving import give
from rostra.kernel.clock import from_text, now
from rostra.permissions.resolution import GUESTS
from rostra.topics.actions import edit_post
from rostra.topics.models import Participant, Post, Topic
from rostra.topics.moving import move_topic
from rostra.topics.removal import remove_post
from tests.cast import Board

SITE = "http://127.0.0.1:8000"
READING = re.compile(r"/|/f/\d+-[^/]+/|/t/\d+-[^/]+/")


def _everything(client: Client) -> dict[str, str]:
    found: dict[str, str] = {}
    for address in sitemap(client.get("/sitemap.xml")):
        page = sitemap(client.get(address.removeprefix(SITE)))
        assert not found.keys() & page.keys()
        found |= page
    return found


def test_every_page_for_reading_is_there_once_and_no_form(
    board: Board, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "SPAN", 3)
    link = found_forum(name="Archive", kind="link", link="https://example.org/old", parent=board.category)
    topics = [board.topic(title=f"Topic \u0644\u0645 {number}") for number in range(10)]
    Topic.objects.filter(id=topics[4].id).update(removed_at=now())
    found = _everything(client)
    paths = [address.removeprefix(SITE) for address in found]
    assert all(READING.fullmatch(path) for path in paths), paths
    for path in paths:
        assert client.get(path).status_code == 200, path
    assert sum(path.startswith("/t/") for path in paths) == 9
    assert not any(path.startswith(f"/f/{link.pk}-") for path in paths)
    assert {f"/f/{forum.pk}-{forum.slug}/" for forum in (board.category, board.europe, board.asia)} < set(
        paths
    )


def test_times_are_those_of_the_last_post_or_edit(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    post = board.reply(topic, by="carol")
    board.reply(topic)
    address = f"{SITE}{topic.address}"
    row = board.row(topic.id)
    assert from_text(_everything(client)[address]) == row.last_post_at.replace(microsecond=0)
    Topic.objects.filter(id=topic.id).update(last_post_at=from_text("2024-04-20T10:00:00.5Z"))
    assert _everything(client)[address] == "2024-04-20T10:00:00Z"
    edit_post(editor=board.actor("carol"), post_id=post.pk, topic=topic, forum=board.node(), body="Better.")
    edited_at = Post.objects.get(id=post.pk).edited_at
    assert edited_at is not None
    assert from_text(_everything(client)[address]) == edited_at.replace(microsecond=0)


def test_a_removed_post_and_a_move_are_changes_too(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        gone = board.reply(topic, by="carol")
    address = f"{SITE}{topic.address}"
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        remove_post(moderator=board.actor("bob"), post_id=gone.pk, forum=board.node())
        assert from_text(_everything(client)[address]) == now().replace(microsecond=0)
    with time_machine.travel(now() + timedelta(hours=3), tick=False):
        row, asia = board.row(topic.id), board.node(board.asia)
        move_topic(moderator=board.actor("dora"), topic=row, forum=board.node(), to=asia)
        assert from_text(_everything(client)[address]) == now().replace(microsecond=0)


def test_a_topic_never_leaves_its_sitemap_and_empty_ones_are_not_listed(
    board: Board, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "SPAN", 100)
    near = board.topic(title="Near")
    far = board.topic(title="Far")
    Post.objects.filter(topic_id=far.id).delete()
    Participant.objects.filter(topic_id=far.id).delete()
    Topic.objects.filter(id=far.id).update(id=7_654_321)
    listed = list(sitemap(client.get("/sitemap.xml")))
    assert listed == [
        f"{SITE}/sitemap-0.xml",
        f"{SITE}/sitemap-{(near.id - 1) // 100 + 1}.xml",
        f"{SITE}/sitemap-76544.xml",
    ]
    assert list(sitemap(client.get("/sitemap-76544.xml"))) == [f"{SITE}/t/7654321-far/"]
    for number in ("76543", "9999999", "01", "x"):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_a_sitemap_without_a_topic_that_guests_may_read_is_not_listed(
    board: Board, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "SPAN", 1)
    hidden, shown = board.topic(title="Hidden", forum=board.asia), board.topic(title="Shown")
    give(giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"read": "no"})
    listed = list(sitemap(client.get("/sitemap.xml")))
    assert listed == [f"{SITE}/sitemap-0.xml", f"{SITE}/sitemap-{shown.id}.xml"]
    assert client.get(f"/sitemap-{hidden.id}.xml").status_code == 404


def test_a_large_board_costs_a_read_for_each_sitemap_with_topics(
    board: Board, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "SPAN", 5)
    for number in range(20):
        board.topic(title=f"Topic {number}")
    client.get("/sitemap-0.xml")
    with CaptureQueriesContext(connection) as queries:
        found = list(sitemap(client.get("/sitemap.xml")))
    assert len(found) in (5, 6)
    assert len(queries) <= len(found) + 1
    with CaptureQueriesContext(connection) as queries:
        assert client.get(found[2].removeprefix(SITE)).status_code == 200
    assert len(queries) <= 4


def test_a_sitemap_keeps_to_the_limits_of_the_protocol() -> None:
    longest = (
        f"<url><loc>{SITE}/t/{2**62}-{'%D9%84' * 60}/</loc><lastmod>2024-04-20T10:00:00Z</lastmod></url>\n"
    )
    assert maps.SPAN <= maps.MOST_MAPS <= 50_000
    assert maps.SPAN * len(longest) < 50 * 1024 * 1024


def test_a_board_without_forums_has_a_sitemap_too(board: Any, client: Client) -> None:
    assert list(sitemap(client.get("/sitemap.xml"))) == [f"{SITE}/sitemap-0.xml"]
    assert SITE + "/" in sitemap(client.get("/sitemap-0.xml"))
