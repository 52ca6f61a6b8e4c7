"""Posts that hold a tag of the board's own: rendered anew when the tag is defined, changed or dropped.

No table says which posts these are: a tag changes a few times in the life of a board, and a job may take its time. It
goes through all posts by their numbers, some at a time, and looks for the tag in what was typed.
"""

from time import monotonic
from typing import NamedTuple

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from rostra.board.queries import conventions_in_force
from rostra.kernel.changes import change
from rostra.kernel.text import excerpt
from rostra.markup import Rendered
from rostra.topics.counts import EXCERPT_LENGTH
from rostra.topics.models import Post, Topic
from rostra.topics.renderings import rendered_again, stored
from rostra.topics.rerendering import SECONDS, newest_id

SPAN = 1000  # numbers of posts that are looked through in a transaction


class _Found(NamedTuple):
    id: int
    source: str
    markup: str
    edit_count: int
    html: str


def rerender_span(name: str, after: int) -> int:
    """Render the posts of the next span of numbers that hold a tag; returns how many are shown differently now.

    A post that is edited meanwhile is left as it is: the edit has rendered it.
    """
    span = Post.objects.filter(id__gt=after, id__lte=after + SPAN, markup__in=("bbcode", "both"))
    rows = span.filter(source__icontains=f"[{name}").order_by("id").values_list(*_Found._fields)
    agreed = conventions_in_force()
    found = [_Found(*row) for row in rows]
    made = [(post, rendered_again(post.source, post.markup, agreed)) for post in found]
    made = [(post, rendered) for post, rendered in made if rendered.html != post.html]
    with change(is_visible=bool(made)):
        for post, rendered in made:
            _store(post, rendered)
    return len(made)


def _store(post: _Found, rendered: Rendered) -> None:
    same = Post.objects.filter(id=post.id, edit_count=post.edit_count)
    if same.update(**stored(rendered)):
        words = excerpt(rendered.own, EXCERPT_LENGTH)
        Topic.objects.filter(last_post_id=post.id).update(last_excerpt=words)


@task()
def rerender_tagged(name: str, after: int) -> int:
    """Go on behind an id for a while, and plan the rest; returns the id that was come to."""
    end, newest = monotonic() + SECONDS, newest_id()
    while after < newest:
        if monotonic() >= end:
            with change(is_visible=False):
                rerender_tagged.enqueue(name, after)
            break
        rerender_span(name, after)
        after += SPAN
    return min(after, newest)


def plan_rerendering_of(name: str) -> None:
    """Plan the job for a tag; it begins with the first post, also when another one is on its way."""
    with change(is_visible=False):
        rerender_tagged.enqueue(name, 0)


def progress() -> dict[str, int]:
    """The tags whose posts are being rendered anew, each with how much of it is done, in per cent."""
    open_jobs = DBTaskResult.objects.filter(
        task_path=rerender_tagged.module_path,
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    )
    newest, found = newest_id(), dict[str, int]()
    for name, after in (job.args_kwargs["args"] for job in open_jobs):
        done = min(after * 100 // newest, 99) if newest else 99
        found[name] = min(done, found.get(name, 100))
    return found
