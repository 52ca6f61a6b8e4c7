"""Two administrators who save at once come one after the other: each write of rights waits at the board's stamp first."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rostra.forums.giving import copy_grants, define_role, drop_role, give, give_role, make_presets
from rostra.permissions.resolution import BOARD, GUESTS
from tests.cast import Board

WRITES: dict[str, Callable[[Board], object]] = {
    "give": lambda board: give(giver=board.actor("dora"), holder=GUESTS, place=BOARD, values={"read": "no"}),
    "give_role": lambda board: give_role(giver=board.actor("dora"), holder=GUESTS, place=BOARD, role="Quiet"),
    "drop_role": lambda board: drop_role(giver=board.actor("dora"), name="Quiet"),
    "copy_grants": lambda board: copy_grants(
        giver=board.actor("dora"), source=board.europe.pk, targets=[board.asia.pk]
    ),
    "make_presets": lambda board: make_presets(giver=board.actor("dora")),
}


@pytest.mark.parametrize("name", WRITES)
def test_nothing_of_rights_is_read_or_written_before_the_stamp_is_held(board: Board, name: str) -> None:
    define_role(giver=board.actor("dora"), name="Quiet", values={"reply": "no"})
    board.node()  # the tree is in memory: who may give is known
    with CaptureQueriesContext(connection) as asked:
        WRITES[name](board)
    statements = [each["sql"] for each in asked]
    held = [
        number
        for number, sql in enumerate(statements)
        if sql.startswith("SELECT") and '"board_stamp"."id"' in sql
    ]
    rights = [
        number for number, sql in enumerate(statements) if '"forums_grant"' in sql or '"forums_role"' in sql
    ]
    assert held
    assert rights
    assert held[0] < rights[0]
