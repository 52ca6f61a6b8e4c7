"""A moderator's edit of somebody else's post: it states its reasons, and taken back it leaves nothing behind."""

from typing import Any

import pytest

from rostra.accounts.actors import GUEST
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.moderation.actions import appeal_case, decide_appeal, reverse_case
from rostra.moderation.editing import Edit, edit_with_reasons, must_state_reasons
from rostra.moderation.models import Case, Former, Report
from rostra.moderation.queries import case, former_of
from rostra.moderation.reasons import Reasons
from rostra.moderation.reports import report_post
from rostra.moderation.tests import test_cases
from rostra.topics.actions import edit_post
from rostra.topics.models import Post, Revision, Topic
from rostra.topics.queries import TopicRow, post_source
from tests.cast import Board

FACTS = "It gives the address of another member away."


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Give nobody's address away.")


def edited(board: Board, rule: int, post: Post, edit: Edit, by: str = "bob", **more: Any) -> Case:
    opened = edit_with_reasons(
        moderator=board.actor(by), post_id=post.pk, topic=board.row(post.topic_id), forum=board.node(), edit=edit,
        reasons=Reasons(rule, FACTS, **more),
    )  # fmt: skip
    assert opened is not None
    return opened


def own_edit(board: Board, topic: TopicRow, post: Post, body: str, by: str = "carol", **more: Any) -> None:
    edit_post(
        editor=board.actor(by),
        post_id=post.pk,
        topic=board.row(topic.id),
        forum=board.node(),
        body=body,
        **more,
    )


def snapshot() -> dict[str, Any]:
    revisions = list(Revision.objects.order_by("id").values_list())
    return {**test_cases.snapshot(), "revisions": revisions}


def test_an_edit_of_somebody_elses_post_opens_a_case_that_shows_both_texts(board: Board, rule: int) -> None:
    post = board.reply(board.topic(), "He lives in 5 Elm Street.", by="carol")
    opened = edited(board, rule, post, Edit("He lives somewhere."))
    row, former = case(opened.pk), former_of(opened.pk)
    assert row is not None
    assert former is not None
    assert (row.kind, row.post_id, row.member_name, row.facts) == ("edit_post", post.pk, "carol", FACTS)
    assert (former.source, former.new_source) == ("He lives in 5 Elm Street.", "He lives somewhere.")
    assert Post.objects.get(id=post.pk).source == "He lives somewhere."
    board.people["carol"].refresh_from_db()
    assert board.people["carol"].has_unseen_cases


@pytest.mark.parametrize("is_edited_before", [False, True])
@pytest.mark.parametrize("position", [1, 2])
def test_taken_back_every_row_is_as_it_was(
    board: Board, rule: int, position: int, *, is_edited_before: bool
) -> None:
    topic = board.topic("He lives in Elm Street", "The first text, with @carol in it.", by="carol")
    board.reply(topic, "He lives in 5 Elm Street.", by="carol")
    post = Post.objects.get(topic_id=topic.id, position=position)
    if is_edited_before:
        own_edit(board, topic, post, "An edit of one's own.", reason="clearer")
    before = snapshot()
    title = "He lives somewhere" if position == 1 else None
    opened = edited(board, rule, post, Edit("Another text.", title, "an address"))
    assert snapshot() != before
    reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=opened.pk)
    assert snapshot() == before


def test_what_was_edited_since_is_not_undone_but_an_appeal_can_be_granted(board: Board, rule: int) -> None:
    topic = board.topic()
    post = board.reply(topic, "He lives in 5 Elm Street.", by="carol")
    opened = edited(board, rule, post, Edit("He lives somewhere."))
    own_edit(board, topic, post, "He lives somewhere, I hear.")
    with pytest.raises(Gone, match="edited since"):
        reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=opened.pk)
    row = case(opened.pk)
    assert row is not None
    assert row.reversed_at is None
    appeal_case(member=board.actor("carol"), case_id=opened.pk, words="He gave the address himself.")
    decide_appeal(
        decider=board.actor("dora"),
        forum=board.node(),
        case_id=opened.pk,
        is_reversed=True,
        reasons="So he did.",
    )
    row = case(opened.pk)
    assert row is not None
    assert row.reversed_at is not None
    assert Post.objects.get(id=post.pk).source == "He lives somewhere, I hear."


