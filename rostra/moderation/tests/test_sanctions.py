"""Warnings, mutes and bans: what they keep from, when they end, and what follows from many."""

from datetime import timedelta
from typing import Any

import pytest

from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import Group, User
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid, Refused
from rostra.moderation.actions import appeal_case, decide_appeal, reverse_case
from rostra.moderation.models import Case
from rostra.moderation.reasons import Reasons
from rostra.moderation.sanctions import Sanction, points_of, sanction_author
from rostra.topics.models import Post
from tests.cast import Board


@pytest.fixture
def post(board: Board) -> Post:
    return board.reply(board.topic(), "liar", by="carol")


def sanction(board: Board, post: Post, kind: str, by: str = "bob", **more: Any) -> list[Case]:
    rule = Case.objects.values_list("rule__rule_id", flat=True).first() or lay_down_rule(
        author=board.actor("dora"), forum=None, text="Argue with what people say."
    )
    reasons = Reasons(rule, "It calls another member a liar.")
    return sanction_author(
        moderator=board.actor(by),
        forum=board.node(),
        post_id=post.pk,
        sanction=Sanction(kind, **more),
        reasons=reasons,
    )


def carol(board: Board) -> Actor:
    return actor_of(User.objects.get(pk=board.people["carol"].pk))


def may_reply(board: Board, post: Post) -> bool:
    from rostra.topics.policy import why_not_reply

    return why_not_reply(carol(board), board.row(post.topic_id), board.node()) is None


def test_who_is_muted_reads_and_does_not_write_until_it_ends(board: Board, post: Post) -> None:
    (case,) = sanction(board, post, "mute", days=3)
    assert not may_reply(board, post)
    assert not carol(board).is_banned
    assert case.until is not None
    assert timedelta(days=2) < case.until - now() <= timedelta(days=3)
    User.objects.filter(pk=board.people["carol"].pk).update(muted_until=now())
    assert may_reply(board, post)


def test_who_is_banned_is_a_guest_in_the_forums(board: Board, post: Post) -> None:
    sanction(board, post, "ban", days=0)
    assert carol(board).is_banned
    assert board.node().book.holders(carol(board)) == board.node().book.holders(Actor())
    assert not may_reply(board, post)


def test_a_decision_that_is_taken_back_ends_it_and_leaves_another(board: Board, post: Post) -> None:
    (longer,) = sanction(board, post, "mute", days=30)
    (shorter,) = sanction(board, post, "mute", days=3)
    reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=longer.pk)
    assert carol(board).muted_until == Case.objects.get(pk=shorter.pk).until
    reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=shorter.pk)
    assert carol(board).muted_until is None
    assert may_reply(board, post)


def test_points_count_until_they_end_or_are_taken_back_and_many_mute_and_ban(
    board: Board, post: Post
) -> None:
    (first,) = sanction(board, post, "warn", points=4)
    assert may_reply(board, post)
    second, follows = sanction(board, post, "warn", points=4)
    assert (follows.kind, follows.is_automated) == ("mute", True)
    assert "8 points" in follows.facts
    assert not may_reply(board, post)
    assert points_of(board.people["carol"].pk) == 8
    reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=first.pk)
    assert points_of(board.people["carol"].pk) == 4
    Case.objects.filter(pk=second.pk).update(
        decided_at=now() - timedelta(days=99), until=now() - timedelta(days=1)
    )
    assert points_of(board.people["carol"].pk) == 0
    _third, ban = sanction(board, post, "warn", points=12)
    assert ban.kind == "ban"


def test_a_ban_can_be_appealed_by_who_is_banned(board: Board, post: Post) -> None:
    (case,) = sanction(board, post, "ban", days=30)
    appeal_case(member=carol(board), case_id=case.pk, words="It was a quotation.")
    decide_appeal(
        decider=board.actor("dora"), forum=board.node(), case_id=case.pk, is_reversed=True, reasons="It was."
    )
    assert not carol(board).is_banned


@pytest.mark.parametrize("kind", ["warn", "mute", "ban"])
def test_moderators_are_not_sanctioned_and_strangers_sanction_nobody(
    board: Board, post: Post, kind: str
) -> None:
    for stranger in ("alice", "carol"):
        with pytest.raises(Refused):
            sanction(board, post, kind, by=stranger)
    for name in ("bob", "dora"):
        with pytest.raises(Refused):
            sanction(board, board.reply(board.topic(), by=name), kind)
    assert not Case.objects.exists()


def test_who_moderates_another_forum_is_not_banned_from_this_one(board: Board) -> None:
    board.people["erin"] = board._person("erin")
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "erin")
    post = board.reply(board.topic(), by="erin")
    with pytest.raises(Refused):
        sanction(board, post, "ban")


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [("warn", {"points": 0}, "points"), ("warn", {"points": 21}, "points"), ("mute", {"days": -1}, "days"),
     ("ban", {"days": 3651}, "days"), ("praise", {}, "kind")],
)  # fmt: skip
def test_what_cannot_be_is_said(
    board: Board, post: Post, kind: str, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        sanction(board, post, kind, **more)
    assert list(refused.value.faults) == [field]
