"""In a board's own process: making a board of N posts. `python -m bench.making N`."""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - the settings must be ready first
from django.db import connection, transaction  # noqa: E402

from bench import bulk, shapes  # noqa: E402
from bench.places import Place  # noqa: E402
from bench.texts import texts  # noqa: E402
from rostra.accounts.models import User  # noqa: E402
from rostra.accounts.skeletons import skeleton  # noqa: E402
from rostra.cli.database import prepare  # noqa: E402
from rostra.forums.models import Forum  # noqa: E402
from rostra.importers.counting import recount_everything  # noqa: E402
from rostra.kernel.changes import change  # noqa: E402
from rostra.kernel.text import name_key, slug  # noqa: E402
from rostra.topics.models import Topic  # noqa: E402
from rostra.web.assets import collect  # noqa: E402

BATCH = 50_000
BEGIN, SPAN = datetime(2015, 1, 1, tzinfo=UTC), timedelta(days=3650)
_SECONDS_BETWEEN_LINES = 5
NO_PASSWORD = "!"  # noqa: S105 - nobody signs in with it


def make(posts: int) -> None:
    """Fill the empty board that the environment names."""
    prepare()
    collect()
    if Topic.objects.exists():
        sys.exit("bench: this board has topics already; name another directory or an empty database")
    begin = time.monotonic()
    bulk.prepare_for_bulk()
    with change(is_structural=True):
        _make_forums()
        names = _make_members(shapes.members(posts))
    _make_posts(posts, names)
    made = time.monotonic()
    bulk.settle()  # PostgreSQL plans the counting badly without statistics
    recount_everything()
    bulk.settle()
    seconds = time.monotonic() - begin
    rate = posts / (made - begin)
    sys.stderr.write(
        f"made {posts:,} posts in {made - begin:.1f} s ({rate:,.0f} posts/s), with counts {seconds:.1f} s "
        f"({posts / seconds:,.0f} posts/s)\n"
    )
    Place(settings.ROSTRA.data, settings.ROSTRA.database_url).note(posts)


def _make_forums() -> None:
    """Categories, forums in them, and below some forums another level."""
    first, second = shapes.CATEGORIES, shapes.CATEGORIES + shapes.FORUMS
    for number in range(1, second + shapes.SUBFORUMS + 1):
        parent = None
        if number > second:
            parent = first + 1 + (number - second - 1) % shapes.FORUMS
        elif number > first:
            parent = 1 + (number - first - 1) % shapes.CATEGORIES
        name = f"Category {number}" if number <= first else f"Forum {number}"
        Forum.objects.create(
            id=number, parent_id=parent, kind="category" if number <= first else "forum", place=number, name=name,
            slug=slug(name, "forum"), description="What is said here, in a sentence of some length.",
        )  # fmt: skip


def _make_members(number: int) -> list[str]:
    """Names by id, with an empty one at 0."""
    names = ["", *(f"Member {place:06}" for place in range(1, number + 1))]
    joined = [BEGIN - timedelta(days=1 + place % 1000) for place in range(number + 1)]
    User.objects.bulk_create(
        (
            User(id=place, name=names[place], name_key=name_key(names[place]), name_skeleton=skeleton(names[place]), joined_at=joined[place], password=NO_PASSWORD)
            for place in range(1, number + 1)
        ),
        batch_size=500,
    )  # fmt: skip
    return names


def _make_posts(posts: int, names: list[str]) -> None:
    """Posts in the order of time, a transaction for each batch; every batch leaves the topics' rows right."""
    bodies, shape = texts(), shapes.Shape(posts)
    zone = "" if connection.vendor == "sqlite" else "+00"
    rows: list[bulk.Row] = []
    touched: dict[int, shapes.TopicState] = {}
    progress = _Progress(posts)
    for number, topic in enumerate(shape.topics(), start=1):
        moment = (BEGIN + SPAN * (number / posts)).replace(microsecond=0, tzinfo=None)
        topic.position += 1
        topic.last_post_id, topic.last_post_at = number, moment.isoformat(" ") + zone
        topic.last_author, topic.last_text = shape.author(), (topic.id * 37 + topic.position) % len(bodies)
        if topic.position == 1:
            topic.author, topic.created_at = topic.last_author, topic.last_post_at
        touched[topic.id] = topic
        rows.append(bulk.post_row(topic, bodies[topic.last_text], names[topic.last_author]))
        if len(rows) == BATCH or number == posts:
            with transaction.atomic():
                bulk.store_topics(touched.values(), names, bodies)
                bulk.store_posts(rows)
            rows, touched = [], {}
            progress.show(number)


class _Progress:
    def __init__(self, total: int) -> None:
        self._total = total
        self._begin = self._told = time.monotonic()

    def show(self, done: int) -> None:
        now = time.monotonic()
        if now - self._told >= _SECONDS_BETWEEN_LINES and done < self._total:
            self._told = now
            rate = done / (now - self._begin)
            sys.stderr.write(
                f"making: {done:,} of {self._total:,} posts, {rate:,.0f} posts/s, {(self._total - done) / rate:.0f} s left\n"
            )


if __name__ == "__main__":
    Path(settings.ROSTRA.data).mkdir(parents=True, exist_ok=True)
    make(int(sys.argv[1]))