def test_two_edits_are_taken_back_the_later_first(board: Board, rule: int) -> None:
    post = board.reply(board.topic(), "He lives in 5 Elm Street.", by="carol")
    before = snapshot()
    first = edited(board, rule, post, Edit("He lives in Elm Street."))
    second = edited(board, rule, post, Edit("He lives somewhere."))
    with pytest.raises(Gone):
        reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=first.pk)
    for each in (second, first):
        reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=each.pk)
    assert snapshot() == before


def test_without_reasons_nothing_is_changed_and_without_a_change_none_are_needed(
    board: Board, rule: int
) -> None:
    topic = board.topic()
    post = board.reply(topic, "He lives in 5 Elm Street.", by="carol")
    asked: dict[str, Any] = {"post_id": post.pk, "topic": topic, "forum": board.node()}
    before = snapshot()
    with pytest.raises(Invalid) as refused:
        edit_with_reasons(
            moderator=board.actor("bob"), edit=Edit("Shorter."), reasons=Reasons(0, "typo"), **asked
        )
    assert set(refused.value.faults) == {"rule", "facts"}
    same = Edit("He lives in 5 Elm Street.")
    assert edit_with_reasons(moderator=board.actor("bob"), edit=same, reasons=Reasons(0, ""), **asked) is None
    assert snapshot() == before
    assert not Case.objects.exists()


def test_nobody_edits_so_but_those_who_moderate_there(board: Board, rule: int) -> None:
    topic = board.topic(forum=board.asia, by="carol")
    post = Post.objects.get(topic_id=topic.id)
    for stranger in (GUEST, board.actor("alice"), board.actor("bob"), board.actor("carol")):
        with pytest.raises(Refused):
            edit_with_reasons(
                moderator=stranger, post_id=post.pk, topic=topic, forum=board.node(board.asia), edit=Edit("x"),
                reasons=Reasons(rule, FACTS),
            )  # fmt: skip
    assert Topic.objects.get().title == topic.title
    assert not Former.objects.exists()


def test_of_ones_own_post_one_is_the_author_and_of_one_without_an_account_nobody_is(board: Board) -> None:
    bob = board.actor("bob")
    assert not must_state_reasons(bob, bob.id)
    assert must_state_reasons(bob, board.people["carol"].pk)
    assert must_state_reasons(bob, None)


def test_an_edit_upon_a_report_closes_the_reports(board: Board, rule: int) -> None:
    post = board.reply(board.topic(), "He lives in 5 Elm Street.", by="carol")
    source = post_source(post.pk)
    assert source is not None
    report_post(reporter=board.actor("alice"), post=source, forum=board.node(), rule=rule, words="")
    opened = edited(board, rule, post, Edit("He lives somewhere."), source="report")
    report = Report.objects.get()
    assert (report.outcome, report.case_id) == ("agreed", opened.pk)


def test_a_title_that_was_changed_otherwise_since_stays(board: Board, rule: int) -> None:
    topic = board.topic("He lives in Elm Street", "He lives in 5 Elm Street.", by="carol")
    post = Post.objects.get(topic_id=topic.id)
    opened = edited(board, rule, post, Edit("He lives somewhere.", "He lives somewhere"))
    Topic.objects.filter(id=topic.id).update(title="Two topics in one")
    reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=opened.pk)
    assert Topic.objects.get().title == "Two topics in one"
    assert Post.objects.get(id=post.pk).source == "He lives in 5 Elm Street."
