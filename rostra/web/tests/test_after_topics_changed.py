"""Pages and forms that are about a topic or a post which became something else meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.moderation.actions import lock_with_reasons
from rostra.moderation.editing import Edit, edit_with_reasons
from rostra.moderation.models import Case
from rostra.moderation.moving import move_with_reasons
from rostra.moderation.reasons import Reasons
from rostra.permissions.resolution import GUESTS, MEMBERS
from rostra.topics.actions import edit_post
from rostra.topics.authors import change_author
from rostra.topics.models import Post, Topic
from rostra.topics.moving import Chosen, merge_topics, split_topic
from rostra.topics.queries import TopicRow
from tests.cast import Board

SignedIn = Callable[[str], Client]
FACTS = "It calls another member a liar three times."


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")


@pytest.fixture
def closed(board: Board) -> Board:
    """Asia is read by nobody but the administrators."""
    for holder in (GUESTS, MEMBERS):
        give(giver=board.actor("dora"), holder=holder, place=board.asia.pk, values={"read": "no"})
    return board


def move(board: Board, topic: TopicRow, rule: int) -> Case:
    opened = move_with_reasons(
        moderator=board.actor("dora"), topic=board.row(topic.id), forum=board.node(), to=board.node(board.asia),
        reasons=Reasons(rule, FACTS),
    )  # fmt: skip
    assert opened is not None
    return opened


def test_the_page_of_a_case_shows_its_member_no_text_that_came_before_theirs(
    closed: Board, as_person: SignedIn, rule: int
) -> None:
    staff = closed.topic("Staff", "Of the staff alone.", by="dora", forum=closed.asia)
    topic = closed.topic("Mine", "Written by alice.")
    locked = lock_with_reasons(
        moderator=closed.actor("bob"), topic=topic, forum=closed.node(), reasons=Reasons(rule, FACTS)
    )
    alice = as_person("alice")
    assert "Written by alice." in alice.get(f"/case/{locked.pk}/").content.decode()
    moved = move(closed, topic, rule)
    asia = closed.node(closed.asia)
    Topic.objects.filter(id=staff.id).update(is_locked=True)  # or it could not come into one that is locked
    merge_topics(
        moderator=closed.actor("dora"), topic=staff, forum=asia, into=closed.row(topic.id), there=asia, title="Mine"
    )  # fmt: skip
    for opened in (locked, moved):
        assert "Of the staff alone." not in alice.get(f"/case/{opened.pk}/").content.decode()
        assert "Of the staff alone." in as_person("dora").get(f"/case/{opened.pk}/").content.decode()


def test_the_page_of_a_case_shows_its_member_no_text_that_is_somebody_elses_by_now(
    closed: Board, as_person: SignedIn, rule: int
) -> None:
    topic = closed.topic()
    post = closed.reply(topic, "What alice said.", by="alice")
    opened = edit_with_reasons(
        moderator=closed.actor("bob"), post_id=post.pk, topic=closed.row(topic.id), forum=closed.node(),
        edit=Edit("What bob made of it."), reasons=Reasons(rule, FACTS),
    )  # fmt: skip
    assert opened is not None
    assert "What bob made" in as_person("alice").get(f"/case/{opened.pk}/").content.decode()
    change_author(
        moderator=closed.actor("dora"), post_id=post.pk, forum=closed.node(), name="carol", reason="It was carol."
    )  # fmt: skip
    move(closed, topic, rule)
    edit_post(
        editor=closed.actor("dora"), post_id=post.pk, topic=closed.row(topic.id), forum=closed.node(closed.asia),
        body="For administrators only.",
    )  # fmt: skip
    assert "For administrators only." not in as_person("alice").get(f"/case/{opened.pk}/").content.decode()


def sent(rule: int, **more: Any) -> dict[str, Any]:
    return {"rule": rule, "facts": FACTS, "ground": "rules", "source": "own", "quoted": "", **more}


def test_a_form_that_removes_a_reply_does_not_remove_the_topic_that_it_opens_by_now(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic(by="carol")
    first, second = board.reply(topic, "One.", by="alice"), board.reply(topic, "Two.")
    bob = as_person("bob")
    assert (
        '<input type="hidden" name="about" value="post">' in bob.get(f"/p/{first.pk}/remove").content.decode()
    )
    made = split_topic(
        moderator=board.actor("dora"), topic=board.row(topic.id), forum=board.node(),
        chosen=Chosen(frozenset([first.pk]), True), title="New one", to=board.node(),
    )  # fmt: skip
    for form in (sent(rule, about="post"), sent(rule, about="post", facts="")):
        assert bob.post(f"/p/{first.pk}/remove", form).status_code == 410
    assert bob.post(f"/p/{second.pk}/remove", sent(rule, about="topic")).status_code == 410
    assert not Case.objects.exists()
    assert (
        '<input type="hidden" name="about" value="topic">'
        in bob.get(f"/p/{first.pk}/remove").content.decode()
    )
    assert bob.post(f"/p/{first.pk}/remove", sent(rule, about="topic")).status_code == 302
    assert Topic.objects.get(id=made.pk).removed_at is not None


@pytest.fixture
def merged(board: Board) -> tuple[TopicRow, TopicRow]:
    """A topic of alice that went into one of carol."""
    source, target = board.topic("Source", "The first."), board.topic("Target", "The second.", by="carol")
    merge_topics(
        moderator=board.actor("bob"), topic=source, forum=board.node(), into=target, there=board.node(), title="Target"
    )  # fmt: skip
    return source, target


def test_forms_about_a_topic_that_was_merged_do_nothing_to_the_other_one(
    board: Board, as_person: SignedIn, rule: int, merged: tuple[TopicRow, TopicRow]
) -> None:
    source, target = merged
    third = board.topic("Third", "Another one.", by="carol")
    before, bob = Topic.objects.filter(id=target.id).values().get(), as_person("bob")
    forms: dict[str, dict[str, Any]] = {
        "lock": sent(rule), "arrange": {"kind": "sticky"}, "move": {"to": board.asia.pk},
        "merge": {"into": third.id, "do": "merge", "title": "Third"},
        "split": {"posts": [target.last_post_id], "where": "new", "title": "New", "forum": board.europe.pk},
    }  # fmt: skip
    for deed, form in forms.items():
        answer = bob.post(f"{source.address}{deed}", form)
        assert answer.status_code == 410, deed
        assert "merged into another one meanwhile" in answer.content.decode()
    assert Topic.objects.filter(id=target.id).values().get() == before
    assert not Case.objects.exists()


def test_a_reply_to_a_topic_that_was_merged_is_posted_where_it_went(
    board: Board, as_person: SignedIn, merged: tuple[TopicRow, TopicRow]
) -> None:
    source, target = merged
    form = {"body": "Written before it was merged.", "do": "post"}
    assert as_person("carol").post(f"{source.address}reply", form).status_code == 302
    assert Post.objects.get(source=form["body"]).topic_id == target.id


def test_the_number_of_a_merged_topic_still_names_the_one_that_posts_go_to(
    board: Board, as_person: SignedIn, merged: tuple[TopicRow, TopicRow]
) -> None:
    source, target = merged
    third = board.topic("Third", "Another one.", by="carol")
    form = {"into": str(source.id), "do": "merge", "title": "Target"}
    assert as_person("bob").post(f"{third.address}merge", form).status_code == 302
    assert Post.objects.get(source="Another one.").topic_id == target.id


def test_the_button_that_opens_a_topic_passes_by_no_case(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic(by="bob")
    opened = lock_with_reasons(
        moderator=board.actor("dora"), topic=topic, forum=board.node(), reasons=Reasons(rule, FACTS)
    )
    address = f"{topic.address}arrange"
    assert as_person("bob").post(address, {"locked": "no"}).status_code == 403
    assert Topic.objects.get(id=topic.id).is_locked
    assert as_person("dora").post(address, {"locked": "no", "kind": "sticky"}).status_code == 302
    opened.refresh_from_db()
    row = Topic.objects.get(id=topic.id)
    assert (row.is_locked, row.kind, opened.reversed_at is None) == (False, Topic.Kind.STICKY, False)
