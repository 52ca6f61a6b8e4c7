"""Taking posts away and topics elsewhere: who may, and which counts follow."""

import pytest

from rostra.accounts.models import User
from rostra.forums.models import Forum
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.topics.actions import arrange_topic
from rostra.topics.models import Participant
from rostra.topics.moving import move_topic
from rostra.topics.removal import remove_post
from tests.cast import Board


def posts_of(board: Board, name: str) -> int:
    return User.objects.get(pk=board.people[name].pk).post_count


def test_only_moderators_of_the_forum_take_a_reply_away(board: Board) -> None:
    topic = board.topic(forum=board.asia)
    post = board.reply(topic)
    for name in ("carol", "alice", "bob"):  # bob moderates Europe only
        with pytest.raises(Refused, match="moderators"):
            remove_post(moderator=board.actor(name), post_id=post.pk, forum=board.node(board.asia))
    assert board.row(topic.id).post_count == 2


def test_a_reply_taken_away_is_no_longer_counted_for_its_author(board: Board) -> None:
    topic = board.topic()
    posts = [board.reply(topic) for _ in range(2)]
    carol = Participant.objects.filter(topic_id=topic.id, author_id=board.people["carol"].pk)
    for left, post in ((1, posts[1]), (0, posts[0])):
        remove_post(moderator=board.actor("bob"), post_id=post.pk, forum=board.node())
        assert posts_of(board, "carol") == left
        assert list(carol.values_list("post_count", flat=True)) == ([left] if left else [])


def test_a_topic_moves_only_between_forums_that_its_mover_moderates(board: Board) -> None:
    topic = board.topic()
    board.reply(topic)
    europe, asia = board.node(), board.node(board.asia)
    with pytest.raises(Refused, match="moderators"):
        move_topic(moderator=board.actor("bob"), topic=topic, forum=europe, to=asia)
    with pytest.raises(Invalid, match="cannot take"):
        move_topic(moderator=board.actor("dora"), topic=topic, forum=europe, to=europe)
    move_topic(moderator=board.actor("dora"), topic=topic, forum=europe, to=asia)
    counts = {forum.name: (forum.topic_count, forum.post_count) for forum in Forum.objects.all()}
    assert (counts["Europe"], counts["Asia"]) == ((0, 0), (1, 2))


def test_what_moved_away_meanwhile_is_gone_for_who_was_asked_for_its_old_forum(board: Board) -> None:
    topic = board.topic()
    post = board.reply(topic)
    europe, asia = board.node(), board.node(board.asia)
    move_topic(moderator=board.actor("dora"), topic=topic, forum=europe, to=asia)
    with pytest.raises(Gone, match="moved to another forum"):
        move_topic(moderator=board.actor("dora"), topic=topic, forum=europe, to=asia)
    with pytest.raises(Gone, match="moved to another forum"):
        remove_post(moderator=board.actor("bob"), post_id=post.pk, forum=europe)
    with pytest.raises(Gone, match="moved to another forum"):
        arrange_topic(moderator=board.actor("bob"), topic=topic, forum=europe, is_locked=True)
    assert not board.row(topic.id).is_locked
