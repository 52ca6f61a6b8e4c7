"""What an export does not hold."""

from rostra.exporters.board import records
from rostra.modmail.actions import Letter, write_to_member
from rostra.notes.actions import write_note
from tests.cast import Board


def test_notes_about_members_and_letters_of_moderators_are_in_no_export(board: Board) -> None:
    bob, carol = board.actor("bob"), board.people["carol"].pk
    write_note(author=bob, member_id=carol, words="Has three accounts.")
    write_to_member(
        moderator=bob, member_id=carol, forum=board.node(), letter=Letter("Accounts", "How many?")
    )
    exported = str(list(records()))
    assert "carol" in exported
    assert not [words for words in ("three accounts", "Accounts", "How many?") if words in exported]
