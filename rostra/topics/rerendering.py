"""Posts that an older parser rendered: shown by the one in force at once, and stored so by a job.

A post keeps the version of the parser that made its HTML. Pages render what is older again while they are made; the
job goes through all posts by their numbers, some at a time, and the board notes when it is through.
"""

from time import monotonic
from typing import NamedTuple

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from rostra.board.actions import note_parser_version
from rostra.board.queries import conventions_in_force, parser_version
from rostra.kernel.changes import change
from rostra.markup import PARSER_VERSION, Conventions
from rostra.topics.models import Post
from rostra.topics.queries import PostRow, source_of
from rostra.topics.renderings import rendered_again, stored

BATCH = 50  # posts a transaction
SECONDS = 10  # of one job: others wait behind it


def renewed(posts: list[PostRow]) -> list[PostRow]:
    """Posts of one topic as the parser in force renders them."""
    if all(post.parser_version >= PARSER_VERSION for post in posts):
        return posts
    agreed = conventions_in_force()
    return [_renewed(post, agreed) if post.parser_version < PARSER_VERSION else post for post in posts]


def _renewed(post: PostRow, agreed: Conventions) -> PostRow:
    typed = source_of(post.id)
    if typed is None:
        return post
    html = rendered_again(typed.source, typed.markup, agreed).html
    return post._replace(html=html, parser_version=PARSER_VERSION)


def newest_id() -> int:
    """The highest number of a post; 0 on a board without posts."""
    return Post.objects.order_by("-id").values_list("id", flat=True).first() or 0


class Some(NamedTuple):
    """Posts that were rendered again: the id of the last one, and how many."""

    last: int
    number: int


def rerender_some(after: int) -> Some | None:
    """Render the next posts behind an id again; None when there are none.

    A post that is edited meanwhile is left as it is: the edit has rendered it.
    """
    old = Post.objects.filter(id__gt=after, parser_version__lt=PARSER_VERSION).order_by("id")
    rows = list(old.values_list("id", "source", "markup", "edit_count")[:BATCH])
    made = [(number, edits, stored(rendered_again(source, markup))) for number, source, markup, edits in rows]
    with change(is_visible=False):  # kept pages stay good: they say the same
        for number, edits, fields in made:
            Post.objects.filter(id=number, edit_count=edits, parser_version__lt=PARSER_VERSION).update(
                **fields
            )
    return Some(rows[-1][0], len(rows)) if rows else None


@task()
def rerender(after: int) -> int:
    """Go on behind an id for a while, and plan the rest; returns the id that was come to."""
    end = monotonic() + SECONDS
    while monotonic() < end:
        some = rerender_some(after)
        if some is None:
            note_parser_version(version=PARSER_VERSION)
            return after
        after = some.last
    rerender.enqueue(after)
    return after


def plan_rerendering() -> bool:
    """Plan the job when the board was rendered by an older parser and no job waits; returns whether it did."""
    waiting = DBTaskResult.objects.filter(task_path=rerender.module_path, status=TaskResultStatus.READY)
    if parser_version() >= PARSER_VERSION or waiting.exists():
        return False
    with change(is_visible=False):
        rerender.enqueue(0)
    return True
