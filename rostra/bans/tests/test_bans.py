"""Bans of addresses: set with reasons by who manages members, in force at once, ended by time or by somebody."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from rostra.accounts.actors import GUEST
from rostra.bans.actions import ban_address, end_ban
from rostra.bans.models import AddressBan
from rostra.bans.queries import Bans, bans_in_force, listed_bans
from rostra.board.queries import stamp
from rostra.forums.giving import give
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.permissions.resolution import BOARD, Holder
from tests.cast import Board

WHY = "A wave of spam came from there."
SIGN_UP, WRITING, SIGN_IN = AddressBan.Stops.values


def ban(board: Board, target: str = "192.0.2.0/24", by: str = "dora", **more: Any) -> AddressBan:
    asked = {"stops": SIGN_UP, "days": 0, "reason": WHY, "own_address": "198.51.100.7", **more}
    return ban_address(setter=board.actor(by), target=target, **asked)


def in_force() -> Bans:
    return bans_in_force(stamp().structure)


def test_a_ban_holds_at_once_and_until_it_is_ended(board: Board) -> None:
    assert in_force().of_address("192.0.2.9", SIGN_UP) is None
    made = ban(board)
    found = in_force().of_address("192.0.2.9", SIGN_UP)
    assert found is not None
    assert (found.id, found.target, found.setter_name, found.reason) == (made.pk, "192.0.2.0/24", "dora", WHY)
    end_ban(ender=board.actor("dora"), ban_id=made.pk)
    assert in_force().of_address("192.0.2.9", SIGN_UP) is None
    made.refresh_from_db()
    assert made.ender_name == "dora"
    with pytest.raises(Gone):
        end_ban(ender=board.actor("dora"), ban_id=made.pk)


def test_a_ban_ends_by_itself_and_can_be_set_again(board: Board) -> None:
    ban(board, days=3)
    with time_machine.travel(now() + timedelta(days=2)):
        assert in_force().of_address("192.0.2.9", SIGN_UP)
        with pytest.raises(Invalid) as refused:
            ban(board)
        assert "is banned already" in refused.value.faults["target"]
    with time_machine.travel(now() + timedelta(days=4)):
        assert in_force().of_address("192.0.2.9", SIGN_UP) is None
        ban(board)
        assert in_force().of_address("192.0.2.9", SIGN_UP)
    assert [row.ended_at is None for row in listed_bans(2**62, 9, is_all=True)] == [True, False]


def test_a_ban_stops_what_it_says_and_no_more(board: Board) -> None:
    ban(board, "192.0.2.7", stops=WRITING)
    ban(board, "*@example.net", stops=SIGN_IN)
    bans = in_force()
    assert [bool(bans.of_address("192.0.2.7", stops)) for stops in (SIGN_UP, WRITING, SIGN_IN)] == [
        True,
        True,
        False,
    ]
    assert [bool(bans.of_email("x@Example.net", stops)) for stops in (SIGN_UP, WRITING, SIGN_IN)] == [
        True
    ] * 3


def test_looking_for_bans_costs_a_query_only_when_settings_changed(board: Board) -> None:
    ban(board)
    structure = stamp().structure
    bans_in_force(structure)
    with CaptureQueriesContext(connection) as queries:
        assert bans_in_force(structure).of_address("192.0.2.7", SIGN_UP)
        assert not bans_in_force(structure).of_email("x@example.net", SIGN_UP)
    assert len(queries) == 0


@pytest.mark.parametrize(
    ("more", "field", "told"),
    [
        ({"target": "1.0.0.0/7"}, "target", "too wide"), ({"reason": "  "}, "reason", "Say why"), ({"reason": "x" * 1001}, "reason", "At most"),
        ({"stops": 0}, "stops", "Choose"), ({"days": -1}, "days", "From 1"), ({"days": 3651}, "days", "From 1"),
        ({"own_address": "192.0.2.200"}, "target", "your own address"), ({"target": "*@example.org"}, "target", "your own address"),
        ({"own_address": "::ffff:192.0.2.1"}, "target", "your own address"),
        ({"stops": SIGN_IN}, "stops", "Others share a range"), ({"target": "2001:db8::/56", "stops": SIGN_IN}, "stops", "Others share"),
    ],
)  # fmt: skip
def test_what_cannot_be_banned_is_said_at_its_field(
    board: Board, more: dict[str, Any], field: str, told: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ban(board, **more)
    assert told in refused.value.faults[field]
    assert not AddressBan.objects.exists()


def test_all_that_is_wrong_is_said_at_once(board: Board) -> None:
    with pytest.raises(Invalid) as refused:
        ban(board, "nonsense", reason="", days=-1, stops=9)
    assert set(refused.value.faults) == {"target", "reason", "days", "stops"}


def test_only_who_manages_members_bans_addresses(board: Board) -> None:
    made = ban(board)
    for name in ("alice", "bob", "carol"):
        with pytest.raises(Refused):
            ban(board, "198.51.100.9", by=name)
        with pytest.raises(Refused):
            end_ban(ender=board.actor(name), ban_id=made.pk)
    with pytest.raises(Refused):
        end_ban(ender=GUEST, ban_id=made.pk)
    me = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"manage_members": "yes"})
    assert ban(board, "203.0.113.9", by="carol").setter_name == "carol"


@pytest.mark.parametrize(
    "change", [{"reason": ""}, {"setter_name": ""}, {"stops": 0}, {"until": now() - timedelta(days=9)}]
)
def test_the_database_refuses_a_ban_that_does_not_say_why(board: Board, change: dict[str, Any]) -> None:
    made = ban(board)
    with pytest.raises(IntegrityError), transaction.atomic():
        AddressBan.objects.filter(pk=made.pk).update(**change)
