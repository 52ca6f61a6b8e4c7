"""A read-only board: everything can be read, nothing is written, nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.board.actions import close_for_writing
from rostra.drafts.queries import drafts_of
from rostra.kernel.refusals import Refused
from rostra.reading.queries import marks
from rostra.topics.models import Post
from tests.cast import PASSWORD, Board

SignedIn = Callable[[str], Client]
REASON = "We move to a new server until noon."


def test_every_page_says_why_and_can_be_read(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    close_for_writing(reason=REASON)
    for page in ("/", topic.address, f"/f/{board.europe.pk}-europe/", "/active/", "/u/alice/"):
        assert REASON in Client().get(page).content.decode(), page
    html = as_person("bob").get(topic.address).content.decode()
    assert "Post reply" not in html
    assert "Lock" not in html.partition("<main")[2].partition("</main>")[0]


def test_what_is_sent_is_shown_again_and_not_posted(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="alice")
    alice = as_person("alice")
    close_for_writing(reason=REASON)
    for address, form in (
        (f"{topic.address}reply", {"body": "An hour of work", "token": "t"}),
        (f"/f/{board.europe.pk}-europe/new", {"title": "New", "body": "An hour of work", "token": "t"}),
        (f"/p/{topic.last_post_id}/edit", {"title": topic.title, "body": "An hour of work", "reason": ""}),
    ):
        response = alice.post(address, form)
        assert response.status_code == 403, address
        assert "An hour of work" in response.content.decode(), address
        assert REASON in response.content.decode(), address
    assert not Post.objects.filter(source="An hour of work").exists()
    assert alice.post("/drafts/save", {"place": "topic:1", "body": "x", "version": "0"}).status_code == 403
    assert drafts_of(board.people["alice"].pk) == []


def test_reading_moves_no_mark_and_moderators_change_nothing(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    close_for_writing(reason=REASON)
    carol = board.people["carol"].pk
    assert as_person("carol").get(topic.address).status_code == 200
    assert marks(carol, topic.id, topic.forum_id).position is None
    for who in ("bob", "dora"):
        assert as_person(who).post(f"{topic.address}arrange", {"locked": "yes"}).status_code == 403
        assert as_person(who).get(f"/p/{topic.last_post_id}/edit").status_code == 403
    with pytest.raises(Refused):
        board.reply(topic)


def test_people_can_sign_in_but_not_up(board: Board, client: Client) -> None:
    close_for_writing(reason=REASON)
    form = {"username": "erin", "email": "erin@example.org", "password1": "seven purple lamps dancing"}
    refused = Client().post("/sign-up/", form)
    assert refused.status_code == 403
    assert "erin@example.org" in refused.content.decode()
    assert client.post("/sign-in/", {"login": "carol", "password": PASSWORD}).status_code == 302


def test_it_opens_again(board: Board) -> None:
    topic = board.topic()
    close_for_writing(reason=REASON)
    close_for_writing(reason="")
    board.reply(topic, "Open again")
    assert REASON not in Client().get("/").content.decode()
