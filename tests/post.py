"""The postman of the tests: runs the jobs that wait, and reads what was sent."""

import re
from typing import Any

from django.core import mail
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def deliver() -> list[str]:
    """Run every job that waits, also those of later; what each of them said."""
    said = []
    while (job := DBTaskResult.objects.filter(status=TaskResultStatus.READY).first()) is not None:
        job.status = TaskResultStatus.RUNNING
        job.save(update_fields=["status"])
        said.append(str(job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])))
        job.set_successful(None)
    return said


def letters(to: str = "") -> list[Any]:
    """What has arrived, at one address or anywhere; delivered first."""
    deliver()
    return [each for each in mail.outbox if not to or each.to == [to]]


def link_in(letter: Any) -> str:
    """The path of the link that a letter asks its reader to open."""
    found = re.search(r"^https?://[^/\s]+(/\S+)$", letter.body, re.MULTILINE)
    assert found, letter.body
    return found[1]
