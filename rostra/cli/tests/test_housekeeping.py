"""The daily job."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from rostra.bans.models import AddressUse
from rostra.cli.housekeeping import plan_tidying, tidy
from rostra.kernel.clock import now
from rostra.topics.models import Shadow, Submission
from tests.cast import Board


def test_what_is_old_is_forgotten_and_what_is_new_is_kept(board: Board) -> None:
    topic = board.topic(token="old")
    board.reply(topic, token="new")
    Submission.objects.filter(post__position=1).update(sent_at=now() - timedelta(days=8))
    for key, days in (("ended", -1), ("running", 1)):
        AddressUse.objects.create(
            member=board.people["alice"],
            address=key,
            first_at=now(),
            last_at=now() - timedelta(days=30 - days),
        )
        forum = board.europe if days > 0 else board.asia
        Shadow.objects.create(forum=forum, topic_id=topic.id, title=key, until=now() + timedelta(days=days))
        Session.objects.create(session_key=key, session_data="", expire_date=now() + timedelta(days=days))
    assert tidy.call() == {
        "submissions": 1, "drafts": 0, "rule counts": 0, "addresses": 1, "sessions": 1, "links": 1, "sign-ins": 0, "waiting": 0, "letters": 0, "jobs": 0
    }  # fmt: skip
    assert list(Submission.objects.values_list("post__position", flat=True)) == [2]
    assert list(AddressUse.objects.values_list("address", flat=True)) == ["running"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]
    assert list(Shadow.objects.values_list("title", flat=True)) == ["running"]


def test_the_job_waits_in_the_queue_once(board: Board) -> None:
    for _ in range(3):
        plan_tidying()
    assert DBTaskResult.objects.count() == 1
