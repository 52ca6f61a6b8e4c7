"""The rule bench, and rules that travel as YAML."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.houserules.models import HouseRule
from rostra.houserules.queries import rules_of
from rostra.permissions.resolution import Holder
from rostra.topics.removal import remove_post
from rostra.web import ratelimits
from rostra.web.rules import bench
from tests.cast import Board

SignedIn = Callable[[str], Client]
SHORT = {
    "condition": "own_words < 3",
    "effect": "hold",
    "say": "It has {own_words} words.",
    "on": ["topic", "reply"],
    "do": "try",
}
FILE = """rules:
- text: Be kind.
- text: Be brief.
  check:
    condition: own_words > 90
    effect: hint
    say: Long.
"""


def _html(response: Any) -> str:
    return str(response.content.decode())


def test_a_draft_is_tried_on_the_posts_of_its_forum_and_nothing_is_kept(
    board: Board, bob: Client, place: str
) -> None:
    topic = board.topic(body="A question of four.")
    kept = board.reply(topic, "<b>No.")
    removed, long = board.reply(topic, "Nonsense!"), board.reply(topic, "An answer of many words.")
    for post in (removed, long):
        remove_post(moderator=board.actor("bob"), post_id=post.pk, forum=board.node())
    board.topic(body="Asia.", forum=board.asia)
    answer = bob.post(f"{place}new/", SHORT)
    html = _html(answer)
    assert answer.status_code == 200
    assert "2 of 4 posts (50 %)" in html
    assert "2: a moderator looks at it first" in html
    assert "Of these posts, 2 were removed later; it would have caught 1 of them." in html
    assert "50 % was removed (precision); of what was removed, it would have caught 50 % (recall)." in html
    assert f'href="/p/{kept.pk}"' in html
    assert "&lt;b&gt;No." in html
    assert "It has 1 words." in html
    assert f'href="/p/{removed.pk}"' in html
    assert "Nonsense!" not in html, "what was removed is named, not shown"
    assert "Asia." not in html
    assert "own_words &lt; 3" in html, "what was typed stays"
    assert not HouseRule.objects.exists()


def test_a_rule_that_is_there_is_tried_as_it_is_typed(board: Board, bob: Client, place: str) -> None:
    board.topic(body="One two three four.")
    rule = lay_down_rule(
        author=board.actor("bob"), forum=board.node(), text="Brief.",
        check={"condition": "own_words > 3", "effect": "hint", "say": "x"},
    )  # fmt: skip
    assert "0 of 1 posts" in _html(bob.post(f"{place}{rule}/change/", SHORT))
    assert [row.version for row in rules_of(board.europe.pk)] == [1]


def test_a_rule_of_the_whole_board_is_tried_on_all_forums(board: Board, as_person: SignedIn) -> None:
    board.topic(body="Short.")
    board.topic(body="Asia.", forum=board.asia)
    assert "2 of 2 posts (100 %)" in _html(as_person("dora").post("/rules/new/", SHORT))


def test_where_nothing_was_removed_there_is_no_agreement_to_tell(
    board: Board, bob: Client, place: str
) -> None:
    board.topic(body="Short.")
    html = _html(bob.post(f"{place}new/", SHORT))
    assert "None of these posts was removed" in html
    assert "(precision)" not in html


def test_a_check_that_fails_on_posts_is_told(board: Board, bob: Client, place: str) -> None:
    board.topic(body="Short.")
    html = _html(bob.post(f"{place}new/", {**SHORT, "condition": "own_words / links > 1"}))
    assert "It failed or was slow 1 times" in html


def test_without_a_condition_there_is_nothing_to_try(board: Board, bob: Client, place: str) -> None:
    answer = bob.post(f"{place}new/", {"text": "Be kind.", "on": "topic", "do": "try"})
    assert answer.status_code == 422
    assert "There is nothing to try" in _html(answer)


def test_the_bench_is_bounded_in_posts_and_in_time(
    board: Board, bob: Client, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = board.topic(body="Short.")
    for _number in range(4):
        board.reply(topic, "Short.")
    monkeypatch.setattr(bench, "MOST_POSTS", 3)
    html = _html(bob.post(f"{place}new/", SHORT))
    assert "3 of 3 posts" in html
    assert "older posts were left out" not in html
    monkeypatch.setattr(bench, "SECONDS", -1.0)
    html = _html(bob.post(f"{place}new/", SHORT))
    assert "1 of 1 posts" in html
    assert "older posts were left out" in html


def test_trying_too_often_is_refused_and_nothing_typed_is_lost(
    board: Board, bob: Client, as_person: SignedIn, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ratelimits.LIMITS, "bench", (1, 60, ratelimits.LIMITS["bench"][2]))
    assert bob.post(f"{place}new/", SHORT).status_code == 200
    answer = bob.post(f"{place}new/", SHORT)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Rules can be tried 1 times in 60 seconds." in _html(answer)
    assert "own_words &lt; 3" in _html(answer)
    assert as_person("dora").post(f"{place}new/", SHORT).status_code == 200


def test_who_may_not_read_the_topics_of_others_tries_nothing_on_them(
    board: Board, bob: Client, place: str
) -> None:
    board.topic(body="Private matter.")
    moderators = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=moderators, place=board.europe.pk, values={"read_others": "never"})
    answer = bob.post(f"{place}new/", {**SHORT, "condition": "true"})
    assert answer.status_code == 403
    assert "Private matter." not in _html(answer)
    assert "you must be able to read the topics of others" in _html(answer)


def test_rules_are_taken_along_as_yaml_and_brought_in_elsewhere(
    board: Board, bob: Client, as_person: SignedIn, place: str
) -> None:
    done = _html(bob.post(f"{place}yaml/", {"file": FILE}, follow=True))
    assert "The rules of the file are laid down." in done
    saved = bob.get(f"{place}rules.yaml")
    assert saved.headers["Content-Type"] == "application/yaml; charset=utf-8"
    assert saved.headers["Content-Disposition"] == 'attachment; filename="rules-europe.yaml"'
    assert _html(saved) == FILE
    assert "own_words &gt; 90" in _html(bob.get(f"{place}yaml/"))
    as_person("dora").post("/rules/yaml/", {"file": _html(saved)})
    assert [row.text for row in rules_of(None)] == ["Be kind.", "Be brief."]


def test_a_file_with_a_fault_brings_nothing_in_and_stays_in_the_field(
    board: Board, bob: Client, place: str
) -> None:
    answer = bob.post(f"{place}yaml/", {"file": FILE.replace("hint", "explode")})
    assert answer.status_code == 422
    html = _html(answer)
    assert "Rule 2: effect: The effect is one of" in html
    assert 'aria-invalid="true"' in html
    assert "effect: explode" in html
    assert not HouseRule.objects.exists()


@pytest.mark.parametrize(("waived", "mode"), [("", "observe"), ("yes", "enforce")])
def test_rules_of_a_file_observe_first_unless_that_is_waived(
    board: Board, bob: Client, place: str, waived: str, mode: str
) -> None:
    bob.post(f"{place}yaml/", {"file": "rules: [{preset: thirty-seconds}]", "waived": waived})
    assert [row.mode for row in rules_of(board.europe.pk)] == [mode]
