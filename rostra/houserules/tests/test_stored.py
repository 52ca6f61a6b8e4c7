"""Rules on a board: laying down, amending, repealing, ordering; what observes first; what falls back."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rostra.accounts.actions import join
from rostra.accounts.models import User
from rostra.board import queries as board_queries
from rostra.forums.giving import give
from rostra.houserules import counting, inheritance, queries
from rostra.houserules.actions import amend_rule, lay_down_rule, reorder, repeal_rule, switch_rule
from rostra.houserules.counting import forget_old_hits, note_hits
from rostra.houserules.events import RuleAmended, RuleFellBack, RuleLaidDown
from rostra.houserules.models import HouseRule, RuleFound, RuleHit, RuleVersion
from rostra.houserules.presets import PRESETS
from rostra.houserules.rules import Effect, Fault, Rule, Verdict, verdict_on
from rostra.houserules.tests.judging import draft
from rostra.kernel import events
from rostra.kernel.clock import now
from rostra.kernel.events import Event
from rostra.kernel.refusals import Gone, Invalid, Refused
from rostra.permissions.resolution import BOARD, Holder
from tests.cast import Board

HINT = {"condition": "own_words < 3", "effect": "hint", "say": "Short."}
REFUSAL = {**HINT, "effect": "refuse", "remedy": "Say more."}

_numbers = count()


@pytest.fixture(autouse=True)
def _fifth(board: Board) -> None:
    join(name="erin", email="erin@example.org", password="a long password of five")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """The events that are recorded."""
    found: list[Event] = []
    kinds = (RuleLaidDown, RuleAmended, RuleFellBack)
    monkeypatch.setattr(events, "_reactions", {kind: [found.append] for kind in kinds})
    return found


def _rule(board: Board, check: dict[str, Any] | None = None, text: str = "Be brief.", **more: Any) -> int:
    return lay_down_rule(author=board.actor("bob"), forum=board.node(), text=text, check=check, **more)


def _in_force(board: Board, forum: Any = None) -> list[Rule]:
    return queries.rules_in_force(board.node(forum), board_queries.stamp().structure)


def _post(board: Board, body: str, times: int = 1) -> Verdict:
    """Judge posts of all members in turn and count them, as the sending of a post does."""
    members = sorted(User.objects.values_list("id", flat=True))
    for _number in range(times):
        rules = _in_force(board)
        verdict = verdict_on(rules, draft(body))
        number = next(_numbers)
        author = members[number % len(members)]
        note_hits(verdict=verdict, rules=rules, author=author, text=f"{body} {number}")
    return verdict


def test_a_moderator_lays_down_a_rule_and_posts_are_judged_by_it(board: Board, told: list[Event]) -> None:
    rule = _rule(board, HINT)
    assert [(each.id, each.number, each.version, each.text) for each in _in_force(board)] == [
        (rule, 1, 1, "Be brief.")
    ]
    assert _post(board, "No.").effect is Effect.HINT
    assert _in_force(board, board.asia) == []
    assert told == [RuleLaidDown(rule=rule, forum=board.europe.pk, author=board.people["bob"].pk)]


def test_a_rule_of_the_whole_board_comes_before_those_of_the_forum(board: Board) -> None:
    _rule(board, text="Of Europe.")
    lay_down_rule(author=board.actor("dora"), forum=None, text="Of all.")
    assert [rule.text for rule in _in_force(board)] == ["Of all.", "Of Europe."]
    assert [rule.text for rule in _in_force(board, board.asia)] == ["Of all."]


def test_members_lay_down_no_rules_and_moderators_none_for_the_whole_board(board: Board) -> None:
    with pytest.raises(Refused, match="moderators of “Europe”"):
        lay_down_rule(author=board.actor("alice"), forum=board.node(), text="Mine.")
    with pytest.raises(Refused, match="Only administrators"):
        lay_down_rule(author=board.actor("bob"), forum=None, text="Mine.")
    with pytest.raises(Refused):
        lay_down_rule(author=board.actor("bob"), forum=board.node(board.asia), text="Mine.")
    assert not HouseRule.objects.exists()


def test_who_may_moderate_but_not_remove_changes_no_rules(board: Board) -> None:
    for name, values in (("carol", {"mod_notes": "yes"}), ("bob", {"mod_remove": "never"})):
        holder = Holder("member", str(board.people[name].pk))
        give(giver=board.actor("dora"), holder=holder, place=BOARD, values=values)
        with pytest.raises(Refused, match="Remove and restore"):
            lay_down_rule(author=board.actor(name), forum=board.node(), text="Mine.")
    carol = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), holder=carol, place=BOARD, values={"mod_remove": "yes"})
    assert lay_down_rule(author=board.actor("carol"), forum=board.node(), text="Mine.")


def test_a_forum_that_went_meanwhile_gets_no_rule(board: Board) -> None:
    node = board.node(board.asia)
    board.asia.delete()
    with pytest.raises(Gone):
        lay_down_rule(author=board.actor("dora"), forum=node, text="Late.")


def test_rules_in_force_cost_no_query_until_one_changes(board: Board) -> None:
    _rule(board, HINT)
    structure, europe, asia = board_queries.stamp().structure, board.node(), board.node(board.asia)
    queries.rules_in_force(europe, structure)
    with CaptureQueriesContext(connection) as asked:
        queries.rules_in_force(europe, structure)
        queries.rules_in_force(asia, structure)
    assert len(asked) == 0
    _rule(board)
    assert len(_in_force(board)) == 2


def test_a_rule_that_refuses_observes_for_a_day_first(board: Board) -> None:
    _rule(board, REFUSAL)
    assert _in_force(board)[0].observes
    assert _post(board, "No.").effect is None
    with time_machine.travel(now() + timedelta(hours=23, minutes=59)):
        assert _in_force(board)[0].observes
    with time_machine.travel(now() + timedelta(hours=24, minutes=1)):
        assert not _in_force(board)[0].observes


def test_the_day_may_be_waived_and_milder_rules_have_none(board: Board) -> None:
    _rule(board, REFUSAL, is_waived=True)
    _rule(board, HINT)
    assert [rule.observes for rule in _in_force(board)] == [False, False]


def test_an_amended_rule_keeps_its_versions_and_a_new_check_observes_again(
    board: Board, told: list[Event]
) -> None:
    bob, europe = board.actor("bob"), board.node()
    rule = _rule(board, REFUSAL, is_waived=True)
    assert amend_rule(author=bob, forum=europe, rule_id=rule, text="Be brief.", check=REFUSAL) == 1
    assert amend_rule(author=bob, forum=europe, rule_id=rule, text="Be very brief.", check=REFUSAL) == 2
    assert not _in_force(board)[0].observes
    stricter = {**REFUSAL, "condition": "own_words < 9"}
    assert amend_rule(author=bob, forum=europe, rule_id=rule, text="Be very brief.", check=stricter) == 3
    assert _in_force(board)[0].observes
    assert [(row.version, row.text, row.author) for row in queries.versions_of(rule)] == [
        (3, "Be very brief.", "bob"), (2, "Be very brief.", "bob"), (1, "Be brief.", "bob"),
    ]  # fmt: skip
    assert [event.version for event in told if isinstance(event, RuleAmended)] == [2, 3]


def test_a_repealed_rule_is_gone_and_those_behind_it_move_up(board: Board) -> None:
    first, second, third = (_rule(board, text=f"Rule {number}.") for number in (1, 2, 3))
    repeal_rule(author=board.actor("bob"), forum=board.node(), rule_id=second)
    assert [(row.id, row.number) for row in queries.rules_of(board.europe.pk)] == [(first, 1), (third, 2)]
    with pytest.raises(Gone):
        amend_rule(author=board.actor("bob"), forum=board.node(), rule_id=second, text="Back.")
    assert RuleVersion.objects.filter(rule_id=second).exists()
    repealed = queries.repealed_rules(board.europe.pk, 20)
    assert [(row.id, row.is_active, row.text) for row in repealed] == [(second, False, "Rule 2.")]
    assert queries.rule_of(second) == repealed[0]
    assert queries.repealed_rules(None, 20) == []


def test_a_rule_of_another_forum_cannot_be_reached_through_ones_own(board: Board) -> None:
    other = lay_down_rule(author=board.actor("dora"), forum=board.node(board.asia), text="Of Asia.")
    for call in (repeal_rule, lambda **given: switch_rule(is_enforced=True, **given)):
        with pytest.raises(Gone):
            call(author=board.actor("bob"), forum=board.node(), rule_id=other)


def test_rules_are_ordered_anew(board: Board) -> None:
    ids = [_rule(board, text=f"Rule {number}.") for number in (1, 2, 3)]
    reorder(author=board.actor("bob"), forum=board.node(), order=[ids[2], ids[0], ids[1]])
    assert [(rule.id, rule.number) for rule in _in_force(board)] == [(ids[2], 1), (ids[0], 2), (ids[1], 3)]
    for wrong in ([ids[0]], [*ids, ids[0]], [ids[0], ids[1], 999_999]):
        with pytest.raises(Invalid, match="changed meanwhile"):
            reorder(author=board.actor("bob"), forum=board.node(), order=wrong)


def test_a_forum_has_no_more_rules_than_are_judged(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inheritance, "MOST_RULES", 3)
    _rule(board)
    _rule(board)
    lay_down_rule(author=board.actor("dora"), forum=None, text="Of all.")
    with pytest.raises(Refused, match="at most 3 rules"):
        _rule(board)
    with pytest.raises(Refused, match="at most 3 rules"):
        lay_down_rule(author=board.actor("dora"), forum=None, text="Of all.")
    lay_down_rule(author=board.actor("dora"), forum=board.node(board.asia), text="Of Asia.")


@pytest.mark.parametrize(
    ("text", "check", "field"),
    [
        (" \u200b ", None, "text"),
        ("x" * 1_001, None, "text"),
        ("Good.", {**HINT, "condition": "own_word"}, "condition"),
        ("Good.", {**HINT, "say": ""}, "say"),
    ],
)
def test_what_is_no_rule_is_refused_by_field(board: Board, text: str, check: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _rule(board, check, text=text)
    assert list(refused.value.faults) == [field]
    assert not HouseRule.objects.exists()


@pytest.mark.parametrize("name", PRESETS)
def test_presets_can_be_laid_down(board: Board, name: str) -> None:
    rule = _rule(board, dict(PRESETS[name].check), text=PRESETS[name].text, is_waived=True)
    (stored,) = _in_force(board)
    assert stored.id == rule
    assert stored.check is not None


def test_long_texts_in_every_script_are_kept_whole(board: Board) -> None:
    check = {
        "condition": "own_words < 3 || " * 20 + "false",
        "effect": "refuse",
        "say": "税" * 300,
        "remedy": "金" * 300,
    }
    _rule(board, check, text="則" * 1_000)
    (stored,) = _in_force(board)
    assert stored.text == "則" * 1_000
    assert stored.check is not None
    assert stored.check.remedy == "金" * 300


def test_posts_are_counted_by_the_hour(board: Board) -> None:
    rule = _rule(board, HINT)
    with time_machine.travel("2026-11-27T10:20:00Z", tick=False):
        _post(board, "No.", 2)
        _post(board, "More words than three.", 3)
    with time_machine.travel("2026-11-27T11:00:00Z", tick=False):
        _post(board, "No.")
        found = queries.hits_of(rule, 1, now() - timedelta(days=1))
    assert [(row.hour_at.hour, row.judged, row.hits) for row in found] == [(10, 5, 2), (11, 1, 1)]


def test_counting_costs_one_statement_whatever_the_number_of_rules(board: Board) -> None:
    for number in range(5):
        _rule(board, HINT, text=f"Rule {number}.")
    rules = _in_force(board)
    verdict = verdict_on(rules, draft("More words than three."))
    with CaptureQueriesContext(connection) as asked:
        note_hits(verdict=verdict, rules=rules, author=board.people["carol"].pk, text="")
    assert len([query for query in asked if "rulehit" in query["sql"]]) == 1
    assert sum(RuleHit.objects.values_list("judged", flat=True)) == 5


def test_counts_of_a_forum_are_those_of_its_rules_in_force(board: Board) -> None:
    rule, whole = (
        _rule(board, HINT),
        lay_down_rule(author=board.actor("dora"), forum=None, text="All.", check=HINT),
    )
    _post(board, "No.", 2)
    hour = now().replace(minute=0, second=0, microsecond=0)
    assert [row[:1] + row[2:] for row in queries.hits_in(board.europe.pk, hour)] == [(rule, 2, 2)]
    assert [row.rule_id for row in queries.hits_in(None, hour)] == [whole]
    assert queries.hits_in(board.europe.pk, hour + timedelta(hours=1)) == []
    amend_rule(author=board.actor("bob"), forum=board.node(), rule_id=rule, text="Anew.", check=HINT)
    assert queries.hits_in(board.europe.pk, hour) == []


def test_a_young_rule_that_finds_too_much_falls_back_and_says_so(board: Board, told: list[Event]) -> None:
    rule = _rule(board, HINT)
    _post(board, "More words than three.", 35)
    _post(board, "No.", 4)  # four of 39: too few posts yet, and too few members
    assert not _in_force(board)[0].observes
    _post(board, "No.")
    assert _in_force(board)[0].observes
    assert [event for event in told if isinstance(event, RuleFellBack)] == [
        RuleFellBack(rule=rule, version=1, reason="hits")
    ]
    assert _post(board, "No.").effect is None
    assert len([event for event in told if isinstance(event, RuleFellBack)]) == 1
    assert [(row.id, row.fell_back) for row in queries.rules_of(board.europe.pk)] == [(rule, "hits")]


def test_five_per_cent_are_not_too_much(board: Board) -> None:
    _rule(board, HINT)
    _post(board, "More words than three.", 95)
    _post(board, "No.", 5)
    assert not _in_force(board)[0].observes


def test_nobody_makes_a_rule_fall_back_alone_nor_with_the_few_that_it_finds_rightly(board: Board) -> None:
    _rule(board, HINT)
    rules, verdict = _in_force(board), verdict_on(_in_force(board), draft("No."))
    for number in range(45):
        note_hits(verdict=verdict, rules=rules, author=board.people["carol"].pk, text=f"No. {number}")
    assert not _in_force(board)[0].observes
    _post(board, "More words than three.", 160)
    _post(board, "No.", 5)  # with three of carol's eight of 168
    assert not _in_force(board)[0].observes


def test_a_text_that_is_sent_again_is_counted_once(board: Board) -> None:
    rule = _rule(board, HINT)
    rules, verdict = _in_force(board), verdict_on(_in_force(board), draft("No."))
    for name in ("carol", "carol", "alice"):
        note_hits(verdict=verdict, rules=rules, author=board.people[name].pk, text="No.")
    (row,) = queries.hits_of(rule, 1, now() - timedelta(hours=2))
    assert (row.judged, row.hits) == (2, 2)
    with time_machine.travel(now() + timedelta(hours=25)):
        forget_old_hits()
    assert not RuleFound.objects.exists()


def test_a_rule_that_found_too_much_while_it_observed_is_not_enforced_after_the_day(board: Board) -> None:
    _rule(board, REFUSAL)
    _post(board, "No.", 40)
    with time_machine.travel(now() + timedelta(hours=25)):
        assert _in_force(board)[0].observes


def test_an_old_rule_finds_what_it_finds(board: Board) -> None:
    rule = _rule(board, HINT)
    RuleVersion.objects.filter(rule_id=rule).update(made_at=now() - timedelta(hours=24, seconds=1))
    _post(board, "No.", 45)
    assert not _in_force(board)[0].observes


def test_a_new_version_is_young_again_and_counted_by_itself(board: Board) -> None:
    rule = _rule(board, HINT)
    _post(board, "More words than three.", 39)
    amend_rule(author=board.actor("bob"), forum=board.node(), rule_id=rule, text="Anew.", check=HINT)
    _post(board, "No.", 3)
    assert not _in_force(board)[0].observes


def test_a_rule_that_fails_falls_back_at_once(board: Board, told: list[Event]) -> None:
    rule = _rule(board, {**HINT, "condition": "own_words / links > 1"})
    _post(board, "No.")
    assert _in_force(board)[0].observes
    assert told[-1] == RuleFellBack(rule=rule, version=1, reason="failed")
    assert queries.rules_of(board.europe.pk)[0].fell_back == "failed"
    amend_rule(author=board.actor("bob"), forum=board.node(), rule_id=rule, text="Mended.", check=HINT)
    assert queries.rules_of(board.europe.pk)[0].fell_back == ""


def test_a_fault_of_a_version_that_is_amended_meanwhile_changes_nothing(board: Board) -> None:
    rule = _rule(board, HINT)
    old = _in_force(board)
    amend_rule(author=board.actor("bob"), forum=board.node(), rule_id=rule, text="Mended.", check=HINT)
    note_hits(
        verdict=Verdict(faults=(Fault(rule, "slow", ""),), asked=(rule,)), rules=old, author=None, text=""
    )
    assert not _in_force(board)[0].observes


def test_a_moderator_has_a_rule_enforced_again(board: Board) -> None:
    rule = _rule(board, REFUSAL)
    HouseRule.objects.update(fell_back="slow")
    switch_rule(author=board.actor("bob"), forum=board.node(), rule_id=rule, is_enforced=True)
    assert queries.rules_of(board.europe.pk)[0].fell_back == ""
    assert _post(board, "No.").effect is Effect.REFUSE
    switch_rule(author=board.actor("bob"), forum=board.node(), rule_id=rule, is_enforced=False)
    with time_machine.travel(now() + timedelta(days=9)):
        assert _in_force(board)[0].observes


def test_counting_moves_no_version_but_falling_back_does(board: Board) -> None:
    _rule(board, HINT)
    before = board_queries.stamp()
    _post(board, "More words than three.", 2)
    assert board_queries.stamp() == before
    _post(board, "No.", 40)
    assert board_queries.stamp().structure > before.structure


def test_old_counts_are_forgotten(board: Board) -> None:
    _rule(board, HINT)
    with time_machine.travel(now() - counting.KEPT - timedelta(hours=1)):
        _post(board, "No.")
    _post(board, "No.")
    assert forget_old_hits() == 1
    assert RuleHit.objects.count() == 1


def test_a_check_that_no_longer_can_be_used_leaves_the_rule_to_people(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    rule = _rule(board, HINT)
    RuleVersion.objects.filter(rule_id=rule).update(checked='{"condition": "given_up > 1"}')
    (stored,) = _in_force(board)
    assert stored.check is None
    assert f"house rule {rule}" in caplog.text
