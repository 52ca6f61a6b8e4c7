"""A topic that moves takes along what its readers had read of it, and nothing else."""

from collections.abc import Callable

from django.test import Client

from rostra.topics.moving import move_topic
from rostra.topics.queries import TopicRow
from tests.cast import Board

SignedIn = Callable[[str], Client]


def move(board: Board, topic: TopicRow, to: str) -> None:
    row = board.row(topic.id)
    forums = {"europe": board.node(), "asia": board.node(board.asia)}
    here = next(forum for forum in forums.values() if forum.id == row.forum_id)
    move_topic(moderator=board.actor("dora"), topic=row, forum=here, to=forums[to])


def is_unread(carol: Client, topic: TopicRow) -> bool:
    return topic.title in carol.get("/unread/").content.decode().partition("<main")[2].partition("<aside")[0]


def test_a_topic_read_by_its_forum_s_mark_stays_read_elsewhere(board: Board, as_person: SignedIn) -> None:
    topic, carol = board.topic(title="Tunnels"), as_person("carol")
    carol.post("/read/")
    move(board, topic, "asia")
    assert not is_unread(carol, topic)


def test_a_mark_of_a_forum_says_nothing_of_a_topic_that_came_there_later(
    board: Board, as_person: SignedIn
) -> None:
    topic, carol = board.topic(title="Tunnels", forum=board.asia), as_person("carol")
    board.topic(title="Newer than that")
    carol.post(f"{board.node().address}read/")
    for forum in ("europe", "asia"):
        move(board, topic, forum)
        assert is_unread(carol, topic), forum
