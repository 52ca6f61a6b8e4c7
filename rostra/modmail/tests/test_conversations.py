"""Conversations between a member and moderators: who is on which side, and what the member is told."""

from datetime import timedelta

import pytest

from rostra.accounts.models import Group, User
from rostra.board.queries import stamp
from rostra.forums.giving import give
from rostra.forums.models import Forum
from rostra.forums.queries import Forest, forest
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.modmail import policy
from rostra.modmail.actions import (
    LONGEST_WORDS,
    Letter,
    answer,
    claim,
    close,
    note_read,
    write_to_member,
    write_to_moderators,
)
from rostra.modmail.models import Conversation, Message
from rostra.modmail.queries import ConversationRow, conversation, latest, messages_of, waiting_longest
from rostra.permissions.resolution import GUESTS, MEMBERS
from tests.cast import Board

HELLO = Letter("Your topic", "May we move it?")


def tree() -> Forest:
    return forest(stamp().structure)


def row(number: int) -> ConversationRow:
    found = conversation(number)
    assert found is not None
    return found


def begun(board: Board, by: str = "bob", to: str = "alice", forum: Forum | None = None) -> int:
    node = board.node(forum or board.europe)
    message = write_to_member(
        moderator=board.actor(by), member_id=board.people[to].pk, forum=node, letter=HELLO
    )
    return message.conversation_id


def asked(board: Board, by: str = "alice", forum: Forum | None = None) -> int:
    node = board.node(forum or board.europe)
    return write_to_moderators(member=board.actor(by), forum=node, letter=HELLO).conversation_id


def say(board: Board, by: str, number: int, words: str = "Yes.") -> Message:
    return answer(author=board.actor(by), conversation_id=number, words=words)


def is_told(name: str) -> bool:
    return User.objects.get(name=name).has_unseen_mail


def silence(name: str, column: str, board: Board) -> None:
    User.objects.filter(name=name).update(**{column: now() + timedelta(days=1)})
    board.people[name].refresh_from_db()


def test_moderators_write_the_member_is_told_answers_and_all_moderators_see_it(board: Board) -> None:
    moderators = board.moderators
    board.moderate(board.europe, moderators, "carol")
    number = begun(board)
    assert is_told("alice")
    assert (row(number).state, row(number).last_name) == (1, "bob")
    note_read(member=board.actor("alice"), conversation_id=number)
    assert not is_told("alice")
    say(board, "alice", number)
    assert (row(number).state, row(number).last_name, is_told("alice")) == (0, "alice", False)
    for name in ("bob", "carol", "dora"):
        places = policy.moderated(board.actor(name), tree())
        assert [each.id for each in waiting_longest(places, board.people[name].pk)] == [number]
    say(board, "carol", number, "Thank you.")
    assert [each.author_name for each in messages_of(number)] == ["carol", "alice", "bob"]
    assert is_told("alice")


def test_the_notice_stays_until_all_is_read(board: Board) -> None:
    one, other = begun(board), begun(board)
    note_read(member=board.actor("alice"), conversation_id=one)
    assert is_told("alice")
    note_read(member=board.actor("bob"), conversation_id=other)
    assert is_told("alice")
    note_read(member=board.actor("alice"), conversation_id=other)
    assert not is_told("alice")


def test_others_are_on_neither_side(board: Board) -> None:
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "carol")
    number = begun(board)
    carol = board.actor("carol")
    assert not policy.may_read(carol, row(number), tree())
    for do in (lambda: say(board, "carol", number), lambda: close(moderator=carol, conversation_id=number),
               lambda: claim(moderator=carol, conversation_id=number), lambda: begun(board, by="carol"),
               lambda: close(moderator=board.actor("alice"), conversation_id=number)):  # fmt: skip
        with pytest.raises(Refused):
            do()
    assert latest(policy.moderated(carol, tree()), carol.id or 0, 1) == []


def test_a_moderator_who_is_the_member_is_not_on_the_other_side(board: Board) -> None:
    number = asked(board, by="bob")
    bob = board.actor("bob")
    assert policy.may_read(bob, row(number), tree())
    assert not policy.moderates(bob, row(number), tree())
    assert waiting_longest(policy.moderated(bob, tree()), bob.id or 0) == []
    with pytest.raises(Refused):
        close(moderator=bob, conversation_id=number)
    assert say(board, "bob", number).is_by_member


