"""Unread marks against a model that remembers every post for every reader: nothing new is missed, nothing read is new."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rostra.board import queries as board_queries
from rostra.filters import queries as filter_queries
from rostra.forums.queries import forest, forget
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid
from rostra.reading import queries as reading
from rostra.topics.models import Post, Topic
from rostra.topics.moving import Chosen, merge_topics, move_posts, move_topic, split_topic
from rostra.topics.removal import remove_post
from rostra.web import fragments, recent, showing
from rostra.web.forums import pages as forum_pages
from rostra.web.topics.articles import Seen
from rostra.web.topics.pages import first_new_position
from tests.cast import Board

READERS = ("alice", "carol")
FORUMS = ("europe", "asia")
number = st.integers(0, 3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.sampled_from(FORUMS)),
        st.tuples(st.just("reply"), number, st.integers(1, 4)),
        st.tuples(st.just("read"), st.sampled_from(READERS), number, number),
        st.tuples(st.just("mark"), st.sampled_from(READERS), st.sampled_from(FORUMS)),
        st.tuples(st.just("remove"), number, number),
        st.tuples(st.just("move"), number, st.sampled_from(FORUMS)),
        st.tuples(st.just("split"), number, number, st.booleans(), st.sampled_from(FORUMS)),
        st.tuples(st.just("bring"), number, number, number),
        st.tuples(st.just("merge"), number, number),
        st.tuples(st.just("visit"), st.sampled_from(READERS), st.sampled_from(FORUMS)),
        st.tuples(st.just("ignore"), st.sampled_from(READERS), number),
        st.tuples(st.just("stop"), st.sampled_from(READERS), number),
    ),
    min_size=4,
    max_size=30,
)


@dataclass
class World:
    """The board, and what the model remembers: which posts each reader has seen."""

    board: Board
    seen: dict[str, set[int]] = field(default_factory=lambda: {name: set() for name in READERS})
    ignored: dict[str, set[int]] = field(default_factory=lambda: {name: set() for name in READERS})

    before: set[int] = field(default_factory=set)

    def topics(self) -> list[Topic]:
        """Those that are there."""
        return list(Topic.objects.filter(removed_at=None).order_by("id"))

    def topic(self, place: int) -> Topic | None:
        """One of them."""
        known = self.topics()
        return known[place % len(known)] if known else None

    def begin(self, forum: str) -> None:
        """A topic."""
        self.board.topic(by="bob", forum=getattr(self.board, forum))

    def reply(self, place: int, times: int) -> None:
        """Some replies to one topic."""
        if topic := self.topic(place):
            for _ in range(times):
                self.board.reply(self.board.row(topic.pk), by="bob")

    def read(self, name: str, place: int, page: int) -> None:
        """A page of a topic, which also counts what stands before it as seen."""
        topic = self.topic(place)
        if topic is None:
            return
        page = page % ((topic.last_position - 1) // 5 + 1) + 1
        client = Client()
        client.force_login(self.board.people[name])
        assert client.get(f"/t/{topic.pk}-{topic.slug}/?page={page}", follow=True).status_code == 200
        shown = Post.objects.filter(topic=topic, position__lte=page * 5, removed_at=None)
        on_page = shown.filter(position__gt=(page - 1) * 5)
        if last := on_page.order_by("-position").first():
            before = Post.objects.filter(topic=topic, position__lte=last.position)
            self.seen[name] |= set(before.values_list("id", flat=True))

    def mark(self, name: str, forum: str) -> None:
        """All of a forum as read."""
        node = getattr(self.board, forum)
        client = Client()
        client.force_login(self.board.people[name])
        client.post(f"/f/{node.pk}-{node.slug}/read/")
        posts = Post.objects.filter(topic__forum=node)
        self.seen[name] |= set(posts.values_list("id", flat=True))

    def remove(self, place: int, post: int) -> None:
        """A reply that is there."""
        if topic := self.topic(place):
            there = Post.objects.filter(topic=topic, position__gt=1, removed_at=None).order_by("position")
            if there:
                chosen = there[post % len(there)]
                node = self._node(topic.forum_id)
                remove_post(moderator=self.board.actor("dora"), post_id=chosen.pk, forum=node)

    def move(self, place: int, forum: str) -> None:
        """A topic into the other forum."""
        if topic := self.topic(place):
            here, there = self._node(topic.forum_id), self._node(getattr(self.board, forum).pk)
            try:
                move_topic(
                    moderator=self.board.actor("dora"), topic=self.board.row(topic.pk), forum=here, to=there
                )
            except Invalid:
                assert here is there

    def split(self, place: int, post: int, is_onward: bool, forum: str) -> None:
        """Some posts into a topic of their own."""
        if topic := self.topic(place):
            to = self._node(getattr(self.board, forum).pk)
            with suppress(Invalid):
                made = split_topic(**self._from(topic, post, is_onward), title="Split", to=to)
                self._came(topic, made.pk)

    def bring(self, place: int, post: int, into: int) -> None:
        """A post into another topic."""
        if topic := self.topic(place):
            target = self.topic(into) or topic
            with suppress(Invalid):
                move_posts(**self._from(topic, post, False), **self._into(target))
                self._came(topic, target.pk)

    def merge(self, place: int, into: int) -> None:
        """A topic into another one."""
        if topic := self.topic(place):
            target = self.topic(into) or topic
            how = self._from(topic, 0, False)
            del how["chosen"]
            with suppress(Invalid):
                merge_topics(**how, **self._into(target), title="Merged")
                self._came(topic, target.pk)

    def _from(self, topic: Topic, post: int, is_onward: bool) -> dict[str, Any]:
        there = Post.objects.filter(topic=topic, removed_at=None).order_by("position")
        self.before = set(Post.objects.filter(topic=topic).values_list("id", flat=True))
        numbers = frozenset({there[post % len(there)].pk})
        return {
            "moderator": self.board.actor("dora"), "topic": self.board.row(topic.pk), "forum": self._node(topic.forum_id),
            "chosen": Chosen(numbers, is_onward),
        }  # fmt: skip

    def _into(self, target: Topic) -> dict[str, Any]:
        return {"into": self.board.row(target.pk), "there": self._node(target.forum_id)}

    def _came(self, source: Topic, target: int) -> None:
        """What was ignored counts as read where it came; behind a post that was not seen all is new again."""
        for name in READERS:
            there = list(Post.objects.filter(topic_id=target).order_by("position"))
            if source.pk in self.ignored[name] and target not in self.ignored[name]:
                self.seen[name] |= {post.pk for post in there if post.pk in self.before}
            unseen = [post for post in there if post.pk not in self.seen[name] and post.removed_at is None]
            if unseen:
                self.seen[name] -= {post.pk for post in there if post.position >= unseen[0].position}
            if not Topic.objects.filter(pk=source.pk, removed_at=None):
                self.ignored[name].discard(source.pk)

    def visit(self, name: str, forum: str) -> None:
        """A forum's page, which must not mark anything."""
        node = getattr(self.board, forum)
        client = Client()
        client.force_login(self.board.people[name])
        html = client.get(f"/f/{node.pk}-{node.slug}/?all=1").content.decode()
        for topic in self.topics():
            if topic.forum_id == node.pk:
                row = html.partition(f'<a href="/t/{topic.pk}-')[0].rpartition("<li class=")[2]
                assert ("unread" in row.partition(">")[0]) == self.is_new(name, topic)

    def ignore(self, name: str, place: int) -> None:
        """A topic, which is not new from then on; what was seen of it stays as it is."""
        self._press(name, place, "ignore")

    def stop(self, name: str, place: int) -> None:
        """A topic is no longer ignored."""
        self._press(name, place, "stop")

    def _press(self, name: str, place: int, do: str) -> None:
        topic = self.topic(place)
        if topic is None:
            return
        client = Client()
        client.force_login(self.board.people[name])
        client.post(f"/t/{topic.pk}-{topic.slug}/ignore", {"do": do})
        if do == "ignore":
            self.ignored[name].add(topic.pk)
        else:
            self.ignored[name].discard(topic.pk)

    def is_new(self, name: str, topic: Topic) -> bool:
        """What the model says."""
        if topic.pk in self.ignored[name]:
            return False
        there = Post.objects.filter(topic=topic, removed_at=None).values_list("id", flat=True)
        return bool(set(there) - self.seen[name])

    def check(self) -> None:
        """What lists and index say is what the model says."""
        for name in READERS:
            person = self.board.people[name]
            since = reading.cutoff(person.joined_at)
            told = {
                row.topic.id
                for row in reading.active_topics(person.pk, since, None, 100, ",")
                if row.is_unread
            }
            expected = {topic.pk for topic in self.topics() if self.is_new(name, topic)}
            assert told == expected, name
            forums = {topic.forum_id for topic in self.topics() if topic.pk in expected}
            assert reading.unread_forums(person.pk, since) == forums, name
            self.check_topics(name)

    def check_topics(self, name: str) -> None:
        """The first new post of each topic is the first that the reader has not seen."""
        actor = self.board.actor(name)
        for topic in self.topics():
            row = self.board.row(topic.pk)
            marks = reading.marks(actor.id or 0, topic.pk, topic.forum_id)
            since = reading.read_since(marks, topic.moved_at, reading.cutoff(actor.joined_at or now()))
            there = Post.objects.filter(topic=topic, removed_at=None).order_by("position")
            unseen = [post.position for post in there if post.pk not in self.seen[name]]
            found = first_new_position(row, Seen(marks.position or 0, since, True))
            assert (found is not None) == bool(unseen), name

    @staticmethod
    def _node(forum_id: int) -> Any:
        return forest(board_queries.stamp().structure).by_id[forum_id]


