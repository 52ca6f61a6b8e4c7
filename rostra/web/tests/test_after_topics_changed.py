"""Pages and forms that are about a topic or a post which became something else meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.accounts.models import User
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
from rostra.topics.moving import merge_topics
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
        moderator=closed.actor("dora"), post_id=post.pk, forum=closed.node(), name="dora", reason="It was dora."
    )  # fmt: skip
    move(closed, topic, rule)
    edit_post(
        editor=closed.actor("dora"), post_id=post.pk, topic=closed.row(topic.id), forum=closed.node(closed.asia),
        body="For administrators only.",
    )  # fmt: skip
    assert "For administrators only." not in as_person("alice").get(f"/case/{opened.pk}/").content.decode()