def test_what_goes_to_the_administrators_is_theirs_alone(board: Board) -> None:
    number = write_to_moderators(member=board.actor("alice"), forum=None, letter=HELLO).conversation_id
    assert not policy.may_read(board.actor("bob"), row(number), tree())
    assert policy.moderates(board.actor("dora"), row(number), tree())
    with pytest.raises(Refused):
        write_to_member(
            moderator=board.actor("bob"), member_id=board.people["alice"].pk, forum=None, letter=HELLO
        )


def test_at_most_three_that_a_member_began_are_open(board: Board) -> None:
    begun(board)
    numbers = [asked(board) for _each in range(3)]
    with pytest.raises(Refused):
        asked(board)
    close(moderator=board.actor("bob"), conversation_id=numbers[0])
    assert asked(board)


def test_what_is_closed_moderators_open_again_and_members_do_not(board: Board) -> None:
    number = asked(board)
    claim(moderator=board.actor("bob"), conversation_id=number)
    assert (row(number).is_claimed, row(number).claimer_name) == (True, "bob")
    for _twice in range(2):
        close(moderator=board.actor("bob"), conversation_id=number)
    assert (row(number).state, row(number).closer_name, row(number).is_claimed) == (2, "bob", False)
    with pytest.raises(Refused):
        say(board, "alice", number)
    say(board, "dora", number)
    assert row(number).state == 1
    say(board, "alice", number)
    assert row(number).state == 0


@pytest.mark.parametrize("column", ["muted_until", "banned_until"])
def test_who_is_muted_or_banned_answers_and_begins_none(board: Board, column: str) -> None:
    number = begun(board)
    silence("alice", column, board)
    assert say(board, "alice", number).is_by_member
    with pytest.raises(Refused):
        asked(board)


def test_a_moderator_who_is_banned_is_none(board: Board) -> None:
    number = asked(board)
    silence("bob", "banned_until", board)
    assert not policy.may_read(board.actor("bob"), row(number), tree())


def test_nobody_is_written_to_in_the_name_of_a_forum_that_they_may_not_see(board: Board) -> None:
    for holder in (GUESTS, MEMBERS):
        give(
            giver=board.actor("dora"), holder=holder, place=board.asia.pk, values={"see": "no", "read": "no"}
        )
    with pytest.raises(Refused):
        begun(board, by="dora", forum=board.asia)


def test_nobody_writes_to_themselves_or_to_an_account_that_is_off(board: Board) -> None:
    with pytest.raises(Refused):
        begun(board, to="bob")
    User.objects.filter(name="alice").update(is_active=False)
    with pytest.raises(Refused):
        begun(board)


@pytest.mark.parametrize(
    ("letter", "fields"),
    [
        (Letter("", ""), {"subject", "words"}),
        (Letter("x" * 121, "Yes."), {"subject"}),
        (Letter("A", "x" * (LONGEST_WORDS + 1)), {"words"}),
    ],
)
def test_a_letter_says_what_it_is_about_and_something(board: Board, letter: Letter, fields: set[str]) -> None:
    with pytest.raises(Invalid) as invalid:
        write_to_moderators(member=board.actor("alice"), forum=None, letter=letter)
    assert set(invalid.value.faults) == fields
    assert not Conversation.objects.exists()


def test_the_longest_wait_comes_first_and_the_latest_answer(board: Board) -> None:
    one, two, three = asked(board), asked(board), asked(board)
    say(board, "alice", one)
    bob = board.people["bob"].pk
    places = policy.moderated(board.actor("bob"), tree())
    rows = waiting_longest(places, bob)
    assert [each.id for each in rows] == [two, three, one]
    assert [each.id for each in waiting_longest(places, bob, rows[0].key)] == [three, one]
    for number in (three, two):
        say(board, "bob", number)
    answered = latest(places, bob, 1)
    assert [each.id for each in answered] == [two, three]
    assert [each.id for each in latest(places, bob, 1, answered[0].key)] == [three]


def test_names_stay_when_a_moderator_goes_and_all_goes_with_the_member(board: Board) -> None:
    number = begun(board)
    board.people["bob"].delete()
    assert [(each.author_id, each.author_name) for each in messages_of(number)] == [(None, "bob")]
    board.people["alice"].delete()
    assert not Message.objects.exists()
    with pytest.raises(Gone):
        say(board, "dora", number)
