"""In a board's own process: long topics are split, moved and merged, and looked at after each. `python -m bench.moved N READERS`."""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - the settings must be ready first
from django.db import connection  # noqa: E402

from bench.bulk import settle  # noqa: E402
from bench.texts import texts  # noqa: E402
from rostra.accounts.actors import actor_of  # noqa: E402
from rostra.accounts.models import User  # noqa: E402
from rostra.board.queries import stamp  # noqa: E402
from rostra.forums.models import Forum  # noqa: E402
from rostra.forums.queries import Node, forest  # noqa: E402
from rostra.importers.counting import recount_everything  # noqa: E402
from rostra.kernel.paging import page_of  # noqa: E402
from rostra.reading.models import ForumMark, TopicMark  # noqa: E402
from rostra.topics import queries  # noqa: E402
from rostra.topics.models import Participant, Post, Topic  # noqa: E402
from rostra.topics.moving import Chosen, merge_topics, move_topic, split_topic  # noqa: E402

BEGIN = datetime(2025, 6, 1, tzinfo=UTC)
LOOKED_AT = 300
Seen = dict[int, set[int]]  # by reader: the posts that were read


class Long:
    """Two long topics in two forums, whose posts were written by turns, and what their readers have seen."""

    def __init__(self, posts: int, readers: int) -> None:
        self.chance = random.Random(10_000)
        self.forums = list(Forum.objects.filter(kind="forum").order_by("id")[:2])
        self.readers = list(User.objects.order_by("id").values_list("id", flat=True)[:readers])
        User.objects.filter(id=self.readers[0]).update(is_admin=True)
        self.moderator = actor_of(User.objects.get(id=self.readers[0]))
        self.topics = [self._topic(place, posts) for place in (0, 1)]
        recount_everything()
        settle()
        self.seen: Seen = {reader: set() for reader in self.readers}
        for topic in self.topics:
            self._read(topic)

    def _topic(self, place: int, posts: int) -> int:
        bodies, names = texts(), dict(User.objects.values_list("id", "name"))
        topic = Topic.objects.create(
            forum=self.forums[place], author_id=self.readers[1], author_name=names[self.readers[1]], title=f"Long {place}",
            slug=f"long-{place}", created_at=BEGIN, last_post_at=BEGIN, post_count=posts, last_position=posts,
        )  # fmt: skip
        rows = []
        for position in range(1, posts + 1):
            author, body = self.chance.choice(self.readers), self.chance.choice(bodies)
            moment = BEGIN + timedelta(minutes=2 * position + place)
            rows.append(
                Post(
                    id=10 * posts + 2 * position + place,
                    topic=topic,
                    author_id=author,
                    author_name=names[author],
                    position=position,
                    created_at=moment,
                    source=body.source,
                    **body.stored,
                )
            )
        Post.objects.bulk_create(rows, batch_size=500)
        topic.last_post_id, topic.last_post_at, topic.newest_position = (
            rows[-1].pk,
            rows[-1].created_at,
            posts,
        )
        topic.save()
        return topic.pk

    def _read(self, topic_id: int) -> None:
        """A third has read up to a post, a third knows the forum up to a time, the others nothing."""
        posts = list(
            Post.objects.filter(topic_id=topic_id).order_by("position").values_list("id", "created_at")
        )
        topic = Topic.objects.get(id=topic_id)
        marks, forum_marks = [], []
        for reader in self.readers:
            how, number = self.chance.randrange(3), self.chance.randrange(1, len(posts))
            if how == 0:
                marks.append(TopicMark(reader_id=reader, topic_id=topic_id, position=number))
            elif how == 1:
                forum_marks.append(
                    ForumMark(reader_id=reader, forum=topic.forum, read_at=posts[number - 1][1])
                )
            if how < 2:
                self.seen[reader] |= {post for post, _at in posts[:number]}
        TopicMark.objects.bulk_create(marks, batch_size=500)
        ForumMark.objects.bulk_create(forum_marks, batch_size=500)

    def node(self, place: int) -> Node:
        """A forum as it is now."""
        return forest(stamp().structure).by_id[self.forums[place].pk]

    def topic(self, topic_id: int) -> queries.TopicRow:
        """A topic as it is now."""
        found = queries.topic(topic_id)
        if found is None:
            raise LookupError(topic_id)
        return found


