"""Posts that come into another topic keep their numbers; counts, order and what was read of them follow."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.forums.models import Forum
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.reading.models import TopicMark
from rostra.topics.models import Participant, Post, Shadow, Topic
from rostra.topics.moving import Chosen, merge_topics, move_posts, split_topic
from rostra.topics.queries import TopicRow
from rostra.topics.removal import remove_post
from tests.cast import Board

SignedIn = Callable[[str], Client]


def chosen(*posts: Post, onward: bool = False) -> Chosen:
    return Chosen(frozenset(post.pk for post in posts), onward)


def order(topic_id: int) -> list[tuple[int, str]]:
    return list(Post.objects.filter(topic_id=topic_id).order_by("position").values_list("position", "source"))


def counts_hold() -> bool:
    """Every kept count is what counting says."""
    for topic in Topic.objects.filter(removed_at=None):
        there = Post.objects.filter(topic=topic, removed_at=None).order_by("position")
        first, last = there.first(), there.last()
        assert first is not None
        assert last is not None
        assert (topic.post_count, topic.newest_position) == (there.count(), last.position)
        assert (topic.last_post_id, topic.last_author_name) == (last.pk, last.author_name)
        assert (first.position, topic.author_id) == (1, first.author_id)
        assert topic.last_position >= last.position
        mine = {each.author_id: each for each in Participant.objects.filter(topic=topic)}
        assert set(mine) == set(there.values_list("author_id", flat=True))
        for author, row in mine.items():
            own = there.filter(author_id=author)
            assert (row.post_count, row.last_post_id) == (own.count(), own.latest("position").pk)
    for forum in Forum.objects.filter(kind="forum"):
        topics = Topic.objects.filter(forum=forum, removed_at=None)
        assert forum.topic_count == topics.count()
        assert forum.post_count == sum(topic.post_count for topic in topics)
    return True


@pytest.fixture
def two(board: Board) -> tuple[TopicRow, TopicRow, list[Post]]:
    """Two topics whose replies were written by turns: A1 B1 A2 B2 A3 B3."""
    first, second = board.topic("About A", "A1"), board.topic("About B", "B1", by="carol")
    replies = []
    for number in (2, 3):
        for topic, letter, name in ((first, "A", "carol"), (second, "B", "alice")):
            replies.append(board.reply(topic, f"{letter}{number}", by=name))
    return board.row(first.id), board.row(second.id), replies


def test_posts_that_are_split_off_are_a_topic_of_their_own(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, _second, replies = two
    made = split_topic(
        moderator=board.actor("bob"), topic=first, forum=board.node(), chosen=chosen(replies[0]), title="A2 alone", to=board.node()
    )  # fmt: skip
    assert order(made.pk) == [(1, "A2")]
    assert order(first.id) == [(1, "A1"), (3, "A3")]  # who stays keeps the place
    assert board.row(made.pk).author_name == "carol"
    assert counts_hold()


def test_all_that_follows_a_post_is_split_off_at_once(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, _second, replies = two
    made = split_topic(
        moderator=board.actor("bob"), topic=first, forum=board.node(), chosen=chosen(replies[0], onward=True), title="The rest",
        to=board.node(),
    )  # fmt: skip
    assert order(made.pk) == [(1, "A2"), (2, "A3")]
    assert counts_hold()


def test_a_topic_without_its_opening_post_begins_with_the_next(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, _second, replies = two
    opening = Post.objects.get(topic_id=first.id, position=1)
    remove_post(moderator=board.actor("bob"), post_id=replies[0].pk, forum=board.node())
    split_topic(
        moderator=board.actor("bob"), topic=first, forum=board.node(), chosen=chosen(opening), title="The question", to=board.node()
    )  # fmt: skip
    assert order(first.id) == [(1, "A3"), (2, "A2")]
    assert board.row(first.id).author_name == "carol"
    assert counts_hold()


def test_posts_come_among_those_of_another_topic_by_their_time(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, replies = two
    move_posts(
        moderator=board.actor("bob"), topic=first, forum=board.node(), chosen=chosen(replies[0]), into=second, there=board.node()
    )  # fmt: skip
    assert order(second.id) == [(1, "B1"), (2, "A2"), (3, "B2"), (4, "B3")]
    assert counts_hold()


def test_merged_topics_are_one_in_the_order_of_time(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, _replies = two
    merge_topics(
        moderator=board.actor("bob"), topic=second, forum=board.node(), into=first, there=board.node(), title="About both"
    )  # fmt: skip
    assert order(first.id) == list(enumerate(["A1", "B1", "A2", "B2", "A3", "B3"], 1))
    merged = board.row(first.id)
    assert (merged.title, merged.author_name) == ("About both", "alice")
    assert counts_hold()


def test_a_topic_with_an_older_one_in_it_is_by_who_began_that(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, _replies = two
    merge_topics(
        moderator=board.actor("bob"), topic=first, forum=board.node(), into=second, there=board.node(), title="About B"
    )  # fmt: skip
    assert board.row(second.id).author_name == "alice"
    assert counts_hold()


def test_what_was_away_is_still_away_and_comes_back_where_its_posts_are(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, replies = two
    remove_post(moderator=board.actor("bob"), post_id=replies[1].pk, forum=board.node())
    merge_topics(
        moderator=board.actor("bob"), topic=second, forum=board.node(), into=first, there=board.node(), title="About A"
    )  # fmt: skip
    assert board.row(first.id).post_count == 5
    assert Post.objects.get(pk=replies[1].pk).topic_id == first.id
    assert counts_hold()


def test_addresses_of_posts_and_of_a_merged_topic_lead_to_where_they_are(
    board: Board, client: Client, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, replies = two
    opening = Post.objects.get(topic_id=second.id, position=1)
    merge_topics(
        moderator=board.actor("bob"), topic=second, forum=board.node(), into=first, there=board.node(), title="About A"
    )  # fmt: skip
    for post in replies:
        assert client.get(f"/p/{post.pk}").headers["location"] == f"{first.address}#p{post.pk}"
    answer = client.get(f"{second.address}?page=9")
    assert (answer.status_code, answer.headers["location"]) == (301, f"{first.address}#p{opening.pk}")
    assert client.get(second.address, follow=True).status_code == 200


def test_a_merged_topic_is_found_where_that_one_was_merged_again(
    board: Board, client: Client, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, _replies = two
    opening = Post.objects.get(topic_id=second.id, position=1)
    third = board.topic("About C", "C1")
    for source, into in ((second, first), (first, third)):
        merge_topics(
            moderator=board.actor("bob"), topic=source, forum=board.node(), into=board.row(into.id), there=board.node(),
            title="About C",
        )  # fmt: skip
    assert client.get(second.address).headers["location"] == f"/t/{third.id}-about-c/#p{opening.pk}"
    assert counts_hold()


def test_a_reply_to_a_topic_that_was_merged_meanwhile_is_posted_where_it_went(
    board: Board, as_person: SignedIn, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, _replies = two
    merge_topics(
        moderator=board.actor("bob"), topic=second, forum=board.node(), into=first, there=board.node(), title="About A"
    )  # fmt: skip
    as_person("carol").post(f"{second.address}reply", {"body": "Typed before that."})
    assert order(first.id)[-1] == (7, "Typed before that.")


def test_only_who_moderates_both_forums_moves_posts_between_them(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, _second, replies = two
    elsewhere = board.topic("About Asia", forum=board.asia)
    for name in ("alice", "bob"):
        with pytest.raises(Refused, match="moderators"):
            move_posts(
                moderator=board.actor(name), topic=first, forum=board.node(), chosen=chosen(replies[0]), into=elsewhere,
                there=board.node(board.asia),
            )  # fmt: skip
    merge_topics(
        moderator=board.actor("dora"), topic=first, forum=board.node(), into=elsewhere, there=board.node(board.asia), title="All",
        days=7,
    )  # fmt: skip
    assert Shadow.objects.get().title == "About A"
    assert counts_hold()


def test_nothing_is_split_that_would_leave_an_empty_topic_or_was_not_chosen(
    board: Board, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, replies = two
    bob, node = board.actor("bob"), board.node()
    opening = Post.objects.get(topic_id=first.id, position=1)
    for wrong in (chosen(), chosen(opening, onward=True)):
        with pytest.raises(Invalid) as told:
            split_topic(moderator=bob, topic=first, forum=node, chosen=wrong, title="Any", to=node)
        assert "posts" in told.value.faults
    with pytest.raises(Gone):
        split_topic(moderator=bob, topic=first, forum=node, chosen=chosen(replies[1]), title="Any", to=node)
    with pytest.raises(Invalid, match="same topic"):
        merge_topics(moderator=bob, topic=second, forum=node, into=second, there=node, title="Any")


def test_nothing_unread_counts_as_read_after_a_merge(
    board: Board, as_person: SignedIn, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, _replies = two
    carol = board.people["carol"]
    as_person("carol").get(first.address)  # all of A, nothing of B
    merge_topics(
        moderator=board.actor("bob"), topic=second, forum=board.node(), into=first, there=board.node(), title="About A"
    )  # fmt: skip
    assert TopicMark.objects.get(reader=carol, topic_id=first.id).position == 1  # B1 is the first that is new


def test_who_read_both_topics_has_read_what_became_of_them(
    board: Board, as_person: SignedIn, two: tuple[TopicRow, TopicRow, list[Post]]
) -> None:
    first, second, _replies = two
    for topic in (first, second):
        as_person("carol").get(topic.address)
    merge_topics(
        moderator=board.actor("bob"), topic=second, forum=board.node(), into=first, there=board.node(), title="About A"
    )  # fmt: skip
    assert TopicMark.objects.get(reader=board.people["carol"], topic_id=first.id).position == 6
