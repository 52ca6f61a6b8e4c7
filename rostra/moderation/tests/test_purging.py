"""What is deleted for good, when it may be, and that nothing of it is left."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, TextField

from rostra.accounts.actions import join
from rostra.board.queries import stamp
from rostra.drafts.actions import save_draft
from rostra.forums.queries import forest
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Refused
from rostra.moderation.actions import appeal_case, decide_appeal, remove_with_reasons, reverse_case
from rostra.moderation.editing import Edit, edit_with_reasons
from rostra.moderation.models import Case, LogEntry, Report
from rostra.moderation.purging import purge
from rostra.moderation.reasons import Reasons
from rostra.moderation.sanctions import Sanction, sanction_author
from rostra.moderation.spam import clean_spam, sweep_of
from rostra.topics.actions import arrange_topic
from rostra.topics.models import Held, Post, Topic
from rostra.topics.moving import merge_topics, move_topic
from rostra.topics.noticing import put_notice
from rostra.topics.queries import TopicRow
from tests.cast import PASSWORD, Board

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


def texts_with(word: str) -> set[str]:
    """The columns of any table in which a word stands."""
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, CharField | TextField)
        and model._default_manager.filter(**{f"{field.name}__contains": word}).exists()
    }


def test_nothing_is_left_anywhere_of_a_topic_that_is_deleted_for_good(board: Board, rule: int) -> None:
    asia, dora = board.node(board.asia), board.actor("dora")
    topic = board.topic("Zanzibar title", "Zanzibar opening.", forum=board.asia)
    post = board.reply(topic, "Zanzibar reply.")
    quoting = Reasons(rule, FACTS, quoted="Zanzibar passage")
    sanction_author(
        moderator=dora, forum=asia, post_id=post.pk, sanction=Sanction("warn"), reasons=quoting
    )  # fmt: skip
    edit_with_reasons(
        moderator=dora, post_id=post.pk, topic=board.row(topic.id), forum=asia, reasons=quoting,
        edit=Edit("Zanzibar edited.", reason="Zanzibar reason"),
    )  # fmt: skip
    put_notice(moderator=dora, post_id=post.pk, forum=asia, words="Zanzibar notice")
    arrange_topic(moderator=dora, topic=topic, forum=asia, kind=Topic.Kind.STICKY)
    source = board.topic("Zanzibar source", "Something.", forum=board.asia)
    merge_topics(
        moderator=dora, topic=source, forum=asia, into=board.row(topic.id), there=asia, title="Zanzibar title"
    )  # fmt: skip
    move_topic(moderator=dora, topic=board.row(topic.id), forum=asia, to=board.node(), days=30)
    Held.objects.create(
        kind="edit", forum=board.europe, topic_id=topic.id, post=post, author=board.people["carol"],
        markup="markdown", source="Zanzibar held", findings="Zanzibar found", held_at=now(),
    )  # fmt: skip
    Report.objects.create(
        post=post, forum=board.europe, reporter=board.people["alice"], words="Zanzibar report", made_at=now()
    )
    save_draft(
        author_id=board.people["carol"].pk, place=f"post:{post.pk}", title="", body="Zanzibar draft", reason="",
        base=1, version=0,
    )  # fmt: skip
    decision = removed(board, rule, opening(topic), quoted="Zanzibar")
    assert len(texts_with("Zanzibar")) > 12
    purge(moderator=dora, forum=board.node(), case_id=decision.pk)
    assert texts_with("Zanzibar") == set()
    assert Held.objects.get().state == Held.State.WITHDRAWN
    assert set(Case.objects.values_list("facts", flat=True)) == {FACTS}
    assert set(LogEntry.objects.exclude(case_id=None).values_list("words", flat=True)) >= {"alice", "carol"}


def test_an_edit_of_a_post_that_was_deleted_for_good_is_not_taken_back(board: Board, rule: int) -> None:
    topic = board.topic(by="carol")
    post = board.reply(topic, "Zanzibar.", by="alice")
    edited = edit_with_reasons(
        moderator=board.actor("bob"), post_id=post.pk, topic=board.row(topic.id), forum=board.node(),
        edit=Edit("Zanzibar again."), reasons=Reasons(rule, FACTS),
    )  # fmt: skip
    assert edited is not None
    decision = removed(board, rule, post)
    purge(moderator=board.actor("dora"), forum=board.node(), case_id=decision.pk)
    with pytest.raises(Gone, match="deleted for good"):
        reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=edited.pk)
    post.refresh_from_db()
    assert post.source == ""


def test_all_that_went_as_spam_is_deleted_for_good_and_an_appeal_still_ends_the_ban(
    board: Board, rule: int
) -> None:
    alice, dora = board.people["alice"], board.actor("dora")
    board.topic("Zanzibar one", "Zanzibar.")
    board.topic("Zanzibar two", "Zanzibar.", forum=board.asia)
    board.reply(board.topic("Tunnels", by="carol"), "Zanzibar.", by="alice")
    decision = clean_spam(
        moderator=dora,
        member_id=alice.pk,
        reasons=Reasons(rule, FACTS, ground="law"),
        seen=sweep_of(alice).seal,
    )
    forum = forest(stamp().structure).by_id[decision.forum_id]
    with pytest.raises(Refused):
        purge(moderator=board.actor("bob"), forum=forum, case_id=decision.pk)
    purge(moderator=dora, forum=forum, case_id=decision.pk)
    assert texts_with("Zanzibar") == set()
    appeal_case(member=board.actor("alice"), case_id=decision.pk, words="I am no machine.")
    board.people["eve"] = join(name="eve", email="eve@example.org", password=PASSWORD, is_admin=True)
    decide_appeal(
        decider=board.actor("eve"), forum=forum, case_id=decision.pk, is_reversed=True, reasons="She is not."
    )
    alice.refresh_from_db()
    assert alice.banned_until is None
