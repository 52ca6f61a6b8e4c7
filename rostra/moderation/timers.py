"""What is done to a topic at a time: locked, opened, no longer sticky.

A job acts when the time comes. What was done by hand before, or called off, is not done again. A lock is decided when it
is set, with its reasons, and its case is opened when it acts; it needs that whoever set it may still lock there. What
takes a restriction away, or a place in the list, was promised to readers and is done in any case.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from rostra.accounts.actors import Actor, actor_of
from rostra.board.queries import stamp
from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node, forest
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refused, refuse
from rostra.kernel.statements import Statement
from rostra.moderation.events import TimerEnded, TimerSet
from rostra.moderation.models import Case, Timer
from rostra.moderation.opening import open_case
from rostra.moderation.reasons import Checked, Reasons, checked_reasons
from rostra.permissions.capabilities import May
from rostra.topics.events import TopicArranged
from rostra.topics.models import Topic
from rostra.topics.queries import TopicRow

LONGEST = timedelta(days=366)
AGAIN = timedelta(minutes=10)  # while the board is read-only
TIMER_NEEDS = {
    Timer.Deed.LOCK: May.MOD_LOCK,
    Timer.Deed.OPEN: May.MOD_LOCK,
    Timer.Deed.UNPIN: May.MOD_PIN,
}
_tellers: list[Callable[[Case], None]] = []


class TimerRow(NamedTuple):
    """A timer that has not acted yet."""

    id: int
    deed: str
    due_at: datetime
    moderator_id: int | None
    moderator_name: str


_OF_TOPIC = Statement(
    "moderation.timers_of_topic",
    TimerRow,
    """SELECT id, deed, due_at, moderator_id, moderator_name FROM moderation_timer
       WHERE topic_id = %s AND ended_at IS NULL""",
    sample=[1],
)


def timers_of(topic: TopicRow) -> list[TimerRow]:
    """What will be done to a topic, the next first; nothing is asked for where there is none."""
    return sorted(_OF_TOPIC.all(topic.id), key=lambda row: row.due_at) if topic.is_timed else []


def tell_by(teller: Callable[[Case], None]) -> None:
    """Have `teller` write to the member whom a case concerns that a timer opened, in the same transaction."""
    if teller not in _tellers:
        _tellers.append(teller)


def set_timer(
    *,
    moderator: Actor,
    topic: TopicRow,
    forum: Node,
    deed: str,
    due_at: datetime | None,
    reasons: Reasons | None = None,
) -> Timer:
    """Have something done to a topic at a time; one that was set for the same is called off. A lock states its reasons.

    Raises Refused by policy, Invalid by field, Gone when the topic went to another forum.
    """
    if deed not in Timer.Deed.values:
        raise Invalid(deed=_("Choose what is to be done."))
    refuse(why_not_moderate(moderator, forum, TIMER_NEEDS[Timer.Deed(deed)]))
    about, faults = {}, dict[str, str]()
    if deed == Timer.Deed.LOCK:
        try:
            about = checked_reasons(reasons or Reasons(0, ""), forum)._asdict()
            about.pop("is_automated")
        except Invalid as invalid:
            faults = invalid.faults
    due = _due(due_at, faults)
    with change() as this:
        row = Topic.objects.select_for_update().filter(id=topic.id, forum_id=forum.id).first()
        if row is None:
            raise Gone(_("This topic was moved to another forum meanwhile. Open it again."))
        _check_sense(row, deed, due)
        _end(Timer.objects.filter(topic_id=row.pk, deed=deed, ended_at=None), Timer.Outcome.DROPPED)
        timer = Timer.objects.create(
            topic=row, deed=deed, due_at=due, moderator_id=moderator.id, moderator_name=moderator.name, set_at=now(),
            **about,
        )  # fmt: skip
        _note_whether_timed(row.pk)
        act_when_due.using(run_after=due).enqueue(timer.pk)
        this.record(TimerSet(timer=timer.pk))
    return timer


def drop_timer(*, moderator: Actor, forum: Node, topic_id: int, timer_id: int) -> None:
    """Call it off. Raises Refused by policy, Gone when it has acted or was called off already."""
    with change() as this:
        Topic.objects.select_for_update().filter(id=topic_id, forum_id=forum.id).first()
        timer = Timer.objects.filter(
            id=timer_id, topic_id=topic_id, topic__forum_id=forum.id, ended_at=None
        ).first()
        if timer is None:
            raise Gone(_("This was done, or called off, meanwhile."))
        refuse(why_not_moderate(moderator, forum, TIMER_NEEDS[Timer.Deed(timer.deed)]))
        _end(Timer.objects.filter(id=timer.pk), Timer.Outcome.DROPPED)
        _note_whether_timed(topic_id)
        this.record(TimerEnded(timer=timer.pk, is_done=False))


def drop_overtaken(*, topic_id: int) -> None:
    """A topic was arranged by hand: what a timer would do, and is so now, is called off."""
    waiting = Timer.objects.filter(topic_id=topic_id, ended_at=None)
    with change():
        topic = Topic.objects.select_for_update().filter(id=topic_id, is_timed=True).first()
        if topic is None:
            return
        turn = waiting.filter(deed__in=[Timer.Deed.LOCK, Timer.Deed.OPEN]).order_by("due_at").first()
        if turn is not None and (turn.deed == Timer.Deed.LOCK) == topic.is_locked:
            _end(waiting.filter(id=turn.pk), Timer.Outcome.DROPPED)
        if topic.kind == Topic.Kind.NORMAL:
            _end(waiting.filter(deed=Timer.Deed.UNPIN), Timer.Outcome.DROPPED)
        _note_whether_timed(topic_id)


def act_on(timer_id: int) -> str:
    """Do what is due, once; says what came of it. Raises Refused while the board is read-only."""
    with change() as this:
        topic_id = Timer.objects.values_list("topic_id", flat=True).filter(id=timer_id).first()
        topic = Topic.objects.select_for_update().filter(id=topic_id or 0).first()
        timer = Timer.objects.select_for_update().filter(id=timer_id, ended_at=None).first()
        if topic is None or timer is None:
            return "nothing to do"
        if timer.due_at > now():  # the clocks of two machines differ
            act_when_due.using(run_after=timer.due_at).enqueue(timer.pk)
            return "too early"
        is_done = topic.removed_at is None and _act(timer, topic)
        outcome = Timer.Outcome.DONE if is_done else Timer.Outcome.MOOT
        _end(Timer.objects.filter(id=timer.pk), outcome)
        _note_whether_timed(topic.pk)
        this.record(TimerEnded(timer=timer.pk, is_done=is_done))
    return str(outcome)


@task()
def act_when_due(timer_id: int) -> str:
    """The job of a timer."""
    try:
        return act_on(timer_id)
    except Refused:  # the board is read-only: as soon as it is not
        act_when_due.using(run_after=now() + AGAIN).enqueue(timer_id)
        return "waits"


def resume_timers() -> int:
    """Plan a job for each timer that waits without one: its worker was ended while it acted. Returns how many."""
    jobs = DBTaskResult.objects.filter(task_path=act_when_due.module_path, status=TaskResultStatus.READY)
    with change(is_visible=False, passes_gates=True):
        planned = {job.args_kwargs["args"][0] for job in jobs}
        stranded = list(
            Timer.objects.filter(ended_at=None).exclude(id__in=planned).values_list("id", "due_at")
        )
        for timer_id, due_at in stranded:
            act_when_due.using(run_after=max(due_at, now())).enqueue(timer_id)
    return len(stranded)


def _act(timer: Timer, topic: Topic) -> bool:
    """Do it to a topic whose row is locked; whether there was anything to do."""
    if timer.deed == Timer.Deed.LOCK:
        return not topic.is_locked and _lock(timer, topic)
    if timer.deed == Timer.Deed.OPEN:
        return topic.is_locked and _arrange(timer, topic, is_locked=False)
    return topic.kind != Topic.Kind.NORMAL and _arrange(timer, topic, kind=Topic.Kind.NORMAL)


def _lock(timer: Timer, topic: Topic) -> bool:
    forum = forest(stamp().structure).by_id.get(topic.forum_id)
    moderator = actor_of(timer.moderator) if timer.moderator else None
    if forum is None or moderator is None or why_not_moderate(moderator, forum, May.MOD_LOCK) is not None:
        return False
    _arrange(timer, topic, is_locked=True)
    if timer.rule is None:
        raise ValueError("the database holds no lock without its rule")
    said = Checked(timer.rule, timer.facts, timer.quoted, timer.ground, timer.source, False)
    about = {"topic_id": topic.pk, "member_id": topic.author_id, "member_name": topic.author_name}
    opened = open_case(Case.Kind.LOCK_TOPIC, moderator, forum, said, about)
    for tell in _tellers:
        tell(opened)
    return True


def _arrange(timer: Timer, topic: Topic, **fields: Any) -> bool:
    with change() as this:
        Topic.objects.filter(id=topic.pk).update(**fields)
        this.record(TopicArranged(topic=topic.pk, moderator=timer.moderator_id or 0))
    return True


def _due(due_at: datetime | None, faults: dict[str, str]) -> datetime:
    """The time when it can be one. Raises Invalid with this fault and those that were found before."""
    if due_at is None:
        faults["due"] = _("Say when.")
    elif due_at <= now():
        faults["due"] = _("This time is over: name a later one.")
    elif due_at > now() + LONGEST:
        faults["due"] = _("At most %(days)s days ahead, please.") % {"days": LONGEST.days}
    if faults or due_at is None:
        raise Invalid(**faults)
    return due_at


def _check_sense(topic: Topic, deed: str, due: datetime) -> None:
    """Raises Invalid when it would be so already at that time."""
    other = {Timer.Deed.LOCK: Timer.Deed.OPEN, Timer.Deed.OPEN: Timer.Deed.LOCK}.get(Timer.Deed(deed))
    turns = Timer.objects.filter(topic=topic, deed=other or "", ended_at=None, due_at__lt=due).exists()
    if deed == Timer.Deed.LOCK and topic.is_locked and not turns:
        raise Invalid(due=_("This topic is locked already."))
    if deed == Timer.Deed.OPEN and not topic.is_locked and not turns:
        raise Invalid(due=_("This topic is open, and no lock is set for a time before that."))
    if deed == Timer.Deed.UNPIN and topic.kind == Topic.Kind.NORMAL:
        raise Invalid(due=_("This topic is neither sticky nor an announcement."))


def _end(timers: Any, outcome: Timer.Outcome) -> None:
    timers.update(ended_at=now(), outcome=outcome)


def _note_whether_timed(topic_id: int) -> None:
    waits = Timer.objects.filter(topic_id=topic_id, ended_at=None).exists()
    Topic.objects.filter(id=topic_id).update(is_timed=waits)
