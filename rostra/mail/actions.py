"""Writing letters, and the job that sends them."""

import logging
import smtplib
from datetime import timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.mail.models import Letter

logger = logging.getLogger(__name__)
# How long to wait after the first failure, the second and so on; after the last one the letter is given up.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
KEPT = timedelta(days=14)
IN_HAND = timedelta(minutes=2)  # longer than an attempt takes (EMAIL_TIMEOUT)


def can_send() -> bool:
    """Does this board send mail at all?"""
    return bool(settings.ROSTRA.email_url)


def post_letter(*, to: str, subject: str, body: str) -> None:
    """Put a letter on its way, in the transaction that is open: it leaves when that one commits.

    On a board without mail nothing is written.
    """
    if not can_send():
        return
    with change(is_visible=False):
        letter = Letter.objects.create(
            recipient=to, subject=" ".join(subject.split())[:200], body=body, written_at=now()
        )
        send.enqueue(letter.pk, 0)


@task()
def send(letter_id: int, attempt: int) -> str:
    """Send a letter; when the mail server does not take it, plan the next attempt. Says what came of it.

    `attempt` counts from 0. A letter that another job took up meanwhile is left to that one, so none is sent twice.
    """
    with change(is_visible=False):
        waiting = Letter.objects.filter(id=letter_id, attempts=attempt, sent_at=None, given_up_at=None)
        if not waiting.update(attempts=attempt + 1):
            return "nothing to do"
    letter = Letter.objects.get(id=letter_id)
    try:
        _message(letter).send()
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        return _after_failure(letter, attempt, fault)
    with change(is_visible=False):
        if settings.ROSTRA.demo_mail:
            Letter.objects.filter(id=letter_id).update(sent_at=now())
        else:
            Letter.objects.filter(id=letter_id).delete()
    return "sent"


def _message(letter: Letter) -> EmailMessage:
    """The mail itself, marked so that no machine answers it (RFC 3834)."""
    sender = settings.DEFAULT_FROM_EMAIL
    number = make_msgid(f"letter{letter.pk}", parseaddr(sender)[1].rpartition("@")[2])
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": number}
    return EmailMessage(letter.subject, letter.body, sender, [letter.recipient], headers=headers)


def _after_failure(letter: Letter, attempt: int, fault: Exception) -> str:
    """Try again later, unless it is of no use. The log names the letter by its number, not by its recipient."""
    said = (
        " ".join(str(fault).split()).replace(letter.recipient, "the recipient")[:300] or type(fault).__name__
    )
    if attempt >= len(WAITS) or _is_final(fault):
        logger.error("letter %d is given up after %d attempts: %s", letter.pk, attempt + 1, said)
        with change(is_visible=False):
            Letter.objects.filter(id=letter.pk).update(given_up_at=now(), body="")
        return "given up"
    logger.warning("letter %d could not be sent, next attempt in %s: %s", letter.pk, WAITS[attempt], said)
    with change(is_visible=False):
        send.using(run_after=now() + WAITS[attempt]).enqueue(letter.pk, attempt + 1)
    return "waits"


def _is_final(fault: Exception) -> bool:
    """5xx to this recipient will not change (RFC 5321, 4.2.1); a wrong password or host may be mended meanwhile."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in fault.recipients.values())
    return isinstance(fault, ValueError)


def resume_sending() -> int:
    """Plan a job for each letter that waits without one: its worker was ended while it sent. Returns how many.

    Or another worker has it in hand at this moment: the job comes later, and finds nothing to do when that one sent it.
    """
    with change(is_visible=False):
        planned = {
            result.args_kwargs["args"][0]
            for result in DBTaskResult.objects.filter(
                task_path=send.module_path, status=TaskResultStatus.READY
            )
        }
        waiting = Letter.objects.filter(sent_at=None, given_up_at=None).exclude(id__in=planned)
        stranded = list(waiting.values_list("id", "attempts"))
        for letter_id, attempts in stranded:
            send.using(run_after=now() + IN_HAND).enqueue(letter_id, attempts)
    return len(stranded)


def forget_letters() -> int:
    """Forget letters that were given up, and a demo board's letters, after two weeks. Returns how many."""
    with change(is_visible=False):
        old = Letter.objects.filter(
            Q(given_up_at__isnull=False) | Q(sent_at__isnull=False), written_at__lt=now() - KEPT
        )
        number, _ = old.delete()
    return number
