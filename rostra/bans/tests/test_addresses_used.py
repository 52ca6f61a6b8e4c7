"""Which members used which address: one row for both, forgotten in time, looked up with a reason that is kept."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from rostra.accounts.actors import GUEST
from rostra.accounts.models import Group
from rostra.bans.actions import forget_uses, look_up, note_use
from rostra.bans.models import AddressUse, Look
from rostra.bans.policy import why_not_see_look
from rostra.bans.present import coming_from
from rostra.bans.queries import looks, uses_of
from rostra.forums.giving import give
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid, Refused
from rostra.permissions.resolution import BOARD, Holder
from rostra.topics.holding import Waits, approve_held
from tests.cast import Board

WHY = "Two accounts praise the same shop."
HOME, CAFE = "192.0.2.7", "198.51.100.9"


def note(board: Board, name: str, *networks: str) -> None:
    for network in networks:
        note_use(member_id=board.people[name].pk, network=network)


def keep_for(settings: Any, days: int) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"address_days": days})


def test_posts_from_one_address_are_one_row_with_its_first_and_last_time(board: Board) -> None:
    moment = now()
    with time_machine.travel(moment, tick=False), coming_from(HOME):
        topic = board.topic()
    with time_machine.travel(moment + timedelta(hours=3), tick=False), coming_from(HOME):
        board.reply(topic, by="alice")
    (use,) = AddressUse.objects.filter(member=board.people["alice"])
    assert (use.address, use.first_at, use.last_at) == (HOME, moment, moment + timedelta(hours=3))


def test_it_is_noted_in_the_change_that_posts_or_not_at_all(board: Board) -> None:
    def fail() -> None:
        with coming_from(HOME), transaction.atomic():
            board.topic()
            assert AddressUse.objects.exists()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not AddressUse.objects.exists()
    board.topic()  # of a command, say: there is no address
    assert not AddressUse.objects.exists()


def test_a_text_that_waits_notes_its_author_and_not_the_moderator(board: Board) -> None:
    me = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"skip_approval": "never"})
    topic = board.topic()
    with pytest.raises(Waits) as waits, coming_from(HOME):
        board.reply(topic, by="carol")
    with coming_from(CAFE):
        approve_held(moderator=board.actor("bob"), forum=board.node(), held_id=waits.value.held.pk)
    assert list(AddressUse.objects.values_list("member__name", "address")) == [("carol", HOME)]


def test_what_is_older_than_the_limit_is_not_shown_and_is_forgotten(board: Board, settings: Any) -> None:
    note(board, "alice", HOME)
    note(board, "carol", HOME)
    with time_machine.travel(now() + timedelta(days=20)):
        note(board, "alice", CAFE)
    with time_machine.travel(now() + timedelta(days=31)):
        assert [each.address for each in uses_of(board.people["alice"].pk, board.actor("dora"))] == [CAFE]
        assert forget_uses() == 2
        assert list(AddressUse.objects.values_list("address", flat=True)) == [CAFE]
        keep_for(settings, 5)
        assert uses_of(board.people["alice"].pk, board.actor("dora")) == []
        assert forget_uses() == 1


def test_a_board_that_keeps_none_notes_none_and_forgets_all(board: Board, settings: Any) -> None:
    note(board, "alice", HOME)
    keep_for(settings, 0)
    note(board, "carol", HOME)
    assert forget_uses() == 1
    with pytest.raises(Refused):
        look_up(looker=board.actor("dora"), member=board.people["alice"], reason=WHY)


def test_who_used_the_same_address_is_shown_for_each(board: Board) -> None:
    note(board, "alice", HOME, CAFE)
    note(board, "carol", CAFE, "203.0.113.4")
    note(board, "bob", "unknown", "")
    found = {
        each.address: [name for name, _at in each.others]
        for each in uses_of(board.people["alice"].pk, board.actor("dora"))
    }
    assert found == {HOME: [], CAFE: ["carol"]}


def test_of_those_who_used_the_same_only_whom_one_may_look_up_is_named(board: Board) -> None:
    board.people["erin"] = board._person("erin")
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "erin")
    board.people["frank"] = board._person("frank")
    board.people["grete"] = board._person("grete")
    alone = Holder("member", str(board.people["grete"].pk))
    give(giver=board.actor("dora"), holder=alone, place=board.asia.pk, values={"mod_lock": "yes"})
    for name in ("alice", "carol", "dora", "erin", "frank", "grete"):
        note(board, name, CAFE)
        if name != "frank":
            board.topic(by=name)

    def named(looker: str) -> tuple[set[str], int]:
        (used,) = uses_of(board.people["alice"].pk, board.actor(looker))
        return {name for name, _at in used.others}, used.hidden

    assert named("dora") == ({"carol", "dora", "erin", "frank", "grete"}, 0)
    assert named("bob") == ({"carol"}, 4), "frank wrote elsewhere, the others moderate"
    mods = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=mods, place=BOARD, values={"mod_addresses": "yes"})
    assert named("bob") == ({"carol", "frank"}, 3)
    assert named("carol") == (set(), 5)


def test_each_look_is_kept_with_its_reason_and_shown_to_who_asked_for_an_hour(board: Board) -> None:
    look = look_up(looker=board.actor("dora"), member=board.people["alice"], reason=f"  {WHY} ")
    (row,) = looks(2**62, 9)
    assert (row.looker_name, row.member_name, row.reason) == ("dora", "alice", WHY)
    assert why_not_see_look(board.actor("dora"), look) is None
    assert why_not_see_look(board.actor("bob"), look) is not None
    assert why_not_see_look(GUEST, look) is not None
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert why_not_see_look(board.actor("dora"), look) is not None


@pytest.mark.parametrize("reason", ["", "   ", "spam", "x" * 1001])
def test_nobody_looks_without_a_reason(board: Board, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        look_up(looker=board.actor("dora"), member=board.people["alice"], reason=reason)
    assert list(refused.value.faults) == ["reason"]
    assert not Look.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Look.objects.create(looker_name="dora", member_name="alice", reason="", made_at=now())


def test_a_moderator_looks_up_who_wrote_in_their_forums_and_no_moderator(board: Board) -> None:
    board.people["erin"] = board._person("erin")
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "erin")
    board.topic(by="alice")
    board.topic(by="erin")
    for looker, member, may in (
        ("bob", "alice", True), ("bob", "carol", False), ("erin", "alice", False), ("bob", "erin", False), ("bob", "dora", False),
        ("alice", "carol", False), ("dora", "erin", True), ("dora", "carol", True),
    ):  # fmt: skip
        if may:
            look_up(looker=board.actor(looker), member=board.people[member], reason=WHY)
        else:
            with pytest.raises(Refused):
                look_up(looker=board.actor(looker), member=board.people[member], reason=WHY)
    with pytest.raises(Refused):
        look_up(looker=GUEST, member=board.people["alice"], reason=WHY)
    mods = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=mods, place=BOARD, values={"mod_addresses": "yes"})
    look_up(looker=board.actor("bob"), member=board.people["carol"], reason=WHY)
    for place in (BOARD, board.europe.pk):
        give(giver=board.actor("dora"), holder=mods, place=place, values={"mod_addresses": "no"})
    with pytest.raises(Refused):
        look_up(looker=board.actor("bob"), member=board.people["alice"], reason=WHY)
