"""Letters: written with their change, sent by a job, tried again, given up."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django_tasks_db.models import DBTaskResult

from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.mail.actions import KEPT, WAITS, forget_letters, post_letter, resume_sending, send
from rostra.mail.models import Letter
from tests.cast import Board
from tests.post import deliver


@pytest.fixture(autouse=True)
def _posts(sends_mail: None) -> None:
    pass


def write(number: int = 1) -> None:
    post_letter(to="alice@example.org", subject=f"Letter\n{number}", body="Words.\n")


def broken(fault: Exception) -> Any:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise fault

    return refuse


def test_a_letter_leaves_by_the_job_and_not_by_the_request(board: Board) -> None:
    write()
    assert mail.outbox == []
    assert deliver() == ["sent"]
    (sent,) = mail.outbox
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert (sent.subject, sent.body, sent.to) == ("Letter 1", "Words.\n", ["alice@example.org"])


def test_a_sent_letter_is_not_kept(board: Board) -> None:
    write()
    deliver()
    assert Letter.objects.count() == 0


def test_a_demo_board_keeps_its_letters(board: Board, settings: Any) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"demo_mail": True})
    write()
    deliver()
    assert Letter.objects.get().sent_at is not None


def fail_after_writing() -> None:
    with change():
        write()
        raise ZeroDivisionError


def test_a_change_that_fails_sends_nothing(board: Board) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_writing()
    assert Letter.objects.count() == DBTaskResult.objects.count() == 0


def test_a_board_without_mail_writes_no_letters(board: Board, settings: Any) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"email_url": ""})
    write()
    assert Letter.objects.count() == 0


def test_a_failure_waits_longer_each_time_and_is_given_up_with_an_error_in_the_log(
    board: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(EmailMessage, "send", broken(ConnectionRefusedError("no server there")))
    write()
    letter = Letter.objects.get()
    waits = []
    for attempt in range(len(WAITS)):
        assert send.call(letter.pk, attempt) == "waits"
        job = DBTaskResult.objects.order_by("-enqueued_at").first()
        assert job is not None
        waits.append(round((job.run_after - now()) / timedelta(minutes=1)))
    assert waits == [1, 5, 30, 120, 360, 720]
    assert send.call(letter.pk, len(WAITS)) == "given up"
    letter.refresh_from_db()
    assert letter.given_up_at is not None
    assert letter.body == "", "its links open accounts"
    final = [record for record in caplog.records if record.levelname == "ERROR"]
    assert [record.getMessage() for record in final] == [
        f"letter {letter.pk} is given up after 7 attempts: no server there"
    ]
    assert "alice@example.org" not in caplog.text


def test_a_recipient_refused_for_good_is_given_up_at_once(
    board: Board, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refused = smtplib.SMTPRecipientsRefused({"alice@example.org": (550, b"no such mailbox")})
    monkeypatch.setattr(EmailMessage, "send", broken(refused))
    write()
    assert deliver() == ["given up"]
    assert "no such mailbox" in caplog.text
    assert "alice@example.org" not in caplog.text


def test_a_mailbox_that_is_full_is_tried_again(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    full = smtplib.SMTPRecipientsRefused({"alice@example.org": (452, b"mailbox full")})
    monkeypatch.setattr(EmailMessage, "send", broken(full))
    write()
    assert send.call(Letter.objects.get().pk, 0) == "waits"
    monkeypatch.undo()


def test_one_attempt_is_made_once_however_many_jobs_there_are(board: Board) -> None:
    write()
    number = Letter.objects.get().pk
    assert [send.call(number, 0), send.call(number, 0)] == ["sent", "nothing to do"]
    assert len(mail.outbox) == 1


def test_a_letter_whose_worker_was_killed_is_planned_again_once(board: Board) -> None:
    write()
    DBTaskResult.objects.all().delete()
    Letter.objects.update(attempts=1)
    assert [resume_sending(), resume_sending()] == [1, 0]
    assert deliver() == ["sent"]


def test_a_second_worker_does_not_send_what_the_first_has_in_hand(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    DBTaskResult.objects.all().delete()
    letter = Letter.objects.get()
    sending = EmailMessage.send

    def while_another_worker_starts(self: EmailMessage) -> int:
        assert resume_sending() == 1
        assert not DBTaskResult.objects.ready().exists()  # those whose time has come
        assert [send.call(letter.pk, attempt) for attempt in (0, 0)] == ["nothing to do"] * 2
        return int(sending(self))

    monkeypatch.setattr(EmailMessage, "send", while_another_worker_starts)
    assert send.call(letter.pk, 0) == "sent"
    assert send.call(letter.pk, 1) == "nothing to do"
    assert len(mail.outbox) == 1


def test_letters_given_up_are_forgotten_after_two_weeks(board: Board) -> None:
    for days in (1, 20):
        Letter.objects.create(
            recipient="a@example.org",
            subject="s",
            body="",
            given_up_at=now(),
            written_at=now() - timedelta(days=days),
        )
    assert timedelta(days=20) > KEPT
    assert forget_letters() == 1
