"""Slow mode: who waits how long between two posts of a topic."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rostra.forums.queries import Node
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.topics.actions import post_reply
from rostra.topics.models import Post, Topic
from rostra.topics.pacing import Pace, pace_of, slow_forum, slow_topic
from rostra.topics.policy import why_not_reply
from rostra.topics.queries import TopicRow
from rostra.topics.removal import remove_post
from tests.cast import Board

QUARTER = Pace(900)


def slowed(board: Board, pace: Pace = QUARTER, **more: Any) -> TopicRow:
    topic = board.topic(**more)
    slow_topic(moderator=board.actor("dora"), topic=topic, forum=board.node(more.get("forum")), pace=pace)
    return board.row(topic.id)


def begins_at(board: Board, topic: TopicRow, who: str = "carol", forum: Node | None = None) -> Any:
    refusal = why_not_reply(board.actor(who), board.row(topic.id), forum or board.node())
    return refusal and refusal.begins_at


def test_the_second_post_in_a_slow_topic_must_wait_and_the_refusal_says_until_when(board: Board) -> None:
    topic = slowed(board)
    first = board.reply(topic)
    with pytest.raises(Refused) as refused:
        board.reply(topic, "One more.")
    assert refused.value.refusal.begins_at == first.created_at + timedelta(seconds=900)
    assert "one post every 15 minutes" in refused.value.refusal.reason
    assert Post.objects.filter(author_name="carol").count() == 1


def test_others_and_other_topics_are_not_slowed_by_it(board: Board) -> None:
    topic = slowed(board, by="dora")
    board.reply(topic)
    board.reply(topic, by="alice")
    other = board.topic(by="dora")
    board.reply(other)
    board.reply(other, "One more.")
    assert topic.id != other.id


def test_when_the_time_is_over_one_can_post_again(board: Board) -> None:
    topic = slowed(board)
    first = board.reply(topic)
    Post.objects.filter(pk=first.pk).update(created_at=now() - timedelta(seconds=901))
    assert begins_at(board, topic) is None
    board.reply(topic, "One more.")


def test_who_moderates_there_is_not_slowed_and_who_moderates_elsewhere_is(board: Board) -> None:
    topic = slowed(board)
    for body in ("One.", "Two."):
        board.reply(topic, body, by="bob")
        board.reply(topic, body, by="dora")
    asian = slowed(board, forum=board.asia)
    board.reply(asian, "One.", by="bob")
    assert begins_at(board, asian, "bob", board.node(board.asia)) is not None


def test_the_longer_one_of_topic_and_forum_holds(board: Board) -> None:
    topic = slowed(board)
    bob = board.actor("bob")
    slow_forum(moderator=bob, forum=board.node(), pace=Pace(3600))
    assert pace_of(board.row(topic.id), board.node()) == Pace(3600)
    slow_forum(moderator=bob, forum=board.node(), pace=Pace(300))
    assert pace_of(board.row(topic.id), board.node()) == QUARTER
    slow_topic(moderator=bob, topic=topic, forum=board.node(), pace=Pace(0))
    assert pace_of(board.row(topic.id), board.node()) == Pace(300)
    assert pace_of(board.topic(forum=board.asia), board.node(board.asia)) is None


def test_a_pace_ends_when_it_was_said_to_end(board: Board) -> None:
    topic = slowed(board, Pace(86_400, now() + timedelta(hours=1)))
    board.reply(topic)
    end = board.row(topic.id).slow_until
    assert begins_at(board, topic) == end, "it ends before the day is over"
    Topic.objects.filter(id=topic.id).update(slow_until=now() - timedelta(seconds=1))
    assert begins_at(board, topic) is None


def test_a_post_that_was_removed_still_counts(board: Board) -> None:
    topic = slowed(board)
    first = board.reply(topic)
    remove_post(moderator=board.actor("bob"), post_id=first.pk, forum=board.node())
    assert begins_at(board, topic) == first.created_at + timedelta(seconds=900)


def test_the_same_form_sent_twice_is_one_post_and_no_refusal(board: Board) -> None:
    topic = slowed(board)
    first = board.reply(topic, token="t")
    assert board.reply(topic, token="t").pk == first.pk


def test_it_is_asked_again_with_the_row_locked(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = board.topic()
    node, carol = board.node(), board.actor("carol")
    board.reply(topic)
    stale = board.row(topic.id)
    slow_topic(moderator=board.actor("bob"), topic=topic, forum=node, pace=QUARTER)
    with pytest.raises(Refused):
        post_reply(author=carol, topic=stale, forum=node, body="Written before it was slow.")
    assert Post.objects.filter(author_name="carol").count() == 1


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_only_who_may_lock_topics_there_sets_the_pace(board: Board, who: str) -> None:
    topic = board.topic()
    with pytest.raises(Refused):
        slow_topic(moderator=board.actor(who), topic=topic, forum=board.node(), pace=QUARTER)
    with pytest.raises(Refused):
        slow_forum(moderator=board.actor(who), forum=board.node(), pace=QUARTER)
    with pytest.raises(Refused):
        slow_forum(moderator=board.actor("bob"), forum=board.node(board.asia), pace=QUARTER)
    assert not Topic.objects.exclude(slow_seconds=0).exists()


@pytest.mark.parametrize(
    ("pace", "field"),
    [(Pace(7), "pace"), (Pace(-1), "pace"), (Pace(900, now() - timedelta(days=1)), "until")],
)
def test_a_pace_that_makes_no_sense_is_named_by_its_field(board: Board, pace: Pace, field: str) -> None:
    with pytest.raises(Invalid) as invalid:
        slowed(board, pace)
    assert list(invalid.value.faults) == [field]


def test_a_category_and_a_moved_topic_take_no_pace(board: Board) -> None:
    dora = board.actor("dora")
    with pytest.raises(Invalid):
        slow_forum(moderator=dora, forum=board.node(board.category), pace=QUARTER)
    with pytest.raises(Gone):
        slow_topic(moderator=dora, topic=board.topic(), forum=board.node(board.asia), pace=QUARTER)


def test_a_topic_that_is_not_slow_costs_no_query_more(board: Board) -> None:
    topic, node, carol = board.topic(), board.node(), board.actor("carol")
    board.reply(topic)
    why_not_reply(carol, topic, node)  # the groups are read once
    with CaptureQueriesContext(connection) as queries:
        why_not_reply(carol, topic, node)
    assert len(queries) == 0
