"""The daily job: it forgets what nobody needs any more, and puts the next day's job in the queue."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from rostra.accounts.actions import forget_sign_ins, forget_waiting
from rostra.bans.actions import forget_uses
from rostra.drafts.actions import forget_drafts
from rostra.houserules.counting import forget_old_hits
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Refused
from rostra.mail.actions import forget_letters
from rostra.topics.actions import forget_submissions
from rostra.topics.models import Shadow

KEPT_JOBS = timedelta(days=14)


@task()
def tidy() -> dict[str, int]:
    """Forget what nobody needs: old forms and drafts, ended sessions, late sign-ups, old letters and jobs, old counts of house rules, addresses that members used, links to topics that went. Returns how many."""
    try:
        return _forgotten()
    except Refused:  # the board is read-only: there is another day
        return {}
    finally:
        plan_tidying(after=timedelta(days=1))


def _forgotten() -> dict[str, int]:
    forgotten = {
        "submissions": forget_submissions(),
        "drafts": forget_drafts(),
        "rule counts": forget_old_hits(),
        "addresses": forget_uses(),
    }
    with change(is_visible=False):
        forgotten["sessions"], _ = Session.objects.filter(expire_date__lt=now()).delete()
        forgotten["links"], _ = Shadow.objects.filter(until__lte=now()).delete()
        forgotten["sign-ins"] = forget_sign_ins()
        forgotten["waiting"], forgotten["letters"] = forget_waiting(), forget_letters()
        old = DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEPT_JOBS)
        forgotten["jobs"], _ = old.delete()
    return forgotten


def plan_tidying(*, after: timedelta = timedelta()) -> None:
    """Put the job in the queue, unless it waits there already."""
    waiting = DBTaskResult.objects.filter(task_path=tidy.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        tidy.using(run_after=now() + after).enqueue()
