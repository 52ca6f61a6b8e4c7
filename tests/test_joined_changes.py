"""A change inside another joins it: what one of them shows to guests, the whole shows."""

import pytest

from rostra.board.queries import stamp
from rostra.kernel.changes import change
from tests.cast import Board


@pytest.mark.parametrize(("outer", "inner", "moves"), [(False, False, 0), (False, True, 1), (True, False, 1)])
def test_the_version_moves_once_when_any_of_the_joined_changes_is_visible(
    board: Board, outer: bool, inner: bool, moves: int
) -> None:
    before = stamp().content
    with change(is_visible=outer), change(is_visible=inner):
        pass
    assert stamp().content - before == moves


def test_a_change_of_the_tree_inside_another_moves_the_structure(board: Board) -> None:
    before = stamp().structure
    with change(is_visible=False), change(is_structural=True):
        pass
    assert stamp().structure == before + 1
