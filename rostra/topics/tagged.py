"""Posts that hold a tag of the board's own: rendered anew when the tag is defined, changed or dropped.

No table says which posts these are: a tag changes a few times in the life of a board, and a job may take its time. It
goes through all posts by their numbers, some at a time, and looks for the tag in what was typed. Some minutes later it
looks a second time: what was being written or rendered while the tag changed may have been read with the old one.
"""

from collections.abc import Iterator
from datetime import timedelta
from time import monotonic
from typing import Any, NamedTuple

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from rostra.board.queries import conventions_in_force
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Refused
from rostra.kernel.text import excerpt
from rostra.markup import Rendered
from rostra.topics.counts import EXCERPT_LENGTH
from rostra.topics.models import Post, Topic
from rostra.topics.renderings import rendered_again, stored
from rostra.topics.rerendering import BATCH, SECONDS, newest_id

SPAN = 1000  # numbers of posts that one read looks through
SECOND_LOOK = timedelta(minutes=3)  # behind the first: no request is under way as long
WHILE_CLOSED = timedelta(minutes=5)  # between tries on a board that is read-only


class _Found(NamedTuple):
    id: int
    source: str
    markup: str
    edit_count: int
    html: str


def rerender_posts_with(name: str, after: int) -> Iterator[int]:
    """Render the posts behind an id that hold a tag, some at a time; gives the id that was come to after each step.

    A post that is edited meanwhile is left as it is: the edit has rendered it.
    """
    newest = newest_id()
    while (following := _next_id(after)) is not None and following <= newest:
        after = following - 1  # numbers may have gaps of millions
        span = Post.objects.filter(id__gt=after, id__lte=after + SPAN, markup__in=("bbcode", "both"))
        rows = span.filter(source__icontains=f"[{name}").order_by("id").values_list(*_Found._fields)
        found = [_Found(*row) for row in rows[:BATCH]]
        _render(found)
        after = found[-1].id if len(found) == BATCH else min(after + SPAN, newest)
        yield after


def _next_id(after: int) -> int | None:
    return Post.objects.filter(id__gt=after).order_by("id").values_list("id", flat=True).first()


def _render(found: list[_Found]) -> None:
    agreed = conventions_in_force()
    made = [(post, rendered_again(post.source, post.markup, agreed)) for post in found]
    made = [(post, rendered) for post, rendered in made if rendered.html != post.html]
    if made:
        with change():
            for post, rendered in made:
                _store(post, rendered)


def _store(post: _Found, rendered: Rendered) -> None:
    same = Post.objects.filter(id=post.id, edit_count=post.edit_count)
    if same.update(**stored(rendered)):
        words = excerpt(rendered.own, EXCERPT_LENGTH)
        Topic.objects.filter(last_post_id=post.id).update(last_excerpt=words)


@task()
def rerender_tagged(name: str, after: int, is_last: bool = False) -> int:
    """Go on behind an id for a while, and plan the rest; returns the id that was come to."""
    end = monotonic() + SECONDS
    try:
        for come_to in rerender_posts_with(name, after):
            after = come_to
            if monotonic() >= end and after < newest_id():
                _plan(name, after, is_last=is_last)
                return after
    except Refused:  # the board is read-only for now
        _plan(name, after, is_last=is_last, wait=WHILE_CLOSED)
        return after
    if not is_last:
        _plan(name, 0, is_last=True, wait=SECOND_LOOK)
    return after


def _plan(name: str, after: int, *, is_last: bool = False, wait: timedelta = timedelta(0)) -> None:
    with change(is_visible=False, passes_gates=True):
        rerender_tagged.using(run_after=now() + wait if wait else None).enqueue(name, after, is_last)


def plan_rerendering_of(name: str) -> None:
    """Plan the job for a tag; it begins with the first post, also when another one is on its way."""
    _plan(name, 0)


def resume_rerendering_of_tags() -> int:
    """Plan again what a worker had in hand when it was ended; returns how many jobs. Once too often does no harm."""
    with change(is_visible=False, passes_gates=True):
        stranded = _jobs(TaskResultStatus.RUNNING)
        for job in stranded:
            rerender_tagged.enqueue(*job.args_kwargs["args"])
        DBTaskResult.objects.filter(id__in=[job.id for job in stranded]).update(
            status=TaskResultStatus.FAILED, finished_at=now()
        )
    return len(stranded)


def progress() -> dict[str, int]:
    """The tags whose posts are being rendered anew, each with how much of it is done, in per cent.

    The second look is not told of: what it finds is little or nothing.
    """
    newest, found = newest_id(), dict[str, int]()
    for job in _jobs(TaskResultStatus.READY, TaskResultStatus.RUNNING):
        name, after, is_last = job.args_kwargs["args"]
        if not is_last:
            done = min(after * 100 // newest, 99) if newest else 99
            found[name] = min(done, found.get(name, 100))
    return found


def _jobs(*states: TaskResultStatus) -> "list[DBTaskResult[..., Any]]":
    return list(DBTaskResult.objects.filter(task_path=rerender_tagged.module_path, status__in=states))
