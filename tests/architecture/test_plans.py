"""Every query of every page, the ORM's too: none scans a large table, counts posts or skips rows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.feeds.sitemap import SPAN
from rostra.houserules.actions import lay_down_rule
from tests.cast import PASSWORD, Board

LARGE = ("topics_post", "topics_topic", "topics_revision", "accounts_user", "reading_topicmark")


def _plan(sql: str) -> str:
    words = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # small tables would be scanned for good reason
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"{words} {sql}".replace("%", "%%"))
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def _faults(sql: str) -> list[str]:
    upper = sql.upper()
    if not upper.startswith("SELECT"):
        return []
    faults = [word for word in ("COUNT(", " OFFSET ") if word in upper]
    for line in _plan(sql).splitlines():
        is_scan = "Seq Scan" in line or (line.startswith("SCAN") and "USING" not in line)
        if is_scan and any(table in line for table in LARGE):
            faults.append(line)
    return faults


def _of_moderators(topic: str, forum: str, post: int) -> list[str]:
    number = topic.split("/")[2].split("-")[0]
    return [
        f"{topic}slow", f"{forum}slow", f"{topic}timer?deed=open", f"/p/{post}/notice", f"{forum}?select=1",
        f"{forum}bulk?do=lock&topic={number}", f"{topic}bulk?post={post}",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["guest", "alice", "bob", "dora"])
def test_no_query_of_any_page_scans_counts_or_skips(
    board: Board, as_person: Callable[[str], Client], who: str
) -> None:
    topic = board.topic()
    post = board.reply(topic, by="alice")
    browser = as_person(who) if who != "guest" else Client()
    forum = f"/f/{board.europe.pk}-europe/"
    pages = ["/", forum, topic.address, f"{topic.address}reply", f"{forum}new", f"/p/{post.pk}", "/u/alice/"]
    pages += [f"/p/{post.pk}/edit", f"/p/{post.pk}/history", "/sign-in/", "/sign-up/"]
    pages += ["/drafts/", "/settings/sessions/", f"{topic.address}print", f"{topic.address}by/alice/"]
    pages += ["/feed/", f"{forum}feed/", f"{topic.address}feed/?before=9", "/u/alice/feed/?after=0"]
    pages += ["/sitemap.xml", "/sitemap-0.xml", f"/sitemap-{(topic.id - 1) // SPAN + 1}.xml"]
    lay_down_rule(author=board.actor("bob"), forum=board.node(), text="Be kind.")
    pages += [f"{forum}rules/", f"{forum}rules/new/", f"{forum}rules/yaml/", "/rules/"]
    pages += _of_moderators(topic.address, forum, post.pk)
    pages += ["/active/", "/active/?all=1", "/unread/", "/settings/filters/"]
    with CaptureQueriesContext(connection) as queries:
        for address in ("/u/carol/", forum, topic.address):
            browser.post(f"{address}ignore", {"do": "ignore"})
        browser.post("/settings/filters/", {"word": "rent"})
        browser.post(f"{topic.address}slow", {"pace": "900"})
        for page in pages:
            browser.get(page)
        browser.post(f"{topic.address}reply", {"body": "One more.", "token": "t1"})
        browser.post(f"{forum}rules/new/", {"condition": "links > 0", "say": "x", "on": "topic", "do": "try"})
        browser.post(f"{forum}new", {"title": "New", "body": "Text.", "token": "t2"})
        for address in ("/u/carol/", forum, topic.address):
            browser.post(f"{address}ignore", {"do": "stop"})
        browser.post(f"/p/{post.pk}/edit", {"body": "Changed.", "reason": ""})
        browser.post("/sign-in/", {"login": "carol", "password": PASSWORD})
    found = {query["sql"]: faults for query in queries if (faults := _faults(query["sql"]))}
    assert found == {}
