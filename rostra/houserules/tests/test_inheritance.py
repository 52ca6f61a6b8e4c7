"""Rules of a forum hold in the forums below it, unless these leave them out."""

from typing import Any

import pytest

from rostra.accounts.models import Group
from rostra.board.queries import stamp
from rostra.forums.actions import found_forum
from rostra.forums.models import Forum
from rostra.houserules import inheritance
from rostra.houserules.actions import lay_down_rule
from rostra.houserules.events import InheritanceSwitched
from rostra.houserules.inheritance import inherit_rules, sources
from rostra.houserules.queries import number_of_rules, rules_holding, rules_in_force
from rostra.kernel import events
from rostra.kernel.events import Event
from rostra.kernel.refusals import Refused
from tests.cast import Board


@pytest.fixture
def balkans(board: Board) -> Forum:
    """A forum below a category below Europe."""
    middle = found_forum(name="Corners", kind=Forum.Kind.CATEGORY, parent=board.europe)
    return found_forum(name="Balkans", parent=middle)


def _rule(board: Board, text: str, forum: Forum | None, check: Any = None) -> int:
    node = board.node(forum) if forum else None
    return lay_down_rule(author=board.actor("dora"), forum=node, text=text, check=check, is_waived=True)


def _texts(board: Board, forum: Forum) -> list[str]:
    node = board.node(forum)
    held = [rule.text for rule in rules_in_force(node, stamp().structure)]
    assert held == [row.text for row in rules_holding(node)]
    assert number_of_rules(node, stamp().structure) == len(held)
    return held


def test_rules_of_the_board_come_first_then_those_above_then_the_own_ones(
    board: Board, balkans: Forum
) -> None:
    for text, forum in (
        ("Own", balkans),
        ("Of Europe", board.europe),
        ("Of all", None),
        ("Of Asia", board.asia),
    ):
        _rule(board, text, forum)
    assert _texts(board, balkans) == ["Of all", "Of Europe", "Own"]
    assert _texts(board, board.europe) == ["Of all", "Of Europe"]
    assert _texts(board, board.asia) == ["Of all", "Of Asia"]


def test_a_forum_that_leaves_rules_out_has_those_of_the_board_still(
    board: Board, balkans: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = found_forum(name="Montenegro", parent=balkans)
    for text, forum in (("Own", balkans), ("Of Europe", board.europe), ("Of all", None)):
        _rule(board, text, forum)
    seen: list[Event] = []
    monkeypatch.setitem(events._reactions, InheritanceSwitched, [seen.append])
    inherit_rules(author=board.actor("dora"), forum=board.node(balkans), is_inherited=False)
    assert _texts(board, balkans) == _texts(board, below) == ["Of all", "Own"]
    assert [each.name for each in sources(board.node(below))] == ["Balkans", "Montenegro"]
    inherit_rules(author=board.actor("dora"), forum=board.node(balkans), is_inherited=True)
    assert _texts(board, below) == ["Of all", "Of Europe", "Own"]
    dora = board.people["dora"].pk
    assert seen == [
        InheritanceSwitched(forum=balkans.pk, is_inherited=holds, author=dora) for holds in (False, True)
    ]


def test_who_leaves_rules_out_must_be_able_to_change_them(board: Board, balkans: Forum) -> None:
    group = Group.objects.create(name="Balkan Mods")
    board.moderate(balkans, group, "carol")
    for name in ("alice", "carol"):
        with pytest.raises(Refused):
            inherit_rules(author=board.actor(name), forum=board.node(balkans), is_inherited=False)
    inherit_rules(author=board.actor("bob"), forum=board.node(balkans), is_inherited=False)
    assert not Forum.objects.get(id=balkans.pk).inherits_rules
    with pytest.raises(Refused, match="no forum above"):
        inherit_rules(author=board.actor("dora"), forum=board.node(board.asia), is_inherited=False)


def test_a_forum_has_no_more_rules_than_are_judged_with_those_above(
    board: Board, balkans: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inheritance, "MOST_RULES", 3)
    for text, forum in (("One", balkans), ("Two", board.europe), ("Three", None)):
        _rule(board, text, forum)
    for forum in (balkans, board.europe, None):
        with pytest.raises(Refused, match="at most 3 rules"):
            _rule(board, "Four", forum)
    with pytest.raises(Refused, match="“Balkans” has as many"):
        _rule(board, "Four", board.europe)
    _rule(board, "Of Asia", board.asia)
    inherit_rules(author=board.actor("dora"), forum=board.node(balkans), is_inherited=False)
    _rule(board, "Another", balkans)
    with pytest.raises(Refused, match="at most 3 rules"):
        inherit_rules(author=board.actor("dora"), forum=board.node(balkans), is_inherited=True)
