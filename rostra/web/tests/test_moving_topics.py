"""The form that moves a topic, and what its author reads of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.moderation.models import Case
from rostra.permissions.resolution import GUESTS, MEMBERS
from tests.cast import Board

SignedIn = Callable[[str], Client]
FACTS = "It names a child who is missing; the police ask for quiet."


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Give nobody's address away.")


def words(response: Any) -> str:
    return str(response.content.decode())


def hide_asia(board: Board) -> None:
    for holder in (GUESTS, MEMBERS):
        give(
            giver=board.actor("dora"), holder=holder, place=board.asia.pk, values={"see": "no", "read": "no"}
        )


def test_a_topic_is_moved_in_one_step_where_nobody_loses_anything(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    dora = as_person("dora")
    assert f'href="{topic.address}move"' in words(dora.get(topic.address))
    assert 'name="facts"' not in words(dora.get(f"{topic.address}move"))
    done = dora.post(f"{topic.address}move", {"to": str(board.asia.pk)})
    assert done.headers["Location"] == topic.address
    assert board.row(topic.id).forum_id == board.asia.pk


def test_where_its_author_loses_reading_a_second_step_asks_why_and_keeps_what_was_typed(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    hide_asia(board)
    dora, form = as_person("dora"), {"to": str(board.asia.pk)}
    asked = words(dora.post(f"{topic.address}move", form))
    assert "can no longer read it" in asked
    assert f'<option value="{board.asia.pk}" selected>' in asked
    assert "aria-invalid" not in asked
    refused = dora.post(
        f"{topic.address}move", {**form, "rule": "", "facts": "Too sho", "ground": "rules", "source": "own"}
    )
    assert refused.status_code == 422
    assert ">\nToo sho</textarea>" in words(refused)
    assert board.row(topic.id).forum_id == board.europe.pk
    good = {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    done = dora.post(f"{topic.address}move", {**form, **good})
    assert done.headers["Location"] == f"/case/{Case.objects.get().pk}/"
    assert board.row(topic.id).forum_id == board.asia.pk


def test_its_author_reads_the_case_with_the_text_and_appeals_and_the_log_names_no_closed_forum(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic(body="Who has seen the child?")
    hide_asia(board)
    form = {"to": str(board.asia.pk), "rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    as_person("dora").post(f"{topic.address}move", form)
    opened = Case.objects.get()
    alice = as_person("alice")
    assert alice.get(topic.address).status_code == 404
    page = words(alice.get(f"/case/{opened.pk}/"))
    assert "Who has seen the child?" in page
    assert "Asia" not in page
    assert alice.post(f"/case/{opened.pk}/appeal", {"words": "The family asked me to."}).status_code == 302
    for reader in (Client(), as_person("carol")):
        log = words(reader.get("/moderation/log/"))
        assert "A topic was moved to where not everybody reads it" in log
        assert "Asia" not in log
        assert reader.get(f"/case/{opened.pk}/").status_code == 404


def test_a_moderator_of_the_old_forum_does_not_learn_which_one_it_is_in(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    hide_asia(board)
    form = {"to": str(board.asia.pk), "rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    as_person("dora").post(f"{topic.address}move", form)
    opened = Case.objects.get()
    as_person("alice").post(f"/case/{opened.pk}/appeal", {"words": "The family asked me to."})
    bob = as_person("bob")
    assert f"/case/{opened.pk}/" in words(bob.get("/moderate/"))
    answer = bob.post(f"/case/{opened.pk}/decide", {"outcome": "reversed", "reasons": "They did."})
    assert answer.status_code == 403
    assert "that you may not see" in words(answer)
    assert "Asia" not in words(answer) + words(bob.get(f"/case/{opened.pk}/"))


@pytest.mark.parametrize(("name", "status"), [("guest", 302), ("alice", 403), ("bob", 200), ("dora", 200)])
def test_who_may_move(board: Board, as_person: SignedIn, name: str, status: int) -> None:
    topic = board.topic()
    browser = as_person(name) if name != "guest" else Client()
    answer = browser.get(f"{topic.address}move")
    assert answer.status_code == status
    if name == "bob":  # he moderates Europe alone: there is nowhere to move to
        refused = browser.post(f"{topic.address}move", {"to": str(board.asia.pk)})
        assert (refused.status_code, board.row(topic.id).forum_id) == (422, board.europe.pk)
        assert "in which you may move topics" in words(refused)


def test_the_log_leaves_out_what_was_decided_in_a_forum_that_is_closed_by_now(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    post = board.reply(board.topic(forum=board.asia), "liar", by="carol")
    as_person("dora").post(
        f"/p/{post.pk}/remove", {"rule": str(rule), "facts": FACTS, "ground": "rules", "source": "own"}
    )
    assert "Asia" in words(Client().get("/moderation/log/"))
    hide_asia(board)
    assert "Asia" in words(as_person("dora").get("/moderation/log/"))
    for reader in (Client(), as_person("carol"), as_person("bob")):
        log = words(reader.get("/moderation/log/"))
        assert "Asia" not in log
        assert "A post was removed" not in log
