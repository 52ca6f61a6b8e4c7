"""What is deleted for good, when it may be, and that nothing of it is left."""

from typing import Any

import pytest

from rostra.houserules.actions import lay_down_rule
from rostra.kernel.refusals import Refused
from rostra.moderation.actions import appeal_case, decide_appeal, remove_with_reasons
from rostra.moderation.models import Case
from rostra.moderation.purging import purge
from rostra.moderation.reasons import Reasons
from rostra.topics.models import Post
from rostra.topics.queries import TopicRow
from tests.cast import Board

FACTS = "It threatens a named person with violence."


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind to each other.")


def removed(board: Board, rule: int, post: Post, **more: Any) -> Case:
    reasons = Reasons(rule, FACTS, ground="law", **more)
    return remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=reasons
    )


def opening(topic: TopicRow) -> Post:
    return Post.objects.get(topic_id=topic.id, position=1)


def test_a_topic_is_kept_while_somebody_appeals_a_decision_about_one_of_its_posts(
    board: Board, rule: int
) -> None:
    topic = board.topic("Bad", "Bad words.")
    post = board.reply(topic, "What carol said.")
    earlier = removed(board, rule, post)
    appeal_case(member=board.actor("carol"), case_id=earlier.pk, words="Not fair.")
    decision = removed(board, rule, opening(topic))
    with pytest.raises(Refused, match="Another decision about it was appealed"):
        purge(moderator=board.actor("dora"), forum=board.node(), case_id=decision.pk)
    post.refresh_from_db()
    assert post.source == "What carol said."
    decide_appeal(
        decider=board.actor("dora"), forum=board.node(), case_id=earlier.pk, is_reversed=False, reasons="It stands."
    )  # fmt: skip
    purge(moderator=board.actor("dora"), forum=board.node(), case_id=decision.pk)
    post.refresh_from_db()
    assert post.source == ""


def test_an_appeal_about_another_topic_keeps_nothing(board: Board, rule: int) -> None:
    elsewhere = removed(board, rule, board.reply(board.topic("Another")))
    appeal_case(member=board.actor("carol"), case_id=elsewhere.pk, words="Not fair.")
    decision = removed(board, rule, opening(board.topic("Bad")))
    purge(moderator=board.actor("dora"), forum=board.node(), case_id=decision.pk)
    assert Case.objects.get(pk=decision.pk).purged_at is not None
