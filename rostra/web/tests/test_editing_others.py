"""The edit form of a moderator, for what somebody else wrote."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.houserules.actions import lay_down_rule
from rostra.mail.models import Letter
from rostra.moderation.models import Case
from rostra.topics.models import Post
from tests.cast import Board

SignedIn = Callable[[str], Client]
FACTS = "It gives the address of another member away."


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Give nobody's address away.")


def words(response: Any) -> str:
    return str(response.content.decode())


def test_a_moderator_who_edits_somebody_elses_post_is_asked_for_reasons_and_loses_nothing(
    board: Board, as_person: SignedIn, rule: int, sends_mail: None
) -> None:
    post = board.reply(board.topic(), "He lives in 5 Elm Street.", by="carol")
    bob = as_person("bob")
    page = words(bob.get(f"/p/{post.pk}/edit"))
    assert "The rule that was broken" in page
    form = {
        "body": "He lives somewhere.",
        "facts": "Too sho",
        "ground": "rules",
        "source": "report",
        "base": "0",
        "do": "post",
    }
    refused = bob.post(f"/p/{post.pk}/edit", form)
    page = words(refused)
    assert refused.status_code == 422
    for kept in ("Name the rule that was broken", "Say what happened", "He lives somewhere.", ">\nToo sho</textarea>",
                 '<option value="report" selected>'):  # fmt: skip
        assert kept in page, kept
    assert Post.objects.get(id=post.pk).edit_count == 0
    preview = words(bob.post(f"/p/{post.pk}/edit", {**form, "do": "preview"}))
    assert ">\nToo sho</textarea>" in preview
    done = bob.post(f"/p/{post.pk}/edit", {**form, "rule": str(rule), "facts": FACTS})
    assert done.headers["Location"] == f"/p/{post.pk}"
    letter = Letter.objects.get()
    assert (letter.recipient, FACTS in letter.body) == ("carol@example.org", True)


def test_its_author_reads_what_was_changed_and_appeals_and_strangers_do_not(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic("Elm Street", "He lives in Elm Street.", by="carol")
    post = Post.objects.get(topic_id=topic.id)
    form = {
        "title": "Somewhere",
        "body": "He lives somewhere.",
        "rule": str(rule),
        "facts": FACTS,
        "ground": "rules",
    }
    as_person("bob").post(f"/p/{post.pk}/edit", {**form, "source": "own", "do": "post"})
    opened = Case.objects.get()
    carol = as_person("carol")
    page = words(carol.get(f"/case/{opened.pk}/"))
    assert "<del>Elm Street</del> <ins>Somewhere</ins>" in page
    assert '<div class="diff" dir="auto">He lives<del> in Elm Street</del><ins> somewhere</ins>.' in page
    assert carol.post(f"/case/{opened.pk}/appeal", {"words": "It is his own page."}).status_code == 302
    for name in ("alice", "guest"):
        stranger = Client() if name == "guest" else as_person(name)
        assert stranger.get(f"/case/{opened.pk}/").status_code == 404
    assert "A post was changed by a moderator" in words(Client().get("/moderation/log/"))


@pytest.mark.parametrize("name", ["carol", "bob", "dora"])
def test_of_ones_own_post_nobody_is_asked_why(
    board: Board, as_person: SignedIn, rule: int, name: str
) -> None:
    post = board.reply(board.topic(), "A first text.", by=name)
    person = as_person(name)
    assert "The rule that was broken" not in words(person.get(f"/p/{post.pk}/edit"))
    assert person.post(f"/p/{post.pk}/edit", {"body": "A second text.", "do": "post"}).status_code == 302
    assert Post.objects.get(id=post.pk).source == "A second text."
    assert not Case.objects.exists()


def test_the_mark_of_an_edit_names_a_moderator_as_the_log_does(
    board: Board, as_person: SignedIn, rule: int, settings: Any
) -> None:
    post = board.reply(board.topic(), "He lives in 5 Elm Street.", by="carol")
    form = {
        "body": "He lives somewhere.",
        "rule": str(rule),
        "facts": FACTS,
        "ground": "rules",
        "source": "own",
    }
    as_person("bob").post(f"/p/{post.pk}/edit", {**form, "do": "post"})
    as_person("carol").post(f"/p/{post.pk}/edit", {"body": "He lives elsewhere.", "do": "post"})
    log, history = words(Client().get("/moderation/log/")), words(Client().get(f"/p/{post.pk}/history"))
    pseudonym = log.split("<bdi>Moderator ")[1][:4]
    assert f"<bdi>Moderator {pseudonym}</bdi>" in history
    assert "<bdi>carol</bdi>" in history
    assert "<bdi>bob</bdi>" not in history
    topic = words(Client().get(board.row(post.topic_id).address))
    assert "Edited by <bdi>carol</bdi>" in topic
