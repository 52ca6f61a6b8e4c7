"""A crawler follows every link of a small demo board: all lead somewhere, none changes anything."""

import json
import re
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.apps import apps
from django.test import Client
from django.utils.encoding import iri_to_uri

from rostra.demo.making import demo_records
from rostra.feeds.tests.valid import sitemap
from rostra.importers.board import import_board
from rostra.topics.models import Topic
from tests.cast import Board

SITE = "http://127.0.0.1:8000"
MOST_POSTS = 9
# What reading may move: views of topics, and what a member has read.
MOVING = {"view_count", "last_seen_on"}
MARKS = {"reading_topicmark", "reading_forummark"}
FORBIDDEN = {"sid", "session", "sessionid", "phpsessid", "csrf", "csrfmiddlewaretoken", "token"}


class Nobody:
    """Progress that nobody watches."""

    def show(self, done: float, total: float, records: int) -> None:
        """Nothing."""


class Page(HTMLParser):
    """Links of a page, and what it says of itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.canonical: list[str] = []
        self.is_indexed = True
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.anchors.add(known.get("id", ""))
        if tag == "a" or (tag == "link" and known.get("rel") in ("alternate", "prev", "next")):
            self.links.append(known["href"])
        if tag == "link" and known.get("rel") == "canonical":
            self.canonical.append(known["href"])
        if tag == "meta" and known.get("name") == "robots":
            self.is_indexed = "noindex" not in known["content"]


class Visit(NamedTuple):
    """An address that was asked for, and the page behind it; no page when it was none of HTML."""

    address: str
    status: int
    page: Page | None


def _holds_session(address: str) -> bool:
    names = {name.lower() for name, _ in parse_qsl(urlsplit(address).query)}
    return bool(FORBIDDEN & names) or ";" in address


class Crawler:
    """Asks for every address of the board that it finds, each once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.visits: dict[str, Visit] = {}
        self.faults: list[str] = []

    def crawl(self, *starts: str) -> None:
        """Go on until nothing is new."""
        found, known = deque(starts), set(starts)
        while found:
            page = self._visit(found.popleft())
            for link in page.links if page else []:
                address = urldefrag(link).url
                self.faults += [f"{link} holds a session"] * _holds_session(address)
                if urlsplit(address).netloc == urlsplit(SITE).netloc and address not in known:
                    known.add(address)
                    found.append(address)

    def _visit(self, address: str) -> Page | None:
        answer: Any = self._client.get(address.removeprefix(SITE) or "/")
        status, anchor, place = answer.status_code, "", address
        if status in (301, 302):
            place, anchor = urldefrag(urljoin(address, answer.headers["Location"]))
            if urlsplit(place).netloc != urlsplit(SITE).netloc:
                return None  # a link forum
            answer = self._client.get(place.removeprefix(SITE))
        if answer.status_code != 200 or status == 301:
            self.faults.append(f"{address}: {status}, then {answer.status_code}")
        if not answer.headers["Content-Type"].startswith("text/html"):
            self.visits[address] = Visit(address, status, None)
            return None
        page = Page(answer.content.decode())
        page.links = [iri_to_uri(urljoin(place, link)) for link in page.links]  # as browsers read them
        if anchor and anchor not in page.anchors:
            self.faults.append(f"{address}: there is no {anchor} on its page")
        self.visits[address] = Visit(address, status, page)
        return page

    def indexed(self) -> set[str]:
        """What search engines may keep."""
        return {
            one.address
            for one in self.visits.values()
            if one.status == 200 and one.page and one.page.is_indexed
        }

    def topics(self) -> set[int]:
        """Ids of the topics that were found."""
        return {
            int(found[1]) for one in self.visits if (found := re.fullmatch(SITE + r"/t/(\d+)-[^/]+/", one))
        }


@pytest.fixture
def demo(db: None, tmp_path: Path) -> None:
    """The demo board with its short topics only, and one of several pages."""
    records = list(demo_records())
    posts = [record["topic"] for record in records if record["type"] == "post"]
    topics = {
        number for number in posts if posts.count(number) <= MOST_POSTS or 20 < posts.count(number) < 28
    }
    ids = {record["id"] for record in records if record.get("topic") in topics}

    def is_wanted(record: dict[str, Any]) -> bool:
        if record["type"] == "revision":
            return record["post"] in ids
        return record.get("topic", record["id"] if record["type"] == "topic" else None) in (*topics, None)

    path = tmp_path / "demo.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records if is_wanted(record)))
    import_board(path, Nobody())


def rows() -> dict[str, list[Any]]:
    """Every row of every table, but for what reading moves."""
    found = {}
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in MOVING]
        if model._meta.db_table not in MARKS:
            found[model._meta.db_table] = list(model._default_manager.order_by("pk").values_list(*names))
    return found


def test_a_crawler_finds_every_page_and_changes_nothing(demo: None, sends_mail: None, client: Client) -> None:
    """On a board without mail one link leads to a 404 on purpose: it says who can help with a password."""
    before = rows()
    crawler = Crawler(client)
    crawler.crawl(f"{SITE}/")
    assert crawler.faults == []
    assert "session" not in client.cookies
    assert len(crawler.visits) > 300
    assert {topic.pk for topic in Topic.objects.all()} == crawler.topics()
    for visit in crawler.visits.values():
        if visit.page is not None and visit.status == 200:
            assert visit.page.canonical == ([visit.address] if visit.page.is_indexed else []), visit.address
    indexed = crawler.indexed()
    for address in sitemap(client.get("/sitemap.xml")):
        assert sitemap(client.get(address.removeprefix(SITE))).keys() <= indexed
    assert rows() == before


@pytest.mark.parametrize("who", ["alice", "bob", "dora"])
def test_a_member_who_follows_every_link_changes_read_marks_only(
    board: Board, as_person: Any, who: str
) -> None:
    topic = board.topic()
    for number in range(24):
        board.reply(topic, f"Reply {number}", by=who if number % 2 else "carol")
    browser = as_person(who)
    browser.get("/")
    before = rows()
    crawler = Crawler(browser)
    crawler.crawl(f"{SITE}/")
    assert crawler.faults == []
    assert rows() == before
