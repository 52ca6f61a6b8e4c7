"""Pages of a forum whose rules come from above, and the queue that tells of rules that stopped themselves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.accounts.models import Group
from rostra.forums.actions import found_forum
from rostra.forums.models import Forum
from rostra.houserules.actions import lay_down_rule
from rostra.houserules.models import HouseRule
from rostra.moderation.models import Case
from tests.cast import Board

SignedIn = Callable[[str], Client]
CHECK = {"condition": "own_words < 3", "effect": "ask", "say": "Short."}


def _html(response: Any) -> str:
    return str(response.content.decode())


def _rule(board: Board, text: str, forum: Forum | None, check: Any = None) -> int:
    node = board.node(forum) if forum else None
    return lay_down_rule(author=board.actor("dora"), forum=node, text=text, check=check)


@pytest.fixture
def balkans(board: Board) -> Forum:
    """A forum below Europe."""
    return found_forum(name="Balkans", parent=board.europe)


def test_the_page_of_rules_shows_those_above_before_the_own(
    board: Board, client: Client, balkans: Forum
) -> None:
    for text, forum in (("Own one", balkans), ("Quote sources", board.europe), ("Be kind", None)):
        _rule(board, text, forum)
    html = _html(client.get(f"/f/{balkans.pk}-balkans/rules/"))
    order = [
        html.index(words)
        for words in ("Be kind", "Rules of “Europe”", "Quote sources", "Rules of this forum", "Own one")
    ]
    assert order == sorted(order)
    assert f'id="rule-of-{board.europe.pk}-1"' in html
    assert "Leave them out" not in html
    assert "Own one" not in _html(client.get(f"/f/{board.europe.pk}-europe/rules/"))


def test_the_page_of_the_forum_counts_the_rules_above(board: Board, client: Client, balkans: Forum) -> None:
    before = _html(client.get(f"/f/{balkans.pk}-balkans/"))
    _rule(board, "Quote sources", board.europe)
    after = _html(client.get(f"/f/{balkans.pk}-balkans/"))
    assert "/rules/" in after.split("<main")[1]
    assert before != after


def test_who_may_rule_above_leaves_them_out_and_lets_them_hold_again(
    board: Board, as_person: SignedIn, balkans: Forum
) -> None:
    _rule(board, "Quote sources", board.europe)
    bob, place = as_person("bob"), f"/f/{balkans.pk}-balkans/rules/"
    assert "Leave them out" in _html(bob.get(place))
    moved = bob.post(f"{place}inherit/", {"holds": "no"})
    assert moved.headers["Location"] == f"{place}?done=apart"
    html = _html(bob.get(place))
    assert "Quote sources" not in html
    assert "The rules of the forums above do not hold here." in html
    bob.post(f"{place}inherit/", {"holds": "yes"})
    assert "Quote sources" in _html(bob.get(place))
    assert bob.post(f"{place}inherit/", {"holds": "maybe"}).status_code == 422
    assert bob.get(f"{place}inherit/").status_code == 405


def test_nobody_else_leaves_rules_out(
    board: Board, client: Client, as_person: SignedIn, balkans: Forum
) -> None:
    group = Group.objects.create(name="Balkan Mods")
    board.moderate(balkans, group, "carol")
    place = f"/f/{balkans.pk}-balkans/rules/"
    carol = as_person("carol")
    html = _html(carol.get(place))
    assert "Lay down a rule" in html
    assert "Leave them out" not in html
    for browser in (client, as_person("alice"), carol):
        assert browser.post(f"{place}inherit/", {"holds": "no"}).status_code in (302, 403)
    assert Forum.objects.get(id=balkans.pk).inherits_rules


def test_a_decision_can_name_a_rule_of_the_forum_above(
    board: Board, as_person: SignedIn, balkans: Forum
) -> None:
    rule = _rule(board, "Quote sources", board.europe)
    post = board.reply(board.topic(forum=balkans))
    bob = as_person("bob")
    assert "Europe 1. Quote sources" in _html(bob.get(f"/p/{post.pk}/remove/"))
    typed = {"rule": str(rule), "facts": "It names no source at all.", "ground": "rules", "source": "own"}
    bob.post(f"/p/{post.pk}/remove/", typed)
    assert Case.objects.get().rule.rule_id == rule


def _stop(rule: int, why: str = "slow") -> None:
    from rostra.kernel.changes import change

    with change(is_structural=True):
        HouseRule.objects.filter(id=rule).update(mode="observe", fell_back=why)


def test_the_queue_tells_of_rules_that_stopped_until_somebody_decides(
    board: Board, as_person: SignedIn
) -> None:
    rule, bob = _rule(board, "Be brief", board.europe, CHECK), as_person("bob")
    assert "Be brief" not in _html(bob.get("/moderate/"))
    _stop(rule)
    html = _html(bob.get("/moderate/"))
    assert "of “Europe”" in html
    assert "because its check took too long" in html
    place = f"/f/{board.europe.pk}-europe/rules/{rule}/switch/"
    assert f'action="{place}"' in html
    bob.post(place, {"mode": "observe"})
    assert "Be brief" not in _html(bob.get("/moderate/"))
    assert HouseRule.objects.get().mode == "observe"


def test_the_queue_of_other_moderators_says_nothing_of_it(board: Board, as_person: SignedIn) -> None:
    group = Group.objects.create(name="Asia Mods")
    board.moderate(board.asia, group, "carol")
    _stop(_rule(board, "Be brief", board.europe, CHECK))
    _stop(_rule(board, "Be kind", None, CHECK))
    assert "Be brief" not in (html := _html(as_person("carol").get("/moderate/")))
    assert "Be kind" not in html
    html = _html(as_person("dora").get("/moderate/"))
    assert "Be brief" in html
    assert "of the whole board" in html


def test_a_moderator_who_lays_down_no_rules_is_told_and_decides_nothing(
    board: Board, as_person: SignedIn
) -> None:
    from rostra.forums.giving import give
    from rostra.permissions.resolution import Holder

    holder = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=holder, place=board.europe.pk, values={"mod_remove": "no"})
    _stop(_rule(board, "Be brief", board.europe, CHECK))
    html = _html(as_person("bob").get("/moderate/"))
    assert "Be brief" in html
    assert "Leave it at counting" not in html


def test_telling_of_stopped_rules_asks_the_database_nothing(board: Board, as_person: SignedIn) -> None:
    rules, bob = [_rule(board, f"Rule {each}", board.europe, CHECK) for each in range(5)], as_person("bob")

    def asked() -> int:
        bob.get("/moderate/")
        with CaptureQueriesContext(connection) as queries:
            bob.get("/moderate/")
        return len(queries)

    before = asked()
    for rule in rules:
        _stop(rule)
    assert asked() == before