@pytest.fixture
def small_pages(settings: Any) -> None:
    """So that a topic soon has several."""
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"posts_per_page": 5})


@pytest.mark.django_db
@pytest.mark.usefixtures("small_pages")
@settings(max_examples=80)
@given(steps=steps)
@example([("begin", "asia"), ("begin", "asia"), ("read", "carol", 0, 0), ("reply", 0, 1), ("remove", 0, 0)])
@example([("begin", "asia"), ("begin", "asia"), ("mark", "carol", "europe"), ("move", 0, "europe")])
@example(
    [
        ("begin", "asia"),
        ("reply", 0, 4),
        ("ignore", "alice", 0),
        ("begin", "asia"),
        ("read", "alice", 1, 0),
        ("stop", "alice", 0),
        ("visit", "alice", "asia"),
    ]
)
@example(
    [
        ("begin", "asia"),
        ("ignore", "alice", 0),
        ("mark", "alice", "asia"),
        ("reply", 0, 1),
        ("stop", "alice", 0),
        ("move", 0, "europe"),
    ]
)
@example(
    [
        ("begin", "asia"),
        ("ignore", "alice", 0),
        ("begin", "asia"),
        ("read", "alice", 1, 0),
        ("move", 0, "europe"),
        ("stop", "alice", 0),
    ]
)
@example([("begin", "asia"), ("ignore", "alice", 0), ("read", "alice", 0, 0), ("reply", 0, 1)])
@example(
    [
        ("begin", "asia"),
        ("reply", 0, 4),
        ("reply", 0, 4),
        ("ignore", "alice", 0),
        ("begin", "asia"),
        ("read", "alice", 1, 0),
        ("stop", "alice", 0),
        ("read", "alice", 0, 0),
    ]
)
def test_nothing_new_is_missed_and_nothing_read_is_shown_as_new(steps: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        for module in (board_queries, filter_queries, recent, forum_pages, fragments, showing):
            module.forget()
        forget()
        world = World(Board())
        for verb, *how in steps:
            getattr(world, verb)(*how)
            world.check()
        transaction.set_rollback(True)
