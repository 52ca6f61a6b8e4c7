"""What is sent in a browser is counted for the rules that judged it."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.houserules.actions import lay_down_rule
from rostra.houserules.models import HouseRule, RuleHit
from rostra.topics.models import Held, Post
from tests.cast import Board

SignedIn = Callable[[str], Client]
LONG = "A question that has more than five words in it."


def no_shops(board: Board, effect: str) -> int:
    check = {"condition": 'own_text.contains("shop")', "effect": effect, "say": "A shop.", "remedy": "None."}
    author, node = board.actor("dora"), board.node()
    return lay_down_rule(author=author, forum=node, text="No shops.", check=check, is_waived=True)


def counted() -> list[tuple[int, int]]:
    return list(RuleHit.objects.values_list("judged", "hits"))


@pytest.mark.parametrize("effect", ["refuse", "ask"])
def test_a_member_who_is_refused_again_and_again_does_not_switch_the_rule_off(
    board: Board, as_person: SignedIn, effect: str
) -> None:
    no_shops(board, effect)
    topic, carol = board.topic(body=LONG, by="dora"), as_person("carol")
    for number in range(42):
        text = f"Visit my shop now please {number}"
        assert carol.post(f"{topic.address}reply", {"body": text, "do": "post"}).status_code == 422
    assert HouseRule.objects.get().fell_back == ""
    assert HouseRule.objects.get().mode == HouseRule.Mode.ENFORCE


def test_a_text_that_was_asked_about_and_is_meant_is_counted_once(board: Board, as_person: SignedIn) -> None:
    no_shops(board, "ask")
    topic, carol = board.topic(body=LONG, by="dora"), as_person("carol")
    for do in ("post", "meant"):
        carol.post(f"{topic.address}reply", {"body": "My shop is good.", "do": do})
    assert Post.objects.filter(position=2).exists()
    assert counted() == [(2, 1)]  # the topic, and the reply


def test_a_text_that_is_held_is_counted_and_once_when_its_form_is_sent_twice(
    board: Board, as_person: SignedIn
) -> None:
    no_shops(board, "hold")
    topic, carol = board.topic(body=LONG, by="dora"), as_person("carol")
    for _time in range(2):
        carol.post(f"{topic.address}reply", {"body": "My shop is good.", "do": "post", "token": "t"})
    assert Held.objects.count() == 1
    assert counted() == [(2, 1)]


def test_an_edit_is_judged_by_the_rules_and_counted(board: Board, as_person: SignedIn) -> None:
    no_shops(board, "refuse")
    topic, carol = board.topic(body=LONG, by="dora"), as_person("carol")
    post = board.reply(topic, LONG, by="carol")
    before = counted()
    for body, status in (("My shop is good.", 422), ("A calm text that is fine for everybody.", 302)):
        assert carol.post(f"/p/{post.pk}/edit", {"body": body, "do": "post"}).status_code == status
    assert (before, counted()) == ([(2, 0)], [(4, 1)])
    assert Post.objects.get(id=post.pk).source == "A calm text that is fine for everybody."
