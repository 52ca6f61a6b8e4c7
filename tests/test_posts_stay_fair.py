"""Splitting, merging and correcting authors restrict nobody, and open nothing to anybody."""

import pytest

from rostra.accounts.actions import join_group
from rostra.accounts.models import Group, User
from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.refusals import Invalid, Refused
from rostra.moderation.actions import lock_with_reasons, refuse_held, reverse_case
from rostra.moderation.models import Case
from rostra.moderation.reasons import Reasons
from rostra.moderation.sanctions import Sanction, sanction_author
from rostra.permissions.resolution import GUESTS, MEMBERS, Holder
from rostra.topics import counts
from rostra.topics.actions import edit_post
from rostra.topics.authors import change_author
from rostra.topics.holding import Waits
from rostra.topics.models import Post
from rostra.topics.moving import Chosen, merge_topics, move_topic, split_topic
from tests.cast import Board

FACTS = "It says the same a third time."


@pytest.fixture
def reasons(board: Board) -> Reasons:
    """Reasons that decisions can name."""
    return Reasons(
        lay_down_rule(author=board.actor("dora"), forum=None, text="Say it once."), FACTS, "", "rules", "own"
    )


def say(board: Board, forum: int, *holders: Holder, **values: str) -> None:
    for holder in holders:
        give(giver=board.actor("dora"), holder=holder, place=forum, values=values)


def test_where_one_reads_only_one_s_own_topics_none_goes_into_another(board: Board) -> None:
    say(board, board.europe.pk, MEMBERS, read_others="no")
    mine, other = board.topic("Mine", by="alice"), board.topic("Hers", by="carol")
    with pytest.raises(Refused, match="only one's own topics"):
        merge_topics(
            moderator=board.actor("dora"), topic=other, forum=board.node(), into=mine, there=board.node(), title="Both"
        )  # fmt: skip


def test_posts_stay_where_the_group_reads_that_reads_them_now(board: Board) -> None:
    readers, others = Group.objects.create(name="Readers"), Group.objects.create(name="Others")
    join_group(user=board.people["alice"], group=readers)
    for forum, group in ((board.europe, readers), (board.asia, others)):
        say(board, forum.pk, GUESTS, MEMBERS, see="no", read="no", begin="no")
        say(
            board,
            forum.pk,
            Holder("group", str(group.pk)),
            see="yes",
            read="yes",
            begin="yes",
            read_others="yes",
        )
    mine, other = board.topic("Mine"), board.topic("Theirs", by="dora", forum=board.asia)
    with pytest.raises(Refused, match="Not everybody who reads"):
        merge_topics(
            moderator=board.actor("dora"), topic=mine, forum=board.node(), into=other, there=board.node(board.asia), title="Both"
        )  # fmt: skip


def test_posts_of_who_is_banned_from_a_forum_do_not_go_there(board: Board, reasons: Reasons) -> None:
    for forum in (board.europe, board.asia):
        say(board, forum.pk, GUESTS, read="no")
    dora, there = board.actor("dora"), board.node(board.asia)
    barred = Post.objects.get(topic_id=board.topic("In Asia", forum=board.asia).id)
    ban = Sanction("ban_forum", days=0)
    sanction_author(moderator=dora, forum=there, post_id=barred.pk, sanction=ban, reasons=reasons)
    board.people["alice"] = User.objects.get(name="alice")
    topic = board.topic("In Europe", by="carol")
    post = board.reply(topic, "My own words.", by="alice")
    with pytest.raises(Refused, match="Not everybody who reads"):
        split_topic(
            moderator=dora, topic=board.row(topic.id), forum=board.node(), chosen=Chosen(frozenset({post.pk})), title="Away", to=there
        )  # fmt: skip


def test_nothing_is_locked_by_merging_it_into_a_locked_topic(board: Board, reasons: Reasons) -> None:
    mine, locked = board.topic("Mine"), board.topic("Locked", by="carol")
    lock_with_reasons(moderator=board.actor("bob"), topic=locked, forum=board.node(), reasons=reasons)
    with pytest.raises(Invalid, match="open it first"):
        merge_topics(
            moderator=board.actor("bob"), topic=mine, forum=board.node(), into=board.row(locked.id), there=board.node(), title="Both"
        )  # fmt: skip


@pytest.mark.parametrize(("by", "to"), [("alice", "dora"), ("dora", "alice")])
def test_nobody_gives_a_post_to_themselves_or_one_of_their_own_away(board: Board, by: str, to: str) -> None:
    post = Post.objects.get(topic_id=board.topic(by=by).id)
    with pytest.raises(Invalid, match="Another moderator"):
        change_author(
            moderator=board.actor("dora"), post_id=post.pk, forum=board.node(), name=to, reason="A mistake."
        )


def test_a_refused_edit_is_decided_on_where_its_post_went(board: Board, reasons: Reasons) -> None:
    dora = board.actor("dora")
    topic = board.topic(by="carol")
    post = board.reply(topic, "First words.", by="alice")
    say(board, board.europe.pk, MEMBERS, skip_approval="no")
    with pytest.raises(Waits) as waits:
        edit_post(
            editor=board.actor("alice"), post_id=post.pk, topic=board.row(topic.id), forum=board.node(), body="Other words.", base=0
        )  # fmt: skip
    case = refuse_held(moderator=dora, forum=board.node(), held_id=waits.value.held.pk, reasons=reasons)
    made = split_topic(
        moderator=dora, topic=board.row(topic.id), forum=board.node(), chosen=Chosen(frozenset({post.pk})), title="Away",
        to=board.node(board.asia),
    )  # fmt: skip
    assert Case.objects.get(pk=case.pk).topic_id == made.pk
    with pytest.raises(Refused):  # bob moderates Europe only
        reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=case.pk)
    reverse_case(moderator=dora, forum=board.node(), case_id=case.pk)
    post.refresh_from_db()
    assert post.source == "Other words."


def test_forums_are_locked_in_the_order_of_their_numbers(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[int] = []
    monkeypatch.setattr(counts, "lock_forum", locked.append)
    first, second = board.topic("One"), board.topic("Two", forum=board.asia)
    dora, places = board.actor("dora"), {board.europe.pk: board.node(), board.asia.pk: board.node(board.asia)}
    both = sorted(places)
    for topic in (first, second):
        locked.clear()
        here = places[board.row(topic.id).forum_id]
        to = next(node for node in places.values() if node.id != here.id)
        move_topic(moderator=dora, topic=board.row(topic.id), forum=here, to=to)
        assert locked[:2] == both
    for source, target in ((first, second), (second, board.topic("Three", forum=board.europe))):
        locked.clear()
        row, into = board.row(source.id), board.row(target.id)
        merge_topics(
            moderator=dora, topic=row, forum=places[row.forum_id], into=into, there=places[into.forum_id], title="Both"
        )  # fmt: skip
        assert locked[: len({row.forum_id, into.forum_id})] == sorted({row.forum_id, into.forum_id})
