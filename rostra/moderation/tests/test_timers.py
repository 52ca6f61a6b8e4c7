"""What is done to a topic at a time: once, with its reasons, unless somebody did it before."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from rostra.board.actions import close_for_writing
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.mail.models import Letter
from rostra.moderation.actions import lock_with_reasons, reverse_case
from rostra.moderation.models import Case, Timer
from rostra.moderation.reasons import Reasons
from rostra.moderation.timers import act_when_due, drop_timer, resume_timers, set_timer, timers_of
from rostra.topics.actions import arrange_topic
from rostra.topics.models import Topic
from rostra.topics.moving import move_topic
from rostra.topics.queries import TopicRow
from rostra.topics.removal import remove_topic
from tests.cast import Board

HOUR = timedelta(hours=1)


@pytest.fixture
def reasons(board: Board) -> Reasons:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind.")
    return Reasons(rule, "It has come to insults only.")


def planned(board: Board, topic: TopicRow, deed: str, reasons: Reasons | None = None, **more: Any) -> Timer:
    return set_timer(
        moderator=board.actor(more.pop("by", "bob")), topic=topic, forum=board.node(), deed=deed,
        due_at=more.pop("due_at", now() + HOUR), reasons=reasons,
    )  # fmt: skip


def acted(timer: Timer) -> str:
    """The time has come, and so does the job."""
    Timer.objects.filter(pk=timer.pk).update(due_at=now() - timedelta(seconds=1))
    return str(act_when_due.call(timer.pk))


def locked(board: Board, topic: TopicRow, reasons: Reasons) -> Case:
    return lock_with_reasons(
        moderator=board.actor("bob"), topic=board.row(topic.id), forum=board.node(), reasons=reasons
    )


def test_a_lock_at_a_time_locks_then_and_opens_its_case_with_the_reasons_that_were_stated(
    board: Board, reasons: Reasons, sends_mail: None
) -> None:
    topic = board.topic()
    timer = planned(board, topic, "lock", reasons)
    assert DBTaskResult.objects.get(task_path=act_when_due.module_path).run_after == timer.due_at
    assert [row.deed for row in timers_of(board.row(topic.id))] == ["lock"]
    assert not Case.objects.exists()
    assert acted(timer) == "done"
    row, case = board.row(topic.id), Case.objects.get()
    assert (bool(row.is_locked), bool(row.is_timed)) == (True, False)
    assert (case.kind, case.facts, case.member_name, case.moderator_name) == (
        "lock_topic",
        reasons.facts,
        "alice",
        "bob",
    )
    board.people["alice"].refresh_from_db()
    assert board.people["alice"].has_unseen_cases
    assert f"/case/{case.pk}/" in Letter.objects.get(recipient="alice@example.org").body
    assert mail.outbox == []


def test_a_job_that_comes_twice_does_it_once(board: Board, reasons: Reasons) -> None:
    timer = planned(board, board.topic(), "lock", reasons)
    assert [acted(timer), acted(timer)] == ["done", "nothing to do"]
    assert Case.objects.count() == 1


def test_a_job_that_comes_too_early_waits(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    timer = planned(board, topic, "lock", reasons)
    assert act_when_due.call(timer.pk) == "too early"
    assert not board.row(topic.id).is_locked
    assert DBTaskResult.objects.filter(task_path=act_when_due.module_path).count() == 2


def test_a_topic_opens_at_a_time_and_the_decision_that_locked_it_ends(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    case = locked(board, topic, reasons)
    assert acted(planned(board, board.row(topic.id), "open")) == "done"
    case.refresh_from_db()
    assert not board.row(topic.id).is_locked
    assert case.reversed_at is not None


def test_a_sticky_topic_becomes_normal_at_a_time(board: Board) -> None:
    topic = board.topic()
    arrange_topic(moderator=board.actor("bob"), topic=topic, forum=board.node(), kind=Topic.Kind.STICKY)
    assert acted(planned(board, board.row(topic.id), "unpin")) == "done"
    assert board.row(topic.id).kind == Topic.Kind.NORMAL


@pytest.mark.parametrize("deed", ["lock", "open", "unpin"])
def test_what_was_done_by_hand_is_called_off(board: Board, reasons: Reasons, deed: str) -> None:
    topic, bob, node = board.topic(), board.actor("bob"), board.node()
    arrange_topic(moderator=bob, topic=topic, forum=node, kind=Topic.Kind.STICKY)
    if deed == "open":
        locked(board, topic, reasons)
    timer = planned(board, board.row(topic.id), deed, reasons if deed == "lock" else None)
    if deed == "lock":
        locked(board, topic, reasons)
    elif deed == "open":
        arrange_topic(moderator=bob, topic=topic, forum=node, is_locked=False)
    else:
        arrange_topic(moderator=bob, topic=topic, forum=node, kind=Topic.Kind.NORMAL)
    timer.refresh_from_db()
    assert timer.outcome == "dropped"
    assert not board.row(topic.id).is_timed
    cases = Case.objects.count()
    assert acted(timer) == "nothing to do"
    assert Case.objects.count() == cases


def test_a_lock_that_is_taken_back_calls_its_opening_off(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    case = locked(board, topic, reasons)
    timer = planned(board, board.row(topic.id), "open")
    reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=case.pk)
    timer.refresh_from_db()
    assert timer.outcome == "dropped"
    assert not board.row(topic.id).is_timed


def test_a_topic_is_locked_over_the_week_end(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    lock = planned(board, topic, "lock", reasons)
    opening = planned(board, board.row(topic.id), "open", due_at=now() + 2 * HOUR)
    arrange_topic(moderator=board.actor("bob"), topic=topic, forum=board.node(), kind=Topic.Kind.STICKY)
    assert len(timers_of(board.row(topic.id))) == 2, "another arrangement calls neither off"
    assert acted(lock) == "done"
    assert board.row(topic.id).is_locked
    assert acted(opening) == "done"
    assert not board.row(topic.id).is_locked


def test_a_lock_needs_its_reasons_and_every_timer_a_time_that_comes(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    for due, said, field in (
        (now() + HOUR, Reasons(reasons.rule, "Short."), "facts"),
        (now() + HOUR, None, "rule"),
        (None, reasons, "due"),
        (now() - HOUR, reasons, "due"),
        (now() + timedelta(days=367), reasons, "due"),
    ):
        with pytest.raises(Invalid) as invalid:
            planned(board, topic, "lock", said, due_at=due)
        assert field in invalid.value.faults
    for deed in ("open", "unpin", "explode"):
        with pytest.raises(Invalid):
            planned(board, topic, deed)
    assert not Timer.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Timer.objects.create(topic_id=topic.id, deed="lock", due_at=now(), set_at=now())


def test_who_may_not_lock_sets_no_timer_and_calls_none_off(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    timer = planned(board, topic, "lock", reasons)
    for who in ("alice", "carol"):
        with pytest.raises(Refused):
            planned(board, topic, "lock", reasons, by=who)
        with pytest.raises(Refused):
            drop_timer(moderator=board.actor(who), forum=board.node(), topic_id=topic.id, timer_id=timer.pk)
    drop_timer(moderator=board.actor("dora"), forum=board.node(), topic_id=topic.id, timer_id=timer.pk)
    with pytest.raises(Gone):
        drop_timer(moderator=board.actor("dora"), forum=board.node(), topic_id=topic.id, timer_id=timer.pk)
    assert acted(timer) == "nothing to do"


def test_a_moderator_of_another_forum_calls_no_timer_off_by_naming_its_number(
    board: Board, reasons: Reasons
) -> None:
    topic = board.topic(forum=board.asia)
    timer = set_timer(
        moderator=board.actor("dora"), topic=topic, forum=board.node(board.asia), deed="lock",
        due_at=now() + HOUR, reasons=reasons,
    )  # fmt: skip
    mine = board.topic()
    for forum, number in ((board.node(), mine.id), (board.node(), topic.id)):
        with pytest.raises(Gone):
            drop_timer(moderator=board.actor("bob"), forum=forum, topic_id=number, timer_id=timer.pk)


def test_where_who_set_it_may_lock_no_more_nothing_is_locked(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    timer = planned(board, topic, "lock", reasons)
    move_topic(moderator=board.actor("dora"), topic=topic, forum=board.node(), to=board.node(board.asia))
    assert acted(timer) == "moot"
    assert not board.row(topic.id).is_locked
    assert not Case.objects.exists()


def test_a_topic_that_was_removed_is_left_alone(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    timer = planned(board, topic, "lock", reasons)
    remove_topic(moderator=board.actor("bob"), topic_id=topic.id, forum=board.node())
    assert acted(timer) == "moot"
    assert not Case.objects.exists()


def test_one_timer_of_a_kind_takes_the_place_of_another(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    first = planned(board, topic, "lock", reasons)
    second = planned(board, board.row(topic.id), "lock", reasons, due_at=now() + 2 * HOUR)
    assert [row.id for row in timers_of(board.row(topic.id))] == [second.pk]
    assert acted(first) == "nothing to do"


def test_while_the_board_is_read_only_it_waits(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    timer = planned(board, topic, "lock", reasons)
    Timer.objects.filter(pk=timer.pk).update(due_at=now() - HOUR)
    close_for_writing(reason="We move.")
    assert act_when_due.call(timer.pk) == "waits"
    close_for_writing(reason="")
    assert act_when_due.call(timer.pk) == "done"


def test_a_worker_that_was_ended_while_it_acted_is_followed_by_one_that_acts(
    board: Board, reasons: Reasons
) -> None:
    planned(board, board.topic(), "lock", reasons)
    assert resume_timers() == 0
    DBTaskResult.objects.all().delete()
    assert resume_timers() == 1
