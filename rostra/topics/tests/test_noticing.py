"""A notice of the moderators beside a post."""

import pytest

from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.topics.models import PostMark
from rostra.topics.moving import move_topic
from rostra.topics.noticing import notice_of, put_notice
from rostra.topics.queries import posts_on_page
from rostra.topics.removal import remove_post
from tests.cast import Board

WORDS = "The figures were corrected by the ministry."


def put(board: Board, post: int, words: str = WORDS, who: str = "bob") -> None:
    put_notice(moderator=board.actor(who), post_id=post, forum=board.node(), words=words)


def test_a_notice_stands_with_its_post_is_changed_and_taken_away(board: Board) -> None:
    topic = board.topic()
    post = board.reply(topic)
    put(board, post.pk, f"  {WORDS}\n\n")
    assert [row.notice for row in posts_on_page(topic.id, 1, 20)] == [None, WORDS]
    assert notice_of(post.pk) == (WORDS, "bob")
    put(board, post.pk, "Another.", "dora")
    assert notice_of(post.pk) == ("Another.", "dora")
    put(board, post.pk, "  \u200b ")
    assert notice_of(post.pk) is None
    assert not posts_on_page(topic.id, 1, 20)[1].notice


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_a_member_puts_no_notice_not_even_beside_a_post_of_their_own(board: Board, who: str) -> None:
    post = board.reply(board.topic(), by=who)
    with pytest.raises(Refused):
        put(board, post.pk, who=who)
    assert not PostMark.objects.exists()


def test_a_moderator_of_another_forum_puts_no_notice_by_naming_their_own(board: Board) -> None:
    post = board.reply(board.topic(forum=board.asia))
    with pytest.raises(Gone):
        put(board, post.pk)


def test_what_went_elsewhere_or_away_gets_no_notice(board: Board) -> None:
    topic = board.topic()
    post, other = board.reply(topic), board.reply(topic)
    remove_post(moderator=board.actor("bob"), post_id=other.pk, forum=board.node())
    with pytest.raises(Gone):
        put(board, other.pk)
    move_topic(moderator=board.actor("dora"), topic=topic, forum=board.node(), to=board.node(board.asia))
    with pytest.raises(Gone):
        put(board, post.pk)


def test_a_notice_has_up_to_500_characters(board: Board) -> None:
    post = board.reply(board.topic())
    put(board, post.pk, "x" * 500)
    with pytest.raises(Invalid) as invalid:
        put(board, post.pk, "x" * 501)
    assert list(invalid.value.faults) == ["notice"]
