"""Decisions with their reasons: what the database refuses, what is restored, and who looks at an appeal."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from rostra.accounts.actors import GUEST
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.moderation.actions import (
    appeal_case,
    decide_appeal,
    note_seen,
    refuse_held,
    remove_with_reasons,
    reverse_case,
)
from rostra.moderation.models import Appeal, Case, Hiding
from rostra.moderation.queries import case, cases_of, log, open_appeals
from rostra.moderation.reasons import Reasons
from rostra.topics.actions import post_reply
from rostra.topics.holding import Waits
from rostra.topics.judging import Answer, Judged
from rostra.topics.models import Held, Post, Topic
from tests.cast import Board

TABLES = ("topics_post", "topics_topic", "topics_participant", "forums_forum", "accounts_user", "board_stamp")


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(
        author=board.actor("dora"), forum=None, text="Argue with what people say, not with people."
    )


def reasons(rule: int, **more: Any) -> Reasons:
    return Reasons(rule, "It calls another member a liar three times.", "liar, liar, liar", **more)


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that a removal touches; versions of the board move on, and notices to members are left out."""
    found = {}
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - names of ours
            names = [column[0] for column in cursor.description or ()]
            left_out = {"content", "structure", "has_unseen_cases"}
            found[table] = [
                tuple(value for name, value in zip(names, row, strict=True) if name not in left_out)
                for row in cursor.fetchall()
            ]
    return found


def test_a_removed_post_has_one_case_and_its_author_is_told(board: Board, rule: int) -> None:
    topic = board.topic()
    post = board.reply(topic, "liar, liar, liar", by="carol")
    opened = remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=reasons(rule)
    )
    row = case(opened.pk)
    assert row is not None
    assert (row.kind, row.member_name, row.moderator_name, row.rule_number) == (
        "remove_post",
        "carol",
        "bob",
        1,
    )
    assert row.rule_text == "Argue with what people say, not with people."
    assert Post.objects.get(pk=post.pk).hiding.case_id == opened.pk
    board.people["carol"].refresh_from_db()
    assert board.people["carol"].has_unseen_cases
    note_seen(member=board.actor("carol"), case_id=opened.pk)
    board.people["carol"].refresh_from_db()
    assert not board.people["carol"].has_unseen_cases
    assert [each.id for each in cases_of(board.people["carol"].pk)] == [opened.pk]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rule": 0}, "rule"), ({"facts": "  "}, "facts"), ({"facts": "Short."}, "facts"), ({"facts": "x" * 4001}, "facts"),
        ({"ground": "mood"}, "ground"), ({"source": "gossip"}, "source"),
    ],
)  # fmt: skip
def test_without_good_reasons_nothing_is_removed(
    board: Board, rule: int, change: dict[str, Any], field: str
) -> None:
    post = board.reply(board.topic())
    with pytest.raises(Invalid) as refused:
        remove_with_reasons(
            moderator=board.actor("bob"),
            forum=board.node(),
            post_id=post.pk,
            reasons=reasons(rule)._replace(**change),
        )
    assert list(refused.value.faults) == [field]
    assert Post.objects.get(pk=post.pk).removed_at is None
    assert not Case.objects.exists()


def test_nobody_removes_but_those_who_moderate_there(board: Board, rule: int) -> None:
    post = board.reply(board.topic(forum=board.asia))
    for stranger in (GUEST, board.actor("alice"), board.actor("bob")):
        with pytest.raises(Refused):
            remove_with_reasons(
                moderator=stranger, forum=board.node(board.asia), post_id=post.pk, reasons=reasons(rule)
            )
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"facts": ""}, {"moderator_name": ""}, {"member_name": ""}, {"ground": "mood"}, {"source": "x"}, {"post": None},
        {"rule": None}, {"kind": "lock_topic", "topic": None}, {"until": now()},
    ],
)  # fmt: skip
def test_the_database_refuses_a_case_without_its_reasons(
    board: Board, rule: int, change: dict[str, Any]
) -> None:
    post = board.reply(board.topic())
    opened = remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=reasons(rule)
    )
    Case.objects.filter(pk=opened.pk).update(decided_at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=opened.pk).update(**change)


@pytest.mark.parametrize("which", ["first", "middle", "last", "opening"])
def test_a_decision_that_is_taken_back_leaves_every_row_as_it_was(
    board: Board, rule: int, which: str
) -> None:
    board.topic(title="Another")
    topic = board.topic(title="Tunnels")
    posts = [
        board.reply(topic, f"Reply {number}", by=by) for number, by in enumerate(("carol", "alice", "carol"))
    ]
    opening = Post.objects.get(topic_id=topic.id, position=1)
    post = {"first": posts[0], "middle": posts[1], "last": posts[2], "opening": opening}[which]
    before = snapshot()
    opened = remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=reasons(rule)
    )
    assert snapshot() != before
    reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=opened.pk)
    after = snapshot()
    for table in TABLES:
        assert after[table] == before[table], table
    assert not Hiding.objects.exists()
    with pytest.raises(Refused):
        reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=opened.pk)


