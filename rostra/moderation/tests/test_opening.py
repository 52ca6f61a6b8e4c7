"""Opening a locked topic takes back the decision that locked it: for that the same rules hold."""

from datetime import timedelta

import pytest
import time_machine

from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid, Refused
from rostra.moderation.actions import appeal_case, lock_with_reasons, open_topic, reverse_case
from rostra.moderation.bulk import Deed, treat_topics
from rostra.moderation.models import Case, LogEntry, Timer
from rostra.moderation.reasons import Reasons
from rostra.moderation.timers import act_on, set_timer
from rostra.topics.models import Topic
from rostra.topics.queries import TopicRow
from tests.cast import Board

FACTS = "It calls another member a liar three times."


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind to each other.")


def locked(board: Board, rule: int, topic: TopicRow, by: str = "dora") -> Case:
    return lock_with_reasons(
        moderator=board.actor(by), topic=topic, forum=board.node(), reasons=Reasons(rule, FACTS)
    )


def reversals() -> list[tuple[int | None, str]]:
    lines = LogEntry.objects.filter(what="case_reversed").order_by("id")
    return list(lines.values_list("case_id", "moderator_name"))


def test_a_moderator_does_not_open_a_topic_of_their_own_that_others_locked(board: Board, rule: int) -> None:
    topic = board.topic("By bob", by="bob")
    opened = locked(board, rule, topic)
    with pytest.raises(Refused):
        open_topic(moderator=board.actor("bob"), topic=board.row(topic.id), forum=board.node())
    with pytest.raises(Invalid):
        treat_topics(moderator=board.actor("bob"), forum=board.node(), topics=[topic.id], deed=Deed.OPEN)
    opened.refresh_from_db()
    assert opened.reversed_at is None
    assert Topic.objects.get(id=topic.id).is_locked


def test_a_topic_that_is_opened_ends_its_case_with_one_line_in_the_log(board: Board, rule: int) -> None:
    topic = board.topic()
    first = locked(board, rule, topic)
    open_topic(moderator=board.actor("bob"), topic=board.row(topic.id), forum=board.node())
    second = locked(board, rule, board.row(topic.id), by="bob")
    reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=second.pk)
    assert not Case.objects.filter(reversed_at=None).exists()
    assert not Topic.objects.get(id=topic.id).is_locked
    assert reversals() == [(first.pk, "bob"), (second.pk, "dora")]


def test_nobody_opens_by_hand_what_somebody_appealed_but_a_timer_keeps_its_promise(
    board: Board, rule: int
) -> None:
    topic = board.topic()
    opened = locked(board, rule, topic, by="bob")
    timer = set_timer(
        moderator=board.actor("bob"), topic=board.row(topic.id), forum=board.node(), deed=Timer.Deed.OPEN,
        due_at=now() + timedelta(hours=1),
    )  # fmt: skip
    appeal_case(member=board.actor("alice"), case_id=opened.pk, words="Not fair.")
    with pytest.raises(Refused):
        open_topic(moderator=board.actor("bob"), topic=board.row(topic.id), forum=board.node())
    with time_machine.travel(now() + timedelta(hours=2)):
        assert act_on(timer.pk) == Timer.Outcome.DONE
    assert not Topic.objects.get(id=topic.id).is_locked
    opened.refresh_from_db()
    assert opened.reversed_at is None
    assert reversals() == []
