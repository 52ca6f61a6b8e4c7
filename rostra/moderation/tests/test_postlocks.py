"""Locking a single post."""

import pytest

from rostra.houserules.actions import lay_down_rule
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.moderation.actions import appeal_case, decide_appeal, reverse_case
from rostra.moderation.models import Case
from rostra.moderation.postlocks import lock_of, lock_post
from rostra.moderation.reasons import Reasons
from rostra.topics.actions import edit_post
from rostra.topics.models import Post
from rostra.topics.removal import withdraw_post
from tests.cast import Board


@pytest.fixture
def reasons(board: Board) -> Reasons:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Say what you changed.")
    return Reasons(rule, "Its words were turned around after others had answered.")


def locked(board: Board, post: Post, reasons: Reasons, who: str = "bob") -> Case:
    return lock_post(moderator=board.actor(who), forum=board.node(), post_id=post.pk, reasons=reasons)


def change(board: Board, post: Post, who: str, body: str = "Something else.") -> None:
    topic = board.row(post.topic_id)
    edit_post(editor=board.actor(who), post_id=post.pk, topic=topic, forum=board.node(), body=body)


def test_the_author_of_a_locked_post_neither_edits_nor_withdraws_it_and_its_moderators_edit_it(
    board: Board, reasons: Reasons
) -> None:
    topic = board.topic()
    post = board.reply(topic)
    case = locked(board, post, reasons)
    assert (case.kind, case.member_name, lock_of(post.pk)) == ("lock_post", "carol", case.pk)
    with pytest.raises(Refused, match="locked by a decision"):
        change(board, post, "carol")
    with pytest.raises(Refused, match="locked by a decision"):
        withdraw_post(
            author=board.actor("carol"), post_id=post.pk, topic=board.row(topic.id), forum=board.node()
        )
    change(board, post, "bob")
    board.people["carol"].refresh_from_db()
    assert board.people["carol"].has_unseen_cases


def test_other_posts_of_the_author_stay_open(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    locked(board, board.reply(topic), reasons)
    change(board, board.reply(topic, by="carol"), "carol")


def test_taken_back_the_author_may_edit_again(board: Board, reasons: Reasons) -> None:
    post = board.reply(board.topic())
    case = locked(board, post, reasons)
    reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=case.pk)
    assert lock_of(post.pk) is None
    change(board, post, "carol")


def test_an_appeal_that_is_agreed_to_unlocks_it(board: Board, reasons: Reasons) -> None:
    post = board.reply(board.topic())
    case = locked(board, post, reasons)
    appeal_case(member=board.actor("carol"), case_id=case.pk, words="I mended a slip of the pen.")
    decide_appeal(
        decider=board.actor("dora"),
        forum=board.node(),
        case_id=case.pk,
        is_reversed=True,
        reasons="So it was.",
    )
    change(board, post, "carol")


def test_it_needs_the_right_the_reasons_and_a_post_that_is_open(board: Board, reasons: Reasons) -> None:
    post = board.reply(board.topic())
    for who in ("alice", "carol"):
        with pytest.raises(Refused):
            locked(board, post, reasons, who)
    with pytest.raises(Invalid):
        locked(board, post, Reasons(reasons.rule, ""))
    with pytest.raises(Gone):
        locked(board, board.reply(board.topic(forum=board.asia)), reasons)
    locked(board, post, reasons)
    with pytest.raises(Gone, match="locked already"):
        locked(board, post, reasons)
    assert Case.objects.count() == 1
