"""Whose texts wait for approval, as an owner says it on the pages of rights: in a forum, of a group, of newcomers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.accounts.actions import join_group
from rostra.accounts.actors import actor_of
from rostra.accounts.models import Group, User
from rostra.forums.giving import make_presets
from rostra.forums.models import Forum
from rostra.topics.actions import edit_post, post_topic
from rostra.topics.holding import Waits, approve_held
from rostra.topics.models import Held, Post
from rostra.web.tests.test_rights_pages import HOME, fields, opened, text
from tests.cast import Board

SignedIn = Callable[[str], Client]


def _say(as_person: SignedIn, place: int, holder: str, **said: str) -> None:
    """An administrator says it in the form, looks at what changes, and saves."""
    dora = as_person("dora")
    shown = dora.post(HOME, {**opened(dora, place, holder), **said, "do": "show"})
    assert dora.post(HOME, {**fields(shown), "do": "save"}).status_code == 302


def _waits(board: Board, name: str, forum: Forum | None = None) -> bool:
    author = actor_of(User.objects.get(name=name))
    number = Post.objects.count()
    try:
        post_topic(author=author, forum=board.node(forum), title=f"Topic {number}", body="Some words.")
    except Waits:
        return True
    return False


@pytest.fixture
def newcomers(settings: Any) -> Callable[[int], None]:
    """Set how many posts make a member."""

    def until(posts: int) -> None:
        settings.ROSTRA = settings.ROSTRA.model_copy(update={"newcomer_posts": posts, "newcomer_days": 0})

    return until


@pytest.mark.parametrize("value", ["no", "never"])
def test_in_a_forum_all_texts_wait(board: Board, as_person: SignedIn, value: str) -> None:
    _say(as_person, board.europe.pk, "circle-members", **{"v-skip_approval": value})
    assert _waits(board, "alice")
    assert _waits(board, "carol")
    assert not _waits(board, "alice", board.asia)
    assert not _waits(board, "bob"), "who decides needs nobody's approval"
    assert not _waits(board, "dora")


def test_replies_and_edits_wait_there_too(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    _say(as_person, board.europe.pk, "circle-members", **{"v-skip_approval": "no"})
    with pytest.raises(Waits):
        board.reply(topic, by="carol")
    post, alice = Post.objects.get(position=1), board.actor("alice")
    with pytest.raises(Waits):
        edit_post(
            editor=alice, post_id=post.pk, topic=board.row(topic.id), forum=board.node(), body="Other words"
        )
    assert list(Held.objects.order_by("id").values_list("kind", flat=True)) == ["reply", "edit"]


def test_texts_of_a_group_wait_everywhere(board: Board, as_person: SignedIn) -> None:
    watched = Group.objects.create(name="Watched")
    join_group(user=board.people["carol"], group=watched)
    _say(as_person, 0, f"group-{watched.pk}", **{"v-skip_approval": "never"})
    assert _waits(board, "carol")
    assert _waits(board, "carol", board.asia)
    assert not _waits(board, "alice")


def test_the_first_posts_of_every_member_wait_until_so_many_were_approved(
    board: Board, as_person: SignedIn, newcomers: Callable[[int], None]
) -> None:
    newcomers(2)
    make_presets(giver=board.actor("dora"))
    _say(as_person, 0, "circle-newcomers", role="Newly registered")
    for _each in range(2):
        assert _waits(board, "alice"), "what waits is no post, and does not count"
    for held in Held.objects.filter(state=Held.State.WAITING):
        approve_held(moderator=board.actor("bob"), forum=board.node(), held_id=held.pk)
    assert not _waits(board, "alice")
    assert _waits(board, "carol")


def test_the_first_posts_of_a_member_wait_in_one_forum_only(
    board: Board, as_person: SignedIn, newcomers: Callable[[int], None]
) -> None:
    newcomers(2)
    _say(as_person, board.europe.pk, "circle-newcomers", **{"v-skip_approval": "never"})
    assert _waits(board, "alice")
    assert not _waits(board, "alice", board.asia)
    assert _waits(board, "alice")
    assert not _waits(board, "alice", board.asia)
    assert not _waits(board, "alice"), "posts anywhere on the board count"


def test_the_form_says_who_is_a_newcomer(
    board: Board, as_person: SignedIn, newcomers: Callable[[int], None]
) -> None:
    dora, page = as_person("dora"), f"{HOME}?place=0&holder=circle-newcomers"
    assert "There are no newcomers on this board" in text(dora.get(page))
    newcomers(5)
    assert "Members are newcomers until they have 5 posts" in text(dora.get(page))
    assert "newcomers until" not in text(dora.get(f"{HOME}?place=0&holder=circle-members"))
