"""Before a reply: how old the talk is, and that the last word was one's own. Nothing of it stops anybody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.test import Client

from rostra.kernel.clock import now
from rostra.topics.queries import TopicRow
from tests.cast import Board

SignedIn = Callable[[str], Client]
OLD, OWN = "The last post here is from", "The last post is yours"


def asked(client: Client, topic: TopicRow, words: str) -> list[bool]:
    """Are these words under the topic, and in the editor?"""
    return [words in client.get(address).content.decode() for address in (topic.address, f"{topic.address}reply")]  # fmt: skip


def test_whoever_replies_to_an_old_topic_is_told_how_old(board: Board, as_person: SignedIn) -> None:
    with time_machine.travel(datetime(2021, 3, 5, tzinfo=UTC)):
        old = board.topic("Old")
    fresh = board.topic("Fresh")
    words = f'{OLD} <time datetime="2021-03">March 2021</time>.'
    assert asked(as_person("carol"), old, words) == [True, True]
    assert asked(as_person("carol"), fresh, OLD) == [False, False]
    assert asked(Client(), old, OLD) == [False, False]
    form = {"body": "Still true", "token": "t", "base": "1"}
    assert as_person("carol").post(f"{old.address}reply", form).status_code == 302


def test_the_age_is_a_setting(board: Board, as_person: SignedIn, settings: Any) -> None:
    topic = board.topic()
    with time_machine.travel(now() + timedelta(days=100)):
        carol = as_person("carol")
        assert asked(carol, topic, OLD) == [False, False]
        settings.ROSTRA = settings.ROSTRA.model_copy(update={"old_topic_months": 3})
        assert asked(carol, topic, OLD) == [True, True]
        settings.ROSTRA = settings.ROSTRA.model_copy(update={"old_topic_months": 0})
        assert asked(carol, topic, OLD) == [False, False]


def test_whoever_wrote_the_last_post_is_told_that_it_can_be_edited(
    board: Board, as_person: SignedIn, settings: Any
) -> None:
    topic = board.topic(by="alice")
    assert asked(as_person("alice"), topic, OWN) == [True, True]
    post = board.reply(topic, by="carol")
    assert asked(as_person("alice"), topic, OWN) == [False, False]
    assert asked(as_person("carol"), topic, OWN) == [True, True]
    assert asked(as_person("carol"), topic, f'<a href="/p/{post.pk}/edit">Edit #{post.pk}</a>') == [
        True,
        True,
    ]
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"edit_minutes": 5})
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert asked(as_person("carol"), topic, OWN) == [False, False]


def test_on_an_earlier_page_nothing_is_said_of_the_last_post(
    board: Board, as_person: SignedIn, settings: Any
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"posts_per_page": 5})
    topic = board.topic(by="carol")
    for _ in range(5):
        board.reply(topic, by="carol")
    carol = as_person("carol")
    assert OWN not in carol.get(topic.address).content.decode()
    assert OWN in carol.get(f"{topic.address}?page=2").content.decode()
