"""Edits of those whose texts a moderator approves."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.forums.giving import give
from rostra.permissions.resolution import BOARD, Holder
from rostra.topics.models import Held, Post
from tests.cast import Board

SignedIn = Callable[[str], Client]
LONG = "A question that has more than five words in it."
CHANGED = "Buy pills at https://pills.example now, everybody!"


@pytest.mark.parametrize("address", ["reply", "topic"])
def test_an_edit_of_a_member_whose_texts_are_approved_waits_as_well(
    board: Board, as_person: SignedIn, address: str
) -> None:
    topic = board.topic(body=LONG, by="carol")
    post = board.reply(topic, LONG, by="carol") if address == "reply" else Post.objects.get(topic_id=topic.id)
    holder = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), holder=holder, place=BOARD, values={"skip_approval": "never"})
    form = {"title": topic.title, "body": CHANGED, "do": "post"}
    assert as_person("carol").post(f"/p/{post.pk}/edit", form).status_code == 302
    assert Post.objects.get(id=post.pk).source == LONG
    held = Held.objects.get()
    assert (held.kind, held.post_id, held.source) == ("edit", post.pk, CHANGED)
    assert as_person("bob").post(f"/moderate/held/{held.pk}/approve").status_code == 302
    assert Post.objects.get(id=post.pk).source == CHANGED


def test_an_edit_that_changes_nothing_waits_for_nobody(board: Board, as_person: SignedIn) -> None:
    post = board.reply(board.topic(body=LONG), LONG, by="carol")
    holder = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), holder=holder, place=BOARD, values={"skip_approval": "never"})
    as_person("carol").post(f"/p/{post.pk}/edit", {"body": LONG, "do": "post"})
    assert not Held.objects.exists()
