"""Moving a topic to where its author or guests may not read it is a decision with its reasons; other moves are none."""

from typing import Any

import pytest

from rostra.accounts.actors import GUEST
from rostra.board.queries import stamp
from rostra.forums.giving import give, set_forum_password
from rostra.forums.models import Forum
from rostra.forums.queries import forest
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.moderation.actions import reverse_case
from rostra.moderation.models import Case
from rostra.moderation.moving import closes, move_with_reasons
from rostra.moderation.queries import case
from rostra.moderation.reasons import Reasons
from rostra.moderation.tests.test_cases import snapshot
from rostra.permissions.resolution import GUESTS, MEMBERS, Holder
from rostra.topics.models import Topic
from rostra.topics.moving import move_topic
from rostra.topics.queries import TopicRow
from tests.cast import Board

FACTS = "It names a child who is missing; the police ask for quiet."


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Give nobody's address away.")


def close_asia(board: Board, *holders: Holder) -> None:
    for holder in holders or (GUESTS, MEMBERS):
        give(giver=board.actor("dora"), holder=holder, place=board.asia.pk, values={"read": "no"})


def moved(board: Board, topic: TopicRow, reasons: Reasons, by: str = "dora") -> Case | None:
    return move_with_reasons(
        moderator=board.actor(by),
        topic=board.row(topic.id),
        forum=board.node(),
        to=board.node(board.asia),
        reasons=reasons,
    )


def move(board: Board, topic: TopicRow, to: Forum) -> None:
    row = board.row(topic.id)
    here = forest(stamp().structure).by_id[row.forum_id]
    move_topic(moderator=board.actor("dora"), topic=row, forum=here, to=board.node(to))


def test_a_move_within_what_everybody_reads_is_no_case(board: Board) -> None:
    topic = board.topic()
    assert moved(board, topic, Reasons(0, "")) is None
    assert board.row(topic.id).forum_id == board.asia.pk
    assert not Case.objects.exists()


@pytest.mark.parametrize("who", ["everybody", "guests", "the author", "password"])
def test_where_the_author_or_guests_lose_reading_reasons_are_needed(
    board: Board, rule: int, who: str
) -> None:
    topic = board.topic()
    if who == "password":
        set_forum_password(giver=board.actor("dora"), place=board.asia.pk, password="open sesame")
    else:
        alice = Holder("member", str(board.people["alice"].pk))
        close_asia(board, *{"everybody": (), "guests": (GUESTS,), "the author": (alice,)}[who])
    if who == "the author":
        give(giver=board.actor("dora"), holder=alice, place=board.asia.pk, values={"read": "never"})
    assert closes(topic, board.node(), board.node(board.asia))
    with pytest.raises(Invalid) as refused:
        moved(board, topic, Reasons(0, ""))
    assert set(refused.value.faults) == {"rule", "facts"}
    assert board.row(topic.id).forum_id == board.europe.pk
    opened = moved(board, topic, Reasons(rule, FACTS))
    assert opened is not None
    row = case(opened.pk)
    assert row is not None
    assert (row.kind, row.topic_id, row.member_name, row.forum_id) == (
        "move_topic", topic.id, "alice", board.europe.pk,
    )  # fmt: skip
    assert board.row(topic.id).forum_id == board.asia.pk


def test_a_topic_that_guests_could_not_read_before_needs_none_for_their_sake(board: Board) -> None:
    for forum in (board.europe, board.asia):
        give(giver=board.actor("dora"), holder=GUESTS, place=forum.pk, values={"read": "no"})
    topic = board.topic()
    assert not closes(topic, board.node(), board.node(board.asia))


@pytest.mark.parametrize("was_moved_before", [False, True])
def test_taken_back_the_topic_is_where_it_was_with_every_row(
    board: Board, rule: int, *, was_moved_before: bool
) -> None:
    topic = board.topic(forum=board.asia if was_moved_before else board.europe)
    board.reply(topic, by="carol")
    if was_moved_before:
        move(board, topic, board.europe)
    close_asia(board)
    before = snapshot()
    opened = moved(board, topic, Reasons(rule, FACTS))
    assert opened is not None
    assert snapshot() != before
    reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=opened.pk)
    assert snapshot() == before


def test_what_was_moved_on_since_is_not_moved_back(board: Board, rule: int) -> None:
    topic = board.topic()
    close_asia(board)
    opened = moved(board, topic, Reasons(rule, FACTS))
    assert opened is not None
    move(board, topic, board.europe)
    with pytest.raises(Gone, match="moved on since"):
        reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=opened.pk)


def test_nobody_moves_so_but_those_who_may_in_both_forums(board: Board, rule: int) -> None:
    topic = board.topic()
    close_asia(board)
    strangers: list[Any] = [GUEST, board.actor("alice"), board.actor("bob")]
    for stranger in strangers:
        with pytest.raises(Refused):
            move_with_reasons(
                moderator=stranger, topic=topic, forum=board.node(), to=board.node(board.asia),
                reasons=Reasons(rule, FACTS),
            )  # fmt: skip
    assert Topic.objects.get().forum_id == board.europe.pk
