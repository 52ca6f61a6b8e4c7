"""The pages of house rules: read by everybody, changed and tried by those who may."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from rostra.forums.giving import give
from rostra.houserules.actions import amend_rule, lay_down_rule, repeal_rule
from rostra.houserules.counting import note_hits
from rostra.houserules.models import HouseRule, RuleVersion
from rostra.houserules.presets import PRESETS
from rostra.houserules.queries import rules_of
from rostra.houserules.rules import Effect, Fault, Finding, Rule, Verdict
from rostra.kernel.clock import now
from rostra.permissions.resolution import GUESTS
from tests.cast import Board

SignedIn = Callable[[str], Client]
HINT = {"condition": "own_words < 3", "effect": "hint", "say": "Short: {own_words}."}
REFUSAL = {**HINT, "effect": "refuse", "remedy": "Say more."}
FILLED = {
    "text": "Be <brief>.", "condition": "own_words > 100", "effect": "refuse", "say": "It has {own_words} words.",
    "remedy": "Cut it.", "on": ["topic", "reply"], "do": "keep",
}  # fmt: skip


def _html(response: Any) -> str:
    return str(response.content.decode())


def _rule(board: Board, text: str = "Be brief.", check: Any = None, by: str = "bob", **more: Any) -> int:
    forum = more.pop("forum", board.node())
    return lay_down_rule(author=board.actor(by), forum=forum, text=text, check=check, **more)


def test_a_guest_reads_numbered_rules_with_what_a_machine_does_about_them(
    board: Board, client: Client, place: str
) -> None:
    _rule(board)
    _rule(board, "No <b>shouting</b>.", REFUSAL)
    _rule(board, "No shops.", {**HINT, "effect": "hold"}, "dora", forum=None)
    html = _html(client.get(place))
    assert "No one line posts please." in html
    for anchor in ('id="board-rule-1"', 'id="rule-1"', 'id="rule-2"'):
        assert anchor in html
    assert "No &lt;b&gt;shouting&lt;/b&gt;." in html
    assert "No machine checks it." in html
    assert "the post is not taken" in html
    assert "Counted only until" in html
    assert "a moderator looks at it first" in html
    assert "own_words" not in html, "conditions are for who lays rules down"
    assert "/change/" not in html
    assert "<form" not in html


def test_rules_of_the_presets_are_in_the_readers_language(board: Board, client: Client, place: str) -> None:
    _rule(board, PRESETS["no-one-line-posts"].text, PRESETS["no-one-line-posts"].check)
    assert "Keine Einzeiler." in _html(client.get(place, headers={"Accept-Language": "de"}))
    assert "No one line posts." in _html(client.get(place))


def test_the_forum_and_its_topics_lead_to_the_rules(board: Board, client: Client, place: str) -> None:
    topic = board.topic()
    pages = (place.removesuffix("rules/"), topic.address)
    assert all(f'href="{place}"' not in _html(client.get(page)) for page in pages)
    _rule(board)
    _rule(board, "For all.", by="dora", forum=None)
    for page in pages:
        html = _html(client.get(page))
        assert f'href="{place}">2 rules hold here<' in html
    assert 'href="/rules/"' in _html(client.get("/"))


def test_only_who_may_change_the_rules_is_shown_the_way_from_a_forum(
    board: Board, as_person: SignedIn
) -> None:
    forum = f"/f/{board.europe.pk}-europe/"
    for name, is_shown in (("alice", False), ("bob", True), ("dora", True)):
        assert (f'href="{forum}rules/">Change the rules<' in _html(as_person(name).get(forum))) is is_shown


def test_rules_of_a_forum_that_is_not_for_the_reader_are_not_there(
    board: Board, client: Client, as_person: SignedIn
) -> None:
    rule = _rule(board, "Secret.", by="dora", forum=board.node(board.asia))
    asia = f"/f/{board.asia.pk}-asia/rules/"
    assert client.get(asia).status_code == 200
    give(giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"see": "never"})
    for address in (asia, f"{asia}{rule}/history/", f"{asia}new/", f"{asia}rules.yaml"):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "Secret." not in _html(answer)
    give(
        giver=board.actor("dora"), holder=GUESTS, place=board.asia.pk, values={"see": "yes", "read": "never"}
    )
    assert client.get(asia).headers["Location"].startswith("/sign-in/")


def test_there_are_no_rules_of_a_category_nor_of_anothers_forum(
    board: Board, client: Client, place: str
) -> None:
    assert client.get(f"/f/{board.category.pk}-the-world/rules/").status_code == 404
    other = _rule(board, "Of Asia.", by="dora", forum=board.node(board.asia))
    for address in (f"{place}{other}/history/", f"/rules/{other}/history/", f"{place}{9**30}/history/"):
        assert client.get(address).status_code == 404


def test_another_slug_leads_to_the_canonical_address(board: Board, client: Client, place: str) -> None:
    answer = client.get(f"/f/{board.europe.pk}-africa/rules/")
    assert (answer.status_code, answer.headers["Location"]) == (301, place)


def test_the_history_shows_each_version_word_by_word(
    board: Board, client: Client, bob: Client, place: str
) -> None:
    rule = _rule(board, "Be brief and kind.", HINT)
    amend_rule(
        author=board.actor("bob"), forum=board.node(), rule_id=rule, text="Be short and kind.",
        check={**HINT, "condition": "own_words < 9"},
    )  # fmt: skip
    assert f'href="{place}{rule}/history/"' in _html(client.get(place))
    html = _html(client.get(f"{place}{rule}/history/"))
    assert "<del> brief</del><ins> short</ins> and kind." in html
    assert "What a machine looks for was changed too." in html
    assert "own_words" not in html
    assert "<del> 3</del><ins> 9</ins>" in _html(bob.get(f"{place}{rule}/history/"))


@pytest.mark.parametrize("kind", ["pseudonyms", "names"])
def test_the_history_names_moderators_as_the_board_does(
    board: Board, client: Client, place: str, settings: Any, kind: str
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"moderator_names": kind})
    rule = _rule(board, "Be brief.", HINT)
    html = _html(client.get(f"{place}{rule}/history/"))
    found = re.search(r'<p class="facts">.*<bdi>(.*)</bdi>', html)
    assert found is not None
    assert re.fullmatch("bob" if kind == "names" else "Moderator [A-Z]{4}", found[1])


def test_a_repealed_rule_keeps_its_history(board: Board, client: Client, place: str) -> None:
    rule = _rule(board, "Be brief.")
    repeal_rule(author=board.actor("bob"), forum=board.node(), rule_id=rule)
    html = _html(client.get(place))
    assert "No numbered rules yet." in html
    assert f'href="{place}{rule}/history/"' in html
    assert "History of a repealed rule" in _html(client.get(f"{place}{rule}/history/"))


@pytest.mark.parametrize("path", ["new/", "{}/change/", "{}/repeal/", "yaml/", "rules.yaml"])
def test_members_are_refused_and_guests_led_to_the_sign_in_page(
    board: Board, client: Client, as_person: SignedIn, place: str, path: str
) -> None:
    address = place + path.format(_rule(board, "Mine.", HINT))
    assert as_person("alice").get(address).status_code == 403
    assert client.get(address).headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("who", ["guest", "alice", "bob of the whole board"])
def test_nobody_changes_rules_that_are_not_theirs(
    board: Board, client: Client, as_person: SignedIn, place: str, who: str
) -> None:
    whole = who.endswith("board")
    rule = _rule(board, "Mine.", HINT, "dora", forum=None if whole else board.node())
    _rule(board, "Another.", HINT, "dora", forum=None if whole else board.node())
    browser, base = client if who == "guest" else as_person(who[:5].split()[0]), "/rules/" if whole else place
    sent = {**FILLED, "mode": "observe", "to": "down", "name": "english-only", "file": "rules: [{text: A}]"}
    for path in (
        "new/",
        "preset/",
        "yaml/",
        *(f"{rule}/{do}/" for do in ("change", "repeal", "switch", "move")),
    ):
        assert browser.post(base + path, sent).status_code == 403, path
    rows = [
        (row.number, row.text, row.mode, row.version) for row in rules_of(None if whole else board.europe.pk)
    ]
    assert rows == [(1, "Mine.", "enforce", 1), (2, "Another.", "enforce", 1)]


def test_a_moderator_lays_down_amends_and_repeals_a_rule(board: Board, bob: Client, place: str) -> None:
    done = _html(bob.post(f"{place}new/", FILLED, follow=True))
    assert "The rule is laid down." in done
    assert "Be &lt;brief&gt;." in done
    (row,) = rules_of(board.europe.pk)
    assert row.observing_until is not None
    form = _html(bob.get(f"{place}{row.id}/change/"))
    for text in ("Be &lt;brief&gt;.", "own_words &gt; 100", "It has {own_words} words.", "Cut it."):
        assert text in form
    assert 'value="refuse" selected' in form
    assert 'value="edit">' in form, "edits are not looked at"
    bob.post(
        f"{place}{row.id}/change/",
        {**FILLED, "text": "Be brief.", "waived": "yes", "condition": "own_words > 90"},
    )
    (row,) = rules_of(board.europe.pk)
    assert (row.version, row.text, row.mode) == (2, "Be brief.", "enforce")
    assert '"on": ["topic", "reply"]' in row.checked
    assert "Repeal rule 1?" in _html(bob.get(f"{place}{row.id}/repeal/"))
    assert rules_of(board.europe.pk), "asking repeals nothing"
    assert "The rule is repealed." in _html(bob.post(f"{place}{row.id}/repeal/", follow=True))
    assert rules_of(board.europe.pk) == []
    for path in ("change", "repeal"):
        assert bob.get(f"{place}{row.id}/{path}/").status_code == 410


def test_who_amends_a_rule_that_was_amended_meanwhile_is_told_first(
    board: Board, bob: Client, place: str
) -> None:
    rule = _rule(board, "Be brief.", HINT)
    assert 'name="base" value="1"' in _html(bob.get(f"{place}{rule}/change/"))
    amend_rule(author=board.actor("dora"), forum=board.node(), rule_id=rule, text="Doras.", check=HINT)
    typed = {**FILLED, "text": "Bobs.", "base": "1"}
    answer = bob.post(f"{place}{rule}/change/", typed)
    assert answer.status_code == 409
    assert all(text in _html(answer) for text in ("version 2 now", "Bobs.", 'name="base" value="2"'))
    assert rules_of(board.europe.pk)[0].text == "Doras."
    bob.post(f"{place}{rule}/change/", {**typed, "base": "2"})
    assert rules_of(board.europe.pk)[0].text == "Bobs."


def test_a_rule_without_a_check_is_one_for_people(board: Board, bob: Client, place: str) -> None:
    bob.post(f"{place}new/", {"text": "Be kind.", "on": ["topic"]})
    assert [(row.text, row.checked) for row in rules_of(board.europe.pk)] == [("Be kind.", "")]


def test_a_rule_of_three_steps_and_a_narrow_scope_goes_through_the_form_unchanged(
    board: Board, bob: Client, place: str
) -> None:
    steps = [
        {"condition": f"own_words < {n}", "effect": each}
        for n, each in ((9, "hint"), (6, "ask"), (3, "hold"))
    ]
    check = {
        "steps": steps,
        "say": "Short.",
        "scope": {"on": ["title"], "forums": [3, 7], "groups": ["A, b", "C"]},
    }
    rule = _rule(board, "Be brief.", check)
    html = _html(bob.get(f"{place}{rule}/change/"))
    typed = {"text": "Be brief.", "say": "Short.", "on": "title", "forums": "3, 7", "groups": "A, b\r\nC"}
    for number, step in zip(("", "2", "3"), steps, strict=True):
        assert step["condition"].replace("<", "&lt;") in html
        typed |= {f"condition{number}": step["condition"], f"effect{number}": step["effect"]}
    for text in ("3, 7", "A, b\nC"):
        assert text in html
    bob.post(f"{place}{rule}/change/", typed)
    assert RuleVersion.objects.filter(rule_id=rule).count() == 1, "nothing changed"


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"text": " "}, "text", "Say the rule in words"),
        ({"condition": "own_word < 3"}, "condition", "own_words"),
        ({"condition3": "own_words <"}, "condition3", ""),
        ({"condition": ""}, "condition", "The condition is missing"),
        ({"remedy": ""}, "remedy", "Whoever is refused must be told how to mend it"),
        ({"say": "{own_word}"}, "say", "There is no fact “own_word”"),
        ({"effect": "explode"}, "effect", "The effect is one of"),
        ({"on": []}, "scope", "choose at least one"),
        ({"forums": "3 x"}, "forums", "“x” is no number of a forum"),
    ],
)
@pytest.mark.parametrize("do", ["keep", "try"])
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(
    board: Board, bob: Client, place: str, typed: dict[str, Any], field: str, told: str, do: str
) -> None:
    answer = bob.post(f"{place}new/", {**FILLED, "groups": "\0 & kept", **typed, "do": do})
    if (field, do) == ("text", "try"):
        assert answer.status_code == 200, "a rule can be tried before it has its words"
        return
    assert answer.status_code == 422
    html = _html(answer)
    assert f'id="{field}_fault"' in html
    assert told in html
    assert "␀ &amp; kept" in html
    assert "Cut it." in html or field == "remedy"
    assert not HouseRule.objects.exists()


def test_faults_of_text_and_check_are_told_together(board: Board, bob: Client, place: str) -> None:
    html = _html(bob.post(f"{place}new/", {**FILLED, "text": "", "condition": "x", "condition2": "y"}))
    assert all(f'id="{field}_fault"' in html for field in ("text", "condition", "condition2"))


def test_the_form_lists_every_fact(board: Board, bob: Client, place: str) -> None:
    html = _html(bob.get(f"{place}new/"))
    assert "<code>unattributed_words</code>" in html
    assert "words in quotations that name no post" in html
    assert "Wörter in Zitaten" in _html(bob.get(f"{place}new/", headers={"Accept-Language": "de"}))


def test_presets_are_laid_down_with_one_button(board: Board, bob: Client, place: str) -> None:
    assert 'value="english-only"' in _html(bob.get(place))
    html = _html(bob.post(f"{place}preset/", {"name": "english-only"}, follow=True))
    assert "The rule is laid down." in html
    assert 'value="english-only"' not in html
    assert "laid down already" in html
    assert [row.text for row in rules_of(board.europe.pk)] == [PRESETS["english-only"].text]
    assert bob.post(f"{place}preset/", {"name": "no-such"}).status_code == 404


def test_rules_move_up_and_down_one_place_at_a_time(board: Board, bob: Client, place: str) -> None:
    first, second, third = (_rule(board, f"Rule {n}.") for n in "ABC")

    def order() -> list[int]:
        return [row.id for row in rules_of(board.europe.pk)]

    moved = bob.post(f"{place}{third}/move/", {"to": "up"})
    assert moved.headers["Location"] == f"{place}?done=moved#rule-2"
    assert order() == [first, third, second]
    bob.post(f"{place}{first}/move/", {"to": "down"})
    assert order() == [third, first, second]
    bob.post(f"{place}{third}/move/", {"to": "up"})
    assert order() == [third, first, second], "the first one stays"
    assert bob.post(f"{place}{first}/move/", {"to": "elsewhere"}).status_code == 422


def test_a_rule_is_switched_between_counting_and_enforcing(board: Board, bob: Client, place: str) -> None:
    rule = _rule(board, "Be brief.", REFUSAL)
    assert "The rule is enforced from now on." in _html(
        bob.post(f"{place}{rule}/switch/", {"mode": "enforce"}, follow=True)
    )
    assert HouseRule.objects.get().mode == "enforce"
    html = _html(bob.post(f"{place}{rule}/switch/", {"mode": "observe"}, follow=True))
    assert "For now it is counted only." in html
    assert HouseRule.objects.get().mode == "observe"
    assert bob.post(f"{place}{rule}/switch/", {"mode": "x"}).status_code == 422


def test_after_its_day_of_counting_a_rule_is_said_to_be_enforced(
    board: Board, client: Client, place: str
) -> None:
    _rule(board, "Be brief.", REFUSAL)
    with time_machine.travel(now() + timedelta(hours=24, minutes=1)):
        assert "Counted only" not in _html(client.get(place))


def test_counters_of_the_last_days_are_for_moderators(
    board: Board, client: Client, bob: Client, place: str
) -> None:
    rule = _rule(board, "Be brief.", HINT)
    quiet, found = Verdict(asked=(rule,)), Finding(rule, 1, "", Effect.HINT, None, "", "")
    in_force = [Rule(rule, 1, 1, "Be brief.")]
    for days, verdict in ((8, quiet), (6, quiet), (2, Verdict((found,), asked=(rule,))), (0, quiet)):
        with time_machine.travel(now() - timedelta(days=days)):
            note_hits(verdict=verdict, rules=in_force, author=None, text="")
    html = _html(bob.get(place))
    assert "In 7 days it found something in 1 of 3 posts." in html
    assert 'aria-label="Posts with a finding by the day, the oldest first: 0, 0, 0, 0, 1, 0, 0"' in html
    assert "it found something" not in _html(client.get(place))


@pytest.mark.parametrize(("why", "told"), [("failed", "its check failed"), ("slow", "took too long")])
def test_moderators_are_told_of_a_rule_that_fell_back(
    board: Board, client: Client, bob: Client, place: str, why: str, told: str
) -> None:
    rule = _rule(board, "Be brief.", HINT)
    assert told not in _html(bob.get(place))
    note_hits(
        verdict=Verdict(faults=(Fault(rule, why, ""),)), rules=[Rule(rule, 1, 1, "")], author=None, text=""
    )
    assert told in _html(bob.get(place))
    forum = place.removesuffix("rules/")
    assert "1 rule is counted only" in _html(bob.get(forum))
    for page in (place, forum):
        assert told not in _html(client.get(page))
        assert "1 rule is counted only" not in _html(client.get(page))
    bob.post(f"{place}{rule}/switch/", {"mode": "enforce"})
    assert told not in _html(bob.get(place))
    assert "1 rule is counted only" not in _html(bob.get(forum))


def test_a_check_that_cannot_be_read_is_told(board: Board, bob: Client, place: str) -> None:
    _rule(board, "Be brief.", HINT)
    RuleVersion.objects.update(checked='{"condition": "gone < 3", "effect": "hint", "say": "x"}')
    html = _html(bob.get(place))
    assert "cannot read its check" in html
    assert "No machine checks it." in html
