"""The cast: alice and carol are members, bob moderates Europe, dora is the administrator, guests are nobody."""

from typing import Any

from rostra.accounts.actions import join, join_group
from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import Group, User
from rostra.board import queries as board_queries
from rostra.board.actions import describe_board
from rostra.forums.actions import appoint, found_forum
from rostra.forums.models import Forum
from rostra.forums.queries import Node, forest
from rostra.topics import queries as topic_queries
from rostra.topics.actions import post_reply, post_topic
from rostra.topics.models import Post
from rostra.topics.queries import TopicRow

PASSWORD = "a few quiet words"


class Board:
    """A small board and the people on it."""

    def __init__(self) -> None:
        describe_board(name="Politics Board", short_name="PB", tagline="Where people argue", language="en")
        self.moderators = Group.objects.create(name="Europe Mods")
        self.category = found_forum(name="The world", kind=Forum.Kind.CATEGORY)
        self.europe = found_forum(
            name="Europe", parent=self.category, description="From Lisbon to Tbilisi.",
            rules="No one line posts please.", moderator_groups=[self.moderators],
        )  # fmt: skip
        self.asia = found_forum(name="Asia", parent=self.category)
        self.people = {name: self._person(name) for name in ("alice", "bob", "carol")}
        self.people["dora"] = join(name="dora", email="dora@example.org", password=PASSWORD, is_admin=True)
        join_group(user=self.people["bob"], group=self.moderators)

    @staticmethod
    def _person(name: str) -> User:
        return join(name=name, email=f"{name}@example.org", password=PASSWORD)

    def moderate(self, forum: Forum, group: Group, name: str) -> None:
        """Let somebody moderate a forum, in a group."""
        appoint(forum=forum, group=group)
        join_group(user=self.people[name], group=group)

    def actor(self, name: str) -> Actor:
        """Somebody of the cast, as policies know them."""
        return actor_of(self.people[name])

    def node(self, forum: Forum | None = None) -> Node:
        """A forum in the tree as it is now."""
        return forest(board_queries.stamp().structure).by_id[(forum or self.europe).pk]

    def topic(
        self,
        title: str = "Who pays for the tunnel",
        body: str = "A question.",
        by: str = "alice",
        **more: Any,
    ) -> TopicRow:
        """A topic with its first post."""
        post = post_topic(
            author=self.actor(by), forum=self.node(more.pop("forum", None)), title=title, body=body, **more
        )
        return self.row(post.topic_id)

    def reply(self, topic: TopicRow, body: str = "An answer.", by: str = "carol", token: str = "") -> Post:
        """A reply to a topic."""
        node = forest(board_queries.stamp().structure).by_id[topic.forum_id]
        return post_reply(author=self.actor(by), topic=self.row(topic.id), forum=node, body=body, token=token)

    @staticmethod
    def row(topic_id: int) -> TopicRow:
        """A topic as it is now."""
        found = topic_queries.topic(topic_id)
        assert found is not None
        return found
