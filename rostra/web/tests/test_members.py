"""Profiles: two lists in pages, what a member says, and when the member was last here."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.accounts.models import SignIn, User
from rostra.kernel.clock import now
from rostra.mail.models import Letter
from rostra.topics.models import Topic
from rostra.web.lastseen import PRESENT
from tests.cast import PASSWORD, Board

SignedIn = Callable[[str], Client]


def main_of(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_a_members_topics_are_listed_in_pages_without_losing_any(board: Board, client: Client) -> None:
    titles = [f"Topic number {number}" for number in range(45)]
    for title in titles:
        board.topic(title=title)
    board.topic(title="By somebody else", by="carol")
    seen: list[str] = []
    address, pages = "/u/alice/topics/", 0
    while address:
        html = main_of(client, address)
        seen += re.findall(r">(Topic number \d+|By somebody else)<", html)
        more = re.search(r'href="([^"]+)" rel="next"', html)
        address, pages = (more[1] if more else ""), pages + 1
    assert seen == titles[::-1]
    assert pages == 3


def test_a_removed_topic_is_not_listed(board: Board, client: Client) -> None:
    topic = board.topic(title="Gone soon")
    Topic.objects.filter(id=topic.id).update(removed_at=now())
    assert "Gone soon" not in main_of(client, "/u/alice/topics/")
    assert "No topic begun yet." in main_of(client, "/u/alice/topics/")


@pytest.mark.parametrize("address", ["/u/nobody/topics/", "/u/alice/topics/?before=x"])
def test_what_is_not_there_is_a_404(board: Board, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_topics_page_has_one_address(board: Board, client: Client) -> None:
    assert client.get("/u/ALICE/topics").headers["Location"] == "/u/alice/topics/"


def test_a_member_describes_oneself(board: Board, as_person: SignedIn, client: Client) -> None:
    typed = {"location": "  Lisbon \n ", "about": "First line.\r\n\r\n<b>Second</b> line."}
    response = as_person("alice").post("/settings/profile/", typed, follow=True)
    assert "Your profile was changed." in response.content.decode()
    page = main_of(client, "/u/alice/")
    assert "Lisbon" in page
    assert "&lt;b&gt;Second&lt;/b&gt; line." in page
    assert User.objects.get(name="alice").about == "First line.\n\n<b>Second</b> line."


@pytest.mark.parametrize(
    ("location", "about", "words"),
    [("x" * 61, "", "at most 60"), ("", "y" * 2001, "at most 2,000"), ("a\0b", "fine", "NUL")],
)
def test_what_cannot_be_said_comes_back_with_the_reason(
    board: Board, as_person: SignedIn, location: str, about: str, words: str
) -> None:
    response = as_person("alice").post("/settings/profile/", {"location": location, "about": about})
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert (about or location).replace("\0", "␀") in page
    assert User.objects.get(name="alice").about == ""


def test_a_visit_writes_nothing_by_itself_and_is_written_once_an_hour(board: Board, client: Client) -> None:
    client.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    client.get("/")
    PRESENT.flush()
    User.objects.update(last_seen_on=None)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))] == []
    PRESENT.flush()
    assert User.objects.get(name="alice").last_seen_on is None, "within the hour"


def test_the_next_day_shows_in_the_profile_to_members_only(board: Board, as_person: SignedIn) -> None:
    browser = Client()
    browser.post("/sign-in/", {"login": "alice", "password": PASSWORD})
    with time_machine.travel(now() + timedelta(days=1)):
        PRESENT._written.clear()
        browser.get("/")
        PRESENT.flush()
        today = now().date()
        assert SignIn.objects.get(user__name="alice").used_at.date() == today
    assert User.objects.get(name="alice").last_seen_on == today
    shown = f"last here on {today.day} "
    assert shown in main_of(as_person("bob"), "/u/alice/")
    assert shown not in main_of(Client(), "/u/alice/")


def test_mails_are_shown_on_a_demo_board_only(board: Board, client: Client, settings: Any) -> None:
    letter = Letter.objects.create(
        recipient="a@example.org", subject="Hello", body="http://127.0.0.1/x/ <b>", written_at=now()
    )
    for address in ("/demo/mail/", f"/demo/mail/{letter.pk}/"):
        assert client.get(address).status_code == 404
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"demo_mail": True})
    assert "Hello" in main_of(client, "/demo/mail/")
    shown = main_of(client, f"/demo/mail/{letter.pk}/")
    assert 'href="http://127.0.0.1/x/"' in shown
    assert "&lt;b&gt;" in shown
    assert client.get("/demo/mail/999/").status_code == 404