def test_an_appeal_is_decided_by_somebody_who_took_no_part(board: Board, rule: int) -> None:
    post = board.reply(board.topic(), by="carol")
    opened = remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=reasons(rule)
    )
    with pytest.raises(Refused):
        appeal_case(member=board.actor("alice"), case_id=opened.pk, words="It was not so.")
    with pytest.raises(Invalid):
        appeal_case(member=board.actor("carol"), case_id=opened.pk, words=" ")
    appeal_case(member=board.actor("carol"), case_id=opened.pk, words="I quoted what he said of himself.")
    with pytest.raises(Refused):
        appeal_case(member=board.actor("carol"), case_id=opened.pk, words="Once more.")
    assert [row.id for row in open_appeals([("remove_post", board.europe.pk)])] == [opened.pk]
    for stranger in ("bob", "carol", "alice"):
        with pytest.raises(Refused):
            decide_appeal(
                decider=board.actor(stranger),
                forum=board.node(),
                case_id=opened.pk,
                is_reversed=True,
                reasons="So be it.",
            )
    decide_appeal(
        decider=board.actor("dora"),
        forum=board.node(),
        case_id=opened.pk,
        is_reversed=True,
        reasons="A quotation.",
    )
    row = case(opened.pk)
    assert row is not None
    assert (row.appeal_outcome, row.appeal_decider, row.reversed_at is not None) == ("reversed", "dora", True)
    assert Post.objects.get(pk=post.pk).removed_at is None
    assert open_appeals([("remove_post", board.europe.pk)]) == []


def test_the_database_itself_refuses_that_who_decided_decides_the_appeal(board: Board, rule: int) -> None:
    post = board.reply(board.topic(), by="carol")
    opened = remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=reasons(rule)
    )
    appeal_case(member=board.actor("carol"), case_id=opened.pk, words="It was not so.")
    decided = {"outcome": "upheld", "reasons": "No.", "decider_name": "bob", "decided_at": now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.update(decider_id=board.people["bob"].pk, **decided)
    Appeal.objects.update(decider_id=board.people["dora"].pk, **decided)


def test_an_appeal_that_is_turned_down_changes_nothing(board: Board, rule: int) -> None:
    post = board.reply(board.topic(), by="carol")
    opened = remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=reasons(rule)
    )
    appeal_case(member=board.actor("carol"), case_id=opened.pk, words="It was not so.")
    with pytest.raises(Invalid):
        decide_appeal(
            decider=board.actor("dora"), forum=board.node(), case_id=opened.pk, is_reversed=False, reasons=""
        )
    decide_appeal(
        decider=board.actor("dora"),
        forum=board.node(),
        case_id=opened.pk,
        is_reversed=False,
        reasons="It was.",
    )
    assert Post.objects.get(pk=post.pk).removed_at is not None
    assert Hiding.objects.get().case_id == opened.pk


def _hold(board: Board, body: str = "One line.") -> Held:
    check = {
        "condition": "own_words < 5",
        "effect": "hold",
        "say": "Only {own_words} words.",
        "remedy": "Say more.",
    }
    lay_down_rule(author=board.actor("dora"), forum=board.node(), text="No one line posts.", check=check)
    topic = board.topic(body="A question that has more than five words in it.")
    with pytest.raises(Waits) as waits:
        post_reply(
            author=board.actor("carol"), topic=board.row(topic.id), forum=board.node(), body=body, token="t1"
        )
    return waits.value.held


def test_a_text_that_is_refused_in_the_queue_has_a_case_and_can_still_be_posted_by_its_reversal(
    board: Board, rule: int
) -> None:
    held = _hold(board)
    assert Post.objects.count() == 1
    opened = refuse_held(
        moderator=board.actor("bob"), forum=board.node(), held_id=held.pk, reasons=reasons(rule)
    )
    assert Held.objects.get(pk=held.pk).state == Held.State.REFUSED
    with pytest.raises(Gone):
        refuse_held(moderator=board.actor("bob"), forum=board.node(), held_id=held.pk, reasons=reasons(rule))
    appeal_case(member=board.actor("carol"), case_id=opened.pk, words="There is nothing more to say.")
    decide_appeal(
        decider=board.actor("dora"), forum=board.node(), case_id=opened.pk, is_reversed=True, reasons="Fair."
    )
    assert Post.objects.get(position=2).source == "One line."
    assert Post.objects.get(position=2).author_name == "carol"


def test_the_log_leaves_out_what_is_not_for_the_reader(board: Board, rule: int) -> None:
    post = board.reply(board.topic())
    opened = remove_with_reasons(
        moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=reasons(rule)
    )
    assert [row.id for row in log(2**62, ",")] == [opened.pk]
    assert log(2**62, f",{board.europe.pk},") == []
    assert log(opened.pk, ",") == []


def test_what_rules_refuse_is_not_posted_until_it_is_contested(board: Board) -> None:
    check = {
        "condition": "own_words < 5",
        "effect": "refuse",
        "say": "Only {own_words} words.",
        "remedy": "Say more.",
    }
    lay_down_rule(
        author=board.actor("dora"), forum=board.node(), text="No one line posts.", check=check, is_waived=True
    )
    topic = board.topic(body="A question that has more than five words in it.", by="dora")
    node = board.node()

    def send(answer: Answer) -> Post:
        row = board.row(topic.id)
        return post_reply(author=board.actor("carol"), topic=row, forum=node, body="No.", answer=answer)

    with pytest.raises(Judged) as judged:
        send(Answer())
    assert judged.value.findings[0].say == "Only 1 words."
    with pytest.raises(Judged):
        send(Answer(is_meant=True))
    with pytest.raises(Waits) as waits:
        send(Answer(is_meant=True, is_contested=True))
    assert waits.value.held.is_contested
    assert Topic.objects.get(pk=topic.id).post_count == 1
