"""Posting, replying, editing, removing."""

import pytest

from rostra.accounts.actors import GUEST
from rostra.board.queries import stamp
from rostra.forums.queries import NONE_CLOSED, counts, forest
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.permissions.capabilities import May
from rostra.topics import policy, queries
from rostra.topics.actions import arrange_topic, edit_post, post_reply, post_topic
from rostra.topics.models import Post, Revision, Topic
from rostra.topics.removal import remove_post
from tests.cast import Board


def test_a_new_topic_counts_everywhere_it_is_shown(board: Board) -> None:
    before = stamp()
    topic = board.topic(title="Bread prices", body="They *rose* again.")
    after = stamp()
    assert (after.posts, after.topics) == (before.posts + 1, before.topics + 1)
    forum = counts(stamp().content)[board.europe.pk]
    assert (forum.topic_count, forum.post_count, forum.last_topic_title) == (1, 1, "Bread prices")
    board.people["alice"].refresh_from_db()
    assert board.people["alice"].post_count == 1
    assert queries.recent_topics(1, NONE_CLOSED)[0].last_excerpt == "They rose again."
    assert topic.slug == "bread-prices"


def test_replies_take_the_next_positions_and_move_the_topic_up(board: Board) -> None:
    first, second = board.topic(title="One"), board.topic(title="Two")
    reply = board.reply(first)
    assert reply.position == 2
    assert [row.id for row in queries.recent_topics(2, NONE_CLOSED)] == [first.id, second.id]
    assert board.row(first.id).last_post_id == reply.pk


def test_the_same_form_sent_twice_makes_one_post(board: Board) -> None:
    topic = board.topic()
    one, again = board.reply(topic, token="t1"), board.reply(topic, token="t1")
    assert one.pk == again.pk
    assert board.row(topic.id).post_count == 2
    other = board.reply(topic, "Other words", token="t1")
    assert other.pk != one.pk
    board.reply(topic, "Other words", token="t1")
    assert board.row(topic.id).post_count == 3
    first = post_topic(author=board.actor("alice"), forum=board.node(), title="T", body="B", token="t2")
    assert (
        post_topic(author=board.actor("alice"), forum=board.node(), title="T", body="B", token="t2").pk
        == first.pk
    )


def test_a_guest_is_refused_with_a_way_in(board: Board) -> None:
    topic = board.topic()
    with pytest.raises(Refused) as refused:
        post_reply(author=GUEST, topic=topic, forum=board.node(), body="Hello")
    assert refused.value.refusal.must_sign_in


def test_a_locked_topic_takes_replies_from_its_moderators_only(board: Board) -> None:
    topic = board.topic()
    arrange_topic(moderator=board.actor("bob"), topic=topic, forum=board.node(), is_locked=True)
    with pytest.raises(Refused, match="locked"):
        board.reply(topic, by="carol")
    assert board.reply(topic, by="bob").position == 2


def test_a_topic_locked_while_somebody_writes_refuses_the_reply(board: Board) -> None:
    stale = board.topic()
    Topic.objects.filter(id=stale.id).update(is_locked=True)
    with pytest.raises(Refused, match="locked"):
        post_reply(author=board.actor("carol"), topic=stale, forum=board.node(), body="Late")
    assert board.row(stale.id).post_count == 1


def test_nobody_arranges_topics_but_moderators_and_administrators(board: Board) -> None:
    topic = board.topic()
    for stranger in (GUEST, board.actor("alice")):
        assert policy.why_not_moderate(stranger, board.node(), May.MOD_LOCK) is not None
        with pytest.raises(Refused):
            arrange_topic(moderator=stranger, topic=topic, forum=board.node(), kind=1)
    arrange_topic(moderator=board.actor("dora"), topic=topic, forum=board.node(), kind=Topic.Kind.STICKY)
    assert [row.id for row in queries.pinned_topics(board.europe.pk)] == [topic.id]


def test_bob_moderates_europe_and_not_asia(board: Board) -> None:
    assert policy.why_not_moderate(board.actor("bob"), board.node(board.europe), May.MOD_LOCK) is None
    assert policy.why_not_moderate(board.actor("bob"), board.node(board.asia), May.MOD_LOCK) is not None


def test_an_edit_keeps_what_was_said_before(board: Board) -> None:
    topic = board.topic(title="Old title", body="Old text")
    post = Post.objects.get(topic_id=topic.id)
    edit_post(
        editor=board.actor("alice"),
        post_id=post.pk,
        topic=topic,
        forum=board.node(),
        body="New text",
        title="New title",
        reason="typo",
    )
    revision = Revision.objects.get(post=post)
    assert (revision.number, revision.source, revision.title) == (1, "Old text", "Old title")
    changed = board.row(topic.id)
    assert (changed.title, changed.slug) == ("New title", "new-title")
    assert queries.recent_topics(1, NONE_CLOSED)[0].last_excerpt == "New text"
    assert counts(stamp().content)[board.europe.pk].last_topic_title == "New title"


def test_an_edit_that_changes_nothing_leaves_no_trace(board: Board) -> None:
    topic = board.topic(body="Same")
    post = Post.objects.get(topic_id=topic.id)
    edit_post(
        editor=board.actor("alice"),
        post_id=post.pk,
        topic=topic,
        forum=board.node(),
        body="Same",
        title=topic.title,
    )
    post.refresh_from_db()
    assert post.edit_count == 0
    assert not Revision.objects.exists()


def test_others_may_not_edit_alices_post(board: Board) -> None:
    topic = board.topic()
    post = Post.objects.get(topic_id=topic.id)
    with pytest.raises(Refused, match="author"):
        edit_post(
            editor=board.actor("carol"), post_id=post.pk, topic=topic, forum=board.node(), body="Mine now"
        )


def test_a_removed_reply_leaves_its_place_empty_and_the_counts_right(board: Board) -> None:
    topic = board.topic()
    replies = [board.reply(topic, f"Reply {number}") for number in range(3)]
    remove_post(moderator=board.actor("bob"), post_id=replies[2].pk, forum=board.node())
    row = board.row(topic.id)
    assert (row.post_count, row.last_position, row.last_post_id) == (3, 4, replies[1].pk)
    assert [post.position for post in queries.posts_on_page(topic.id, 1, 20)] == [1, 2, 3]
    assert queries.recent_topics(1, NONE_CLOSED)[0].last_excerpt == "Reply 1"
    assert stamp().posts == 3
    with pytest.raises(Gone):
        remove_post(moderator=board.actor("bob"), post_id=replies[2].pk, forum=board.node())
    with pytest.raises(Gone):
        policy.readable_place(replies[2].pk, GUEST, forest(stamp().structure))


def test_what_cannot_be_a_post_says_what_is_wrong(board: Board) -> None:
    topic = board.topic()
    for body, words in (("  \n ", "empty"), ("a\0b", "NUL"), ("x" * 100_000, "100,000 characters")):
        with pytest.raises(Invalid, match=words):
            board.reply(topic, body)
    with pytest.raises(Invalid, match="title"):
        board.topic(title=" ")