class Steps:
    """What is done to the topics, one after the other."""

    def __init__(self, long: Long) -> None:
        self.long = long
        self.first, self.second = long.topics
        self.here, self.there = long.node(0), long.node(1)
        self.made = 0

    def split(self) -> None:
        """The second half off."""
        posts = Post.objects.filter(topic_id=self.first)
        middle = posts.values_list("id", flat=True).get(position=posts.count() // 2 + 1)
        chosen = Chosen(frozenset({middle}), is_onward=True)
        self.made = split_topic(
            moderator=self.long.moderator, topic=self.long.topic(self.first), forum=self.here, chosen=chosen,
            title="The second half", to=self.here,
        ).pk  # fmt: skip

    def merge_back(self) -> None:
        """The two halves."""
        self._merge(self.made, self.here, self.first, self.here, "Long 0")

    def move(self) -> None:
        """A topic into the other forum."""
        move_topic(
            moderator=self.long.moderator, topic=self.long.topic(self.first), forum=self.here, to=self.there
        )

    def merge(self) -> None:
        """Both long topics."""
        self._merge(self.first, self.there, self.second, self.there, "Both")

    def _merge(self, source: int, forum: Node, target: int, there: Node, title: str) -> None:
        merge_topics(
            moderator=self.long.moderator, topic=self.long.topic(source), forum=forum, into=self.long.topic(target), there=there,
            title=title,
        )  # fmt: skip

    def each(self, posts: int) -> list[tuple[str, int, Callable[[], None]]]:
        """Every step, with the number of posts that it is done to."""
        return [
            ("split off the second half", posts, self.split), ("merge it back", posts, self.merge_back),
            ("move it to another forum", posts, self.move), ("merge two, their posts by turns", 2 * posts, self.merge),
        ]  # fmt: skip


def wrong_addresses(long: Long) -> int:
    """Posts of a sample whose number does not lead to a page that holds them."""
    posts = list(
        Post.objects.filter(topic_id__in=Topic.objects.filter(title__in=_TITLES).values("id")).values_list(
            "id", flat=True
        )
    )
    wrong, size = 0, settings.ROSTRA.posts_per_page
    for post in long.chance.sample(posts, LOOKED_AT):
        place = queries.place_of(post)
        page = queries.posts_on_page(place.topic_id, page_of(place.position, size), size) if place else []
        wrong += post not in {row.id for row in page}
    return wrong


_TITLES = ("Long 0", "Long 1", "The second half", "Both")


def _counts() -> list[Any]:
    return [
        *Topic.objects.filter(removed_at=None).order_by("id").values_list("id", "post_count", "newest_position", "last_post_id"),
        *Forum.objects.order_by("id").values_list("id", "topic_count", "post_count", "last_post_id"),
        *Participant.objects.order_by("topic_id", "author_id").values_list("topic_id", "author_id", "post_count", "last_post_id"),
        *User.objects.order_by("id").values_list("id", "post_count"),
    ]  # fmt: skip


def wrong_counts() -> int:
    """Kept counts that are not what counting everything again says."""
    before = _counts()
    recount_everything()
    return len(set(before) ^ set(_counts()))


def wrong_marks(long: Long) -> int:
    """Posts that a reader had not read and that count as read, and readers whose mark is not before the first of them."""
    wrong = 0
    for topic in Topic.objects.filter(title__in=_TITLES, removed_at=None):
        posts = list(
            Post.objects.filter(topic=topic).order_by("position").values_list("id", "position", "created_at")
        )
        marks = dict(TopicMark.objects.filter(topic=topic).values_list("reader_id", "position"))
        told = {mark.reader_id: mark for mark in ForumMark.objects.filter(forum_id=topic.forum_id)}
        for reader in long.readers:
            unread = next((at for at, row in enumerate(posts) if row[0] not in long.seen[reader]), len(posts))
            mark = told.get(reader)
            speaks = mark is not None and (topic.moved_at is None or mark.marked_at >= topic.moved_at)
            until = mark.read_at if mark is not None and speaks else BEGIN
            position = marks.get(reader, 0)
            found = next(
                (at for at, row in enumerate(posts) if row[1] > position and row[2] > until), len(posts)
            )
            wrong += found != unread
            long.seen[reader] -= {row[0] for row in posts[unread:]}
    return wrong


def main(posts: int, readers: int) -> None:
    """Do each step, look at all that should follow, and print it as JSON."""
    long, found = Long(posts, readers), []
    for what, number, do in Steps(long).each(posts):
        begin, cpu = time.monotonic(), time.process_time()
        do()
        taken = {"seconds": time.monotonic() - begin, "cpu": time.process_time() - cpu}
        looked = {"addresses": wrong_addresses(long), "counts": wrong_counts(), "marks": wrong_marks(long)}
        found.append({"what": what, "posts": number, **taken, **looked})
        sys.stderr.write(f"{what}: done\n")
    connection.close()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
