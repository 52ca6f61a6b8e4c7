"""What may be filtered, how much of it, and what of it is kept in memory."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rostra.accounts.actions import join, join_group
from rostra.accounts.models import User
from rostra.board import queries as board_queries
from rostra.filters import actions, policy, queries
from rostra.filters.models import FilteredWord, IgnoredForum, IgnoredMember
from rostra.filters.queries import MemberToIgnore
from rostra.filters.sieve import OPEN, Sieve
from rostra.filters.words import Words
from rostra.forums.actions import found_forum
from rostra.forums.queries import forest
from rostra.kernel.refusals import Invalid, Refused
from rostra.reading.models import TopicMark
from rostra.topics.models import Topic
from tests.cast import PASSWORD, Board


def _member(board: Board, name: str) -> MemberToIgnore:
    found = queries.member_to_ignore(board.people[name].pk)
    assert found is not None
    return found


def _sieve(board: Board, name: str = "alice") -> Sieve:
    board.people[name].refresh_from_db()
    structure = board_queries.stamp().structure
    return queries.sieve_of(board.actor(name), forest(structure), structure)


def test_a_member_who_filters_nothing_costs_no_query(board: Board) -> None:
    board.node()
    actor, structure = board.actor("alice"), board_queries.stamp().structure
    with CaptureQueriesContext(connection) as asked:
        assert queries.sieve_of(actor, forest(structure), structure) is OPEN
    assert len(asked) == 0


def test_filters_are_read_by_one_query_and_then_kept_until_they_change(board: Board) -> None:
    topic = board.topic()
    alice = board.actor("alice")
    actions.ignore_member(reader=alice, member=_member(board, "carol"))
    actions.ignore_forum(reader=alice, forum=board.node(board.asia))
    actions.ignore_topic(reader=alice, topic_id=topic.id)
    actions.filter_word(reader=alice, text="Tunnel")
    board.people["alice"].refresh_from_db()
    actor, structure = board.actor("alice"), board_queries.stamp().structure
    for expected in (1, 0):
        with CaptureQueriesContext(connection) as asked:
            sieve = queries.sieve_of(actor, forest(structure), structure)
        assert len(asked) == expected
    assert sieve.members == {board.people["carol"].pk: "carol"}
    assert sieve.forums == {board.asia.pk}
    assert sieve.topics == {topic.id}
    actions.stop_ignoring_member(reader=alice, member_id=board.people["carol"].pk)
    assert _sieve(board).members == {}


def test_nobody_ignores_oneself_or_staff(board: Board) -> None:
    alice = board.actor("alice")
    assert policy.why_not_ignore_member(alice, _member(board, "carol")) is None
    for name in ("alice", "bob", "dora"):
        with pytest.raises(Refused):
            actions.ignore_member(reader=alice, member=_member(board, name))
    assert not IgnoredMember.objects.exists()
    assert board.people["alice"].filters_version == 0


def test_staff_may_ignore_members(board: Board) -> None:
    actions.ignore_member(reader=board.actor("bob"), member=_member(board, "carol"))
    assert _sieve(board, "bob").members == {board.people["carol"].pk: "carol"}


def test_who_becomes_a_moderator_is_seen_again(board: Board) -> None:
    actions.ignore_member(reader=board.actor("alice"), member=_member(board, "carol"))
    assert _sieve(board).members
    join_group(user=board.people["carol"], group=board.moderators)
    assert _sieve(board).members == {}
    assert [row.is_staff for row in queries.ignored_members(board.people["alice"].pk)] == [True]


def test_the_forums_below_an_ignored_forum_are_ignored_too(board: Board) -> None:
    below = found_forum(name="Caucasus", parent=board.asia)
    actions.ignore_forum(reader=board.actor("alice"), forum=board.node(board.asia))
    assert _sieve(board).forums == {board.asia.pk, below.pk}


def test_a_category_is_refused_by_name(board: Board) -> None:
    with pytest.raises(Refused, match="The world"):
        actions.ignore_forum(reader=board.actor("alice"), forum=board.node(board.category))


def test_the_same_word_in_other_letters_is_kept_once(board: Board) -> None:
    for text in ("Élection", "ELECTION", "  election "):
        actions.filter_word(reader=board.actor("alice"), text=text)
    assert [row.word for row in queries.filtered_words(board.people["alice"].pk)] == ["Élection"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "at least one letter"),
        ("*", "at least one letter"),
        ("…", "at least one letter"),
        ("a*", "nearly every title"),
        ("el*ct", "at the end only"),
        ("elect**", "at the end only"),
        ("x" * 61, "61"),
        ("\ufdfa" * 60, "at most"),
    ],
)
def test_what_is_no_word_is_refused_with_the_reason(board: Board, text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        actions.filter_word(reader=board.actor("alice"), text=text)
    assert not FilteredWord.objects.exists()


def test_filters_have_an_end_and_say_so(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOST_MEMBERS", "MOST_FORUMS", "MOST_TOPICS", "MOST_WORDS"):
        monkeypatch.setattr(actions, name, 1)
    alice, first, second = board.actor("alice"), board.topic(), board.topic()
    other = join(name="Ed", email="", password=PASSWORD)
    board.people["ed"] = other

    def twice(*calls: Any) -> None:
        calls[0]()
        calls[0]()  # the same once more is no more
        with pytest.raises(Refused, match="already, which is the most"):
            calls[1]()

    twice(*[
        lambda name=name: actions.ignore_member(reader=alice, member=_member(board, name))
        for name in ("carol", "ed")
    ])  # fmt: skip
    twice(*[
        lambda node=node: actions.ignore_forum(reader=alice, forum=board.node(node))
        for node in (board.asia, board.europe)
    ])  # fmt: skip
    twice(*[lambda id=each.id: actions.ignore_topic(reader=alice, topic_id=id) for each in (first, second)])
    twice(*[lambda text=text: actions.filter_word(reader=alice, text=text) for text in ("one", "two")])
    assert IgnoredMember.objects.count() == IgnoredForum.objects.count() == FilteredWord.objects.count() == 1
    assert TopicMark.objects.filter(standing=2).count() == 1


def test_filters_go_with_what_they_are_about_and_with_their_reader(board: Board) -> None:
    topic = board.topic(forum=board.asia, by="bob")
    alice = board.actor("alice")
    actions.ignore_member(reader=alice, member=_member(board, "carol"))
    actions.ignore_forum(reader=alice, forum=board.node(board.asia))
    actions.ignore_topic(reader=alice, topic_id=topic.id)
    actions.filter_word(reader=alice, text="rent")
    board.people["carol"].delete()
    Topic.objects.all().delete()
    board.asia.delete()
    for model in (IgnoredMember, IgnoredForum, TopicMark):
        assert not model._default_manager.exists()
    User.objects.get(name="alice").delete()
    assert not FilteredWord.objects.exists()


def test_own_topics_and_announcements_are_left_out_only_when_asked_for_by_name(board: Board) -> None:
    sieve = Sieve(reader_id=1, members={2: "two"}, words=Words(["rent"]), topics=frozenset({9}))
    rows = board.topic()
    from_two = rows._replace(id=5, author_id=2, title="Peace", kind=0)
    assert sieve.leaves_out(from_two)
    assert not sieve.leaves_out(from_two._replace(kind=2))
    assert sieve.leaves_out(from_two._replace(author_id=3, title="Rent"))
    assert not sieve.leaves_out(from_two._replace(author_id=1, title="Rent"))
    assert sieve.leaves_out(from_two._replace(id=9, author_id=1, kind=2))
