"""Notes about members: who writes, sees and takes them back."""

from datetime import timedelta

import pytest

from rostra.accounts.models import Group
from rostra.board.queries import stamp
from rostra.forums.giving import give
from rostra.forums.models import Forum
from rostra.forums.queries import Forest, forest
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.notes.actions import LONGEST, withdraw_note, write_note
from rostra.notes.models import MemberNote
from rostra.notes.policy import why_not_read_notes
from rostra.notes.queries import notes_about
from rostra.permissions.resolution import GUESTS, MEMBERS, Holder
from tests.cast import Board


def tree() -> Forest:
    return forest(stamp().structure)


def seen(board: Board, name: str) -> list[str]:
    return [row.words for row in notes_about(board.people["alice"].pk, board.actor(name), tree())]


def note(
    board: Board, by: str = "bob", words: str = "Was warned in person.", forum: Forum | None = None
) -> MemberNote:
    about = board.people["alice"].pk
    return write_note(author=board.actor(by), member_id=about, words=words, forum_id=forum.pk if forum else 0)


def hide(board: Board, place: Forum) -> None:
    """From all but its moderators."""
    group = Holder("group", str(Group.objects.get(name="Asia Mods").pk))
    values = {"see": "yes", "read": "yes", "read_others": "yes"}
    give(giver=board.actor("dora"), holder=group, place=place.pk, values=values)
    for holder in (GUESTS, MEMBERS):
        give(giver=board.actor("dora"), holder=holder, place=place.pk, values={"see": "no", "read": "no"})


def moderate_asia(board: Board) -> None:
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "carol")


def test_moderators_of_any_forum_write_and_read_and_members_do_not(board: Board) -> None:
    moderate_asia(board)
    note(board, "bob", "One.")
    note(board, "carol", "Two.")
    assert seen(board, "carol") == seen(board, "bob") == ["Two.", "One."]
    outsider = board._person("eve")
    board.people["eve"] = outsider
    with pytest.raises(Refused):
        note(board, "eve")
    assert why_not_read_notes(board.actor("eve"), board.people["carol"].pk, tree())


@pytest.mark.parametrize("name", ["bob", "dora"])
def test_nobody_reads_or_writes_notes_about_themselves(board: Board, name: str) -> None:
    me = board.actor(name)
    assert why_not_read_notes(me, board.people[name].pk, tree())
    with pytest.raises(Refused):
        write_note(author=me, member_id=board.people[name].pk, words="I am fine.")


def test_a_note_about_a_forum_that_one_may_not_read_is_not_there(board: Board) -> None:
    moderate_asia(board)
    hide(board, board.asia)
    note(board, "carol", "About Asia.", board.asia)
    note(board, "carol", "About all.")
    assert seen(board, "bob") == ["About all."]
    assert seen(board, "carol") == seen(board, "dora") == ["About all.", "About Asia."]


def test_a_note_names_no_forum_in_which_its_author_has_no_notes(board: Board) -> None:
    with pytest.raises(Invalid) as invalid:
        note(board, "bob", "Hm.", board.asia)
    assert set(invalid.value.faults) == {"forum"}
    assert note(board, "bob", "Hm.", board.europe).forum_id == board.europe.pk


@pytest.mark.parametrize("words", ["", " \u200b\n", "x" * (LONGEST + 1)])
def test_a_note_has_words(board: Board, words: str) -> None:
    with pytest.raises(Invalid):
        note(board, "bob", words)


def test_a_note_that_is_taken_back_within_a_day_is_gone_and_later_struck_out(board: Board) -> None:
    early, late = note(board, words="One."), note(board, words="Two.")
    MemberNote.objects.filter(id=late.pk).update(written_at=now() - timedelta(days=1, seconds=1))
    for each in (early, late):
        withdraw_note(actor=board.actor("bob"), note_id=each.pk)
    (left,) = MemberNote.objects.all()
    assert (left.words, left.withdrawn_at is not None) == ("Two.", True)
    with pytest.raises(Gone):
        withdraw_note(actor=board.actor("bob"), note_id=early.pk)


def test_only_its_author_takes_a_note_back_and_administrators_strike_it_out(board: Board) -> None:
    moderate_asia(board)
    kept = note(board)
    for name in ("alice", "carol"):
        with pytest.raises(Refused):
            withdraw_note(actor=board.actor(name), note_id=kept.pk)
    withdraw_note(actor=board.actor("dora"), note_id=kept.pk)
    kept.refresh_from_db()
    assert kept.withdrawn_at is not None


def test_notes_go_with_the_member_and_keep_the_name_of_their_author(board: Board) -> None:
    kept = note(board)
    board.people["bob"].delete()
    kept.refresh_from_db()
    assert (kept.author_id, kept.author_name) == (None, "bob")
    board.people["alice"].delete()
    assert not MemberNote.objects.exists()


def test_there_is_an_end_of_notes_about_a_member(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rostra.notes.actions.MOST_NOTES", 1)
    note(board)
    with pytest.raises(Invalid):
        note(board)
