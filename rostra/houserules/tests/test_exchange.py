"""Rules as YAML: out and in again, and what is not read."""

import pytest

from rostra.board import queries as board_queries
from rostra.houserules import queries
from rostra.houserules.exchange import bring_rules, read, written
from rostra.houserules.models import HouseRule
from rostra.houserules.presets import PRESETS
from rostra.kernel.refusals import Invalid, Refused
from tests.cast import Board

RULES = """
rules:
  - text: Be kind.
  - preset: no-one-line-posts
  - text: No shops.
    check:
      condition: domains.exists(each, each.endsWith("shop.example"))
      effect: hold
      say: "A shop: {domains}."
      scope:
        on: [reply]
"""


def test_rules_come_in_and_go_out_and_come_in_the_same(board: Board) -> None:
    assert bring_rules(author=board.actor("bob"), forum=board.node(), text=RULES) == 3
    rows = queries.rules_of(board.europe.pk)
    assert [row.text for row in rows] == ["Be kind.", PRESETS["no-one-line-posts"].text, "No shops."]
    text = written(rows)
    assert "on:\n" in text
    bring_rules(author=board.actor("dora"), forum=board.node(board.asia), text=text)
    again = queries.rules_of(board.asia.pk)
    assert [(row.text, row.checked) for row in again] == [(row.text, row.checked) for row in rows]
    (shop,) = [
        rule
        for rule in queries.rules_in_force(board.node(board.asia), board_queries.stamp().structure)
        if rule.number == 3
    ]
    assert shop.check is not None
    assert shop.check.scope.on == {"reply"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds “rules:”"),
        ("rules: []", "1 to 50 rules"),
        ("rules:\n" + "- text: x\n" * 51, "1 to 50 rules"),
        ("rules: [", "no YAML"),
        ("rules: [{text: x}]\x00", "no YAML"),
        ("rules:\n- &a {text: x}\n- *a", "anchors"),
        ("a: &a [x]\nb: &b [*a, *a]\nrules: [*b]", "anchors"),
        ("rules: " + "[" * 50 + "]" * 50, "too deep"),
        ("rules: [!!python/object/apply:os.system ['true']]", "no YAML"),
        ("rules: [3]", "Rule 1: .*text and check"),
        ("rules: [{text: 3}]", "Rule 1: .*in words"),
        ("rules: [{text: x, colour: red}]", "Rule 1: .*text and check"),
        ("rules: [{preset: english-onli}]", "Rule 1: .*Did you mean “english-only”"),
        (
            "rules: [{text: x}, {text: x, check: {condition: 'own_word < 1', effect: hint, say: x}}]",
            "Rule 2: condition: .*own_words",
        ),
        ("# " + "x" * 100_000, "at most 100,000"),
    ],
)
def test_what_is_not_read_is_said_with_the_rule_and_the_remedy(text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told) as refused:
        read(text)
    assert list(refused.value.faults) == ["file"]


def test_all_rules_of_a_file_come_in_or_none(board: Board) -> None:
    with pytest.raises(Invalid, match="Rule 2"):
        bring_rules(
            author=board.actor("bob"),
            forum=board.node(),
            text=f"rules:\n- text: Good.\n- text: {'x' * 1_001}\n",
        )
    assert not HouseRule.objects.exists()


def test_members_bring_no_rules(board: Board) -> None:
    with pytest.raises(Refused):
        bring_rules(author=board.actor("alice"), forum=board.node(), text=RULES)
