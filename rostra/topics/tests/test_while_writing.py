"""The topic changed between the reading of it and the writing: the policy is asked again, with its row locked."""

import pytest

from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Refused
from rostra.topics.actions import edit_post, post_reply
from rostra.topics.models import Topic
from rostra.topics.policy import why_not_withdraw
from rostra.topics.queries import post_source
from rostra.topics.removal import withdraw_post
from tests.cast import Board


def test_a_topic_removed_while_somebody_writes_takes_no_reply(board: Board) -> None:
    stale = board.topic()
    Topic.objects.filter(id=stale.id).update(removed_at=now())
    with pytest.raises(Gone, match="while you were writing"):
        post_reply(author=board.actor("carol"), topic=stale, forum=board.node(), body="Late")


def test_a_topic_locked_while_somebody_edits_keeps_its_post(board: Board) -> None:
    stale = board.topic()
    Topic.objects.filter(id=stale.id).update(is_locked=True)
    with pytest.raises(Refused, match="locked"):
        edit_post(
            editor=board.actor("alice"), post_id=stale.last_post_id or 0, topic=stale, forum=board.node(), body="Late"
        )  # fmt: skip


def test_in_a_locked_topic_nobody_takes_a_post_back(board: Board) -> None:
    stale = board.topic()
    Topic.objects.filter(id=stale.id).update(is_locked=True)
    alice, post = board.actor("alice"), post_source(stale.last_post_id or 0)
    assert post is not None
    assert why_not_withdraw(alice, post, stale, board.node()) is None
    refusal = why_not_withdraw(alice, post, board.row(stale.id), board.node())
    assert refusal is not None
    assert "locked" in refusal.reason
    with pytest.raises(Refused, match="locked"):
        withdraw_post(author=alice, post_id=post.id, topic=stale, forum=board.node())
