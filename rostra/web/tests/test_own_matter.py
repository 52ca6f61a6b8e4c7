"""Forms that are sent twice, and what moderators say of rules in their own matter."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.moderation.actions import refuse_held, remove_with_reasons
from rostra.moderation.models import Case
from rostra.moderation.reasons import Reasons
from rostra.permissions.resolution import BOARD, Holder
from rostra.topics import actions
from rostra.topics.models import Held, Post
from tests.cast import Board

SignedIn = Callable[[str], Client]
LONG = "A question that has more than five words in it."
CHANGED = "Buy pills at https://pills.example now, everybody!"
FACTS = "It calls another member a liar three times."


def short_lines(board: Board, effect: str) -> None:
    check = {
        "condition": "own_words < 5",
        "effect": effect,
        "say": "Too short.",
        "remedy": "Say a little more.",
    }
    lay_down_rule(
        author=board.actor("dora"), forum=board.node(), text="No one line posts.", check=check, is_waived=True
    )


def have_wait(board: Board, name: str) -> None:
    me = Holder("member", str(board.people[name].pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"skip_approval": "never"})


@pytest.mark.parametrize(("name", "effect"), [("bob", "refuse"), ("dora", "refuse"), ("bob", "ask")])
def test_a_moderator_who_contests_a_rule_waits_for_another_moderator(
    board: Board, as_person: SignedIn, name: str, effect: str
) -> None:
    short_lines(board, effect)
    topic = board.topic(body=LONG, by="alice")
    mine = as_person(name)
    sent = mine.post(f"{topic.address}reply", {"body": "Nonsense.", "do": "contest", "token": "t"})
    held = Held.objects.get()
    assert sent.headers["Location"] == f"/waiting/#held{held.pk}"
    assert held.is_contested
    assert not Post.objects.filter(position=2).exists()
    assert mine.post(f"/moderate/held/{held.pk}/approve").status_code == 403
    other = as_person("dora" if name == "bob" else "bob")
    assert other.post(f"/moderate/held/{held.pk}/approve").status_code == 302
    assert Post.objects.get(position=2).author_name == name


def test_what_moderators_write_does_not_wait_where_only_a_look_is_asked_for(
    board: Board, as_person: SignedIn
) -> None:
    short_lines(board, "hold")
    topic = board.topic(body=LONG, by="alice")
    as_person("bob").post(f"{topic.address}reply", {"body": "Nonsense.", "do": "contest"})
    assert Post.objects.get(position=2).author_name == "bob"


@pytest.mark.parametrize("tokens", [("t", "t"), ("t", "u"), ("", "")])
def test_an_edit_that_is_sent_twice_waits_once(
    board: Board, as_person: SignedIn, tokens: tuple[str, str]
) -> None:
    post = board.reply(board.topic(body=LONG), LONG, by="carol")
    have_wait(board, "carol")
    carol, places = as_person("carol"), set()
    for token in tokens:
        form = {"body": CHANGED, "do": "post", "token": token}
        places.add(carol.post(f"/p/{post.pk}/edit", form).headers["Location"])
    assert Held.objects.count() == 1
    assert len(places) == 1


def test_an_edit_that_was_refused_can_be_sent_again_from_another_form(
    board: Board, as_person: SignedIn
) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")
    post = board.reply(board.topic(body=LONG), LONG, by="carol")
    have_wait(board, "carol")
    carol = as_person("carol")
    carol.post(f"/p/{post.pk}/edit", {"body": CHANGED, "do": "post", "token": "t"})
    refuse_held(
        moderator=board.actor("bob"),
        forum=board.node(),
        held_id=Held.objects.get().pk,
        reasons=Reasons(rule, FACTS),
    )
    carol.post(f"/p/{post.pk}/edit", {"body": CHANGED, "do": "post", "token": "u"})
    assert [held.state for held in Held.objects.order_by("id")] == [Held.State.REFUSED, Held.State.WAITING]


def test_of_two_equal_forms_at_the_same_moment_the_later_finds_the_text_that_waits(
    board: Board, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = board.topic(body=LONG)
    have_wait(board, "carol")
    carol, form = as_person("carol"), {"body": CHANGED, "do": "post", "token": "t"}
    first = carol.post(f"{topic.address}reply", form)

    def too_late(**_: Any) -> Held:
        raise IntegrityError("held_once")

    monkeypatch.setattr(actions, "hold_text", too_late)
    second = carol.post(f"{topic.address}reply", form)
    assert second.headers["Location"] == first.headers["Location"]
    assert Held.objects.count() == 1


def test_a_pseudonym_stays_when_the_account_goes(board: Board) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")
    post = board.reply(board.topic(), "liar", by="carol")
    remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=Reasons(rule, FACTS)
    )

    def shown() -> str:
        return Client().get("/moderation/log/").content.decode().split("<bdi>Moderator ")[1][:4]

    before = shown()
    Case.objects.update(moderator=None)  # as the database does when the account is deleted
    assert shown() == before
