"""Texts are judged by the rules of the forums above, unless a forum leaves them out."""

import pytest

from rostra.board.queries import stamp
from rostra.forums.actions import found_forum
from rostra.houserules.actions import lay_down_rule
from rostra.houserules.inheritance import inherit_rules
from rostra.houserules.models import RuleHit
from rostra.houserules.queries import is_judged
from rostra.topics.judging import Judged
from tests.cast import Board

REFUSAL = {
    "condition": 'own_text.contains("shop")', "effect": "refuse", "say": "No shops.", "remedy": "Leave it out.",
}  # fmt: skip


def test_a_text_in_a_forum_is_judged_by_the_rules_above_it(board: Board) -> None:
    balkans = found_forum(name="Balkans", parent=board.europe)
    dora = board.actor("dora")
    rule = lay_down_rule(author=dora, forum=board.node(), text="No shops.", check=REFUSAL, is_waived=True)
    assert is_judged(board.node(balkans), stamp().structure)
    with pytest.raises(Judged, match="No shops"):
        board.topic("Bread", "Come to my shop", forum=balkans)
    board.topic("Bread", "Come to my house", forum=balkans)
    assert sum(RuleHit.objects.filter(rule_id=rule).values_list("judged", flat=True)) == 2
    inherit_rules(author=dora, forum=board.node(balkans), is_inherited=False)
    assert board.topic("Bread", "Come to my shop", forum=balkans).post_count == 1
