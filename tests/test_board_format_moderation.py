"""Rights, rules and what moderators decided go out of a board and into another as they are."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from rostra.accounts.actors import actor_of
from rostra.accounts.grouping import appoint, ask_to_join, found_group
from rostra.accounts.models import Group, User
from rostra.board.queries import stamp
from rostra.exporters.board import export_board
from rostra.forums.actions import found_forum
from rostra.forums.arranging import Described, add_forum, move_forum
from rostra.forums.giving import copy_grants, define_role, give, give_role, make_presets, set_forum_password
from rostra.forums.models import Forum, Grant, Role
from rostra.forums.policy import may
from rostra.forums.queries import forest
from rostra.houserules.actions import amend_rule, lay_down_rule, repeal_rule
from rostra.houserules.models import HouseRule, RuleVersion
from rostra.houserules.presets import PRESETS
from rostra.houserules.queries import rules_in_force
from rostra.importers import board as importer
from rostra.importers.board import import_board
from rostra.importers.reading import BadLine
from rostra.kernel.refusals import Refused
from rostra.moderation.actions import (
    appeal_case,
    decide_appeal,
    lock_with_reasons,
    note_seen,
    refuse_held,
    remove_with_reasons,
    reverse_case,
)
from rostra.moderation.models import Appeal, Case, Hiding, Report
from rostra.moderation.reasons import Reasons
from rostra.moderation.reports import claim_reports, decline_reports, report_post
from rostra.moderation.sanctions import FOR_EVER, Sanction, sanction_author
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import BOARD, MEMBERS, NEWCOMERS, Holder
from rostra.topics.actions import edit_post
from rostra.topics.holding import Waits
from rostra.topics.models import Held, Post, Topic
from rostra.topics.moving import move_topic
from rostra.topics.queries import post_source
from tests.cast import Board
from tests.test_board_format import BASE, Quiet, _file, _post

pytestmark = pytest.mark.django_db
FACTS = "It calls another member a liar three times."
OF_OTHER_CASES = {("case", "purged"), ("hiding", "held")}  # see the test of what became of posts
ALL_OF_IT: tuple[type[Model], ...] = (
    Report, Appeal, Hiding, Case, Held, Post, Topic, RuleVersion, HouseRule, Grant, Role, Group, User,
)  # fmt: skip


def _give_rights(board: Board) -> None:
    dora = board.actor("dora")
    make_presets(giver=dora)
    define_role(
        giver=dora, name="Helpers", values={"mod_lock": "yes", "mod_ban": "never"}, about="They help."
    )
    friends = found_group(name="Friends", about="Who\nwant to", joining="request", is_hidden=True)
    appoint(member_id=board.people["bob"].pk, group_id=board.moderators.pk, is_leader=True)
    ask_to_join(member_id=board.people["alice"].pk, group_id=friends.pk)
    give(giver=dora, holder=MEMBERS, place=board.europe.pk, values={"reply": "no", "begin": "never"})
    give(
        giver=dora,
        holder=Holder("member", str(board.people["carol"].pk)),
        place=BOARD,
        values={"report": "no"},
    )
    give_role(giver=dora, holder=NEWCOMERS, place=BOARD, role="Newly registered")
    copy_grants(giver=dora, source=board.europe.pk, targets=[board.asia.pk])
    give_role(giver=dora, holder=Holder("group", str(friends.pk)), place=board.asia.pk, role="Helpers")
    give(giver=dora, holder=MEMBERS, place=board.europe.pk, values={"reply": "", "begin": ""})
    give(
        giver=dora, holder=Holder("member", str(board.people["carol"].pk)), place=BOARD, values={"report": ""}
    )
    set_forum_password(giver=dora, place=board.asia.pk, password="a b c")


def _lay_down_rules(board: Board) -> int:
    bob, node = board.actor("bob"), board.node()
    told = {"author": board.actor("dora"), "forum": None}
    first = lay_down_rule(**told, text="Argue with what people say.")  # type: ignore[arg-type]
    lay_down_rule(author=bob, forum=node, text="No one line posts.", check=PRESETS["no-one-line-posts"].check)
    second = lay_down_rule(author=bob, forum=node, text="Quote.")
    amend_rule(author=bob, forum=node, rule_id=second, text="Quote «sources».", check={
        "condition": "links > 90", "effect": "hold", "say": "{links} links.", "scope": {"forums": [node.id]},
    })  # fmt: skip
    third = lay_down_rule(author=bob, forum=node, text="Gone.")
    repeal_rule(author=bob, forum=node, rule_id=third)
    HouseRule.objects.filter(id=second).update(mode="observe", fell_back="hits")
    return first


def _moderate(board: Board, rule: int) -> None:
    bob, node, reasons = board.actor("bob"), board.node(), Reasons(rule, FACTS, "liar")
    topic, away = board.topic(), board.topic("Another matter")
    posts = [board.reply(topic, f"Reply {number}") for number in range(5)]
    for post, words in zip(posts[:4], ("Rude", "Off topic", "Rude", "Rude"), strict=True):
        source = post_source(post.pk)
        assert source is not None
        report_post(
            reporter=board.actor("alice"),
            post=source,
            forum=node,
            rule=rule if post is posts[2] else 0,
            words=words,
        )
    opened = remove_with_reasons(moderator=bob, forum=node, post_id=posts[0].pk, reasons=reasons)
    note_seen(member=board.actor("carol"), case_id=opened.pk)
    appeal_case(member=board.actor("carol"), case_id=opened.pk, words="I did not.")
    decline_reports(moderator=bob, forum=node, post_id=posts[1].pk)
    claim_reports(moderator=bob, forum=node, post_id=posts[2].pk)
    taken_back = remove_with_reasons(moderator=bob, forum=node, post_id=posts[4].pk, reasons=reasons)
    dora = board.actor("dora")
    appeal_case(member=board.actor("carol"), case_id=taken_back.pk, words="Look again.")
    decide_appeal(
        decider=dora, forum=node, case_id=taken_back.pk, is_reversed=True, reasons="It was an answer."
    )
    opening = Post.objects.get(topic_id=away.id, position=1)
    remove_with_reasons(
        moderator=bob, forum=node, post_id=opening.pk, reasons=reasons._replace(is_automated=True)
    )
    move_topic(moderator=dora, topic=board.row(away.id), forum=node, to=board.node(board.asia))
    lock = lock_with_reasons(moderator=bob, topic=board.row(topic.id), forum=node, reasons=reasons)
    reverse_case(moderator=bob, forum=node, case_id=lock.pk)
    for kind, days in (("warn", 0), ("mute", 3), ("ban", 0)):
        sanction_author(
            moderator=bob, forum=node, post_id=posts[1].pk, sanction=Sanction(kind, 5, days), reasons=reasons
        )
    _hold(board, topic.id, reasons)


def _hold(board: Board, topic_id: int, reasons: Reasons) -> None:
    dora, carol_free = board.actor("dora"), {"banned_until": None, "muted_until": None}
    User.objects.filter(name="carol").update(**carol_free)
    carol = Holder("member", str(board.people["carol"].pk))
    give(giver=dora, holder=carol, place=BOARD, values={"skip_approval": "never"})
    for number in range(2):
        with pytest.raises(Waits) as waits:
            board.reply(board.row(topic_id), f"Held «{number}»", token=f"t{number}")
    with pytest.raises(Waits):
        board.topic("A held topic", by="carol")
    edited = Post.objects.get(topic_id=topic_id, position=5)
    node, row = board.node(), board.row(topic_id)
    edit_post(editor=dora, post_id=edited.pk, topic=row, forum=node, body="Edited", reason="Spelling")
    author = actor_of(User.objects.get(name="carol"))
    with pytest.raises(Waits):
        edit_post(editor=author, post_id=edited.pk, topic=row, forum=node, body="Held edit")
    held = waits.value.args[0]
    refuse_held(moderator=board.actor("bob"), forum=board.node(), held_id=held, reasons=reasons)
    findings = [{"rule": reasons.rule, "number": 1, "text": "T", "effect": "hold", "say": "S", "remedy": ""}]
    Held.objects.filter(kind="topic").update(findings=json.dumps(findings), is_contested=True)


def _empty() -> None:
    for model in ALL_OF_IT:
        model._default_manager.all().delete()
    Forum.objects.update(parent=None)
    Forum.objects.all().delete()


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    board, path = Board(), tmp_path / "whole.jsonl"
    found_forum(name="Balkans", parent=board.europe)
    Forum.objects.filter(name="Balkans").update(inherits_rules=False)
    User.objects.filter(name="alice").update(
        language="de", time_zone="Europe/Berlin", last_seen_on="2026-02-03"
    )
    _give_rights(board)
    _moderate(board, _lay_down_rules(board))
    User.objects.filter(name="carol").update(muted_until=FOR_EVER, banned_until=FOR_EVER)
    export_board(path, Quiet())
    return path


@pytest.mark.parametrize("batch", [1, 7, 500])
def test_a_board_with_all_of_it_comes_back_the_same(
    tmp_path: Path, exported: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "BATCH", batch)
    numbers = [model._default_manager.count() for model in ALL_OF_IT]
    assert all(numbers), "the test holds something of everything"
    again = tmp_path / "again.jsonl"
    _empty()
    import_board(exported, Quiet())
    export_board(again, Quiet())
    assert again.read_text() == exported.read_text()
    assert [model._default_manager.count() for model in ALL_OF_IT] == numbers


def test_every_kind_of_record_is_in_the_file(exported: Path) -> None:
    from rostra.importers.fields import FIELDS

    written: dict[str, set[str]] = {}
    for line in exported.read_text().splitlines():
        record = json.loads(line)
        written.setdefault(record["type"], set()).update(record)
    assert written.keys() == FIELDS.keys() - {"tag", "censored", "mark", "former"}
    assert {"muted", "banned", "unseen", "language", "time_zone", "seen"} <= written["user"]
    assert "moved" in written["topic"]
    for kind in (
        "group",
        "membership",
        "request",
        "role",
        "grant",
        "rule",
        "case",
        "hiding",
        "appeal",
        "report",
        "held",
    ):
        required, optional = FIELDS[kind]
        optional = {name: each for name, each in optional.items() if (kind, name) not in OF_OTHER_CASES}
        assert not {*required, *optional} - written[kind], f"fields of {kind} that nothing is written of"


def test_rights_rules_and_sanctions_hold_after_the_import(exported: Path) -> None:
    before = User.objects.get(name="carol").has_unseen_cases
    _empty()
    import_board(exported, Quiet())
    tree = forest(stamp().structure)
    alice, bob = (actor_of(User.objects.get(name=name)) for name in ("alice", "bob"))
    asia, europe = (
        next(node for node in tree.by_id.values() if node.name == name) for name in ("Asia", "Europe")
    )
    assert (may(alice, europe, May.BEGIN), may(alice, asia, May.BEGIN)) == (True, False)
    assert may(bob, europe, May.MOD_REMOVE)
    assert asia.locks
    assert "a b c" not in exported.read_text()
    assert [rule.text for rule in rules_in_force(europe, stamp().structure)] == [
        "Argue with what people say.", "No one line posts.", "Quote «sources».",
    ]  # fmt: skip
    assert User.objects.get(name="carol").has_unseen_cases == before
    hidden = Hiding.objects.select_related("post").exclude(post=None).get()
    with pytest.raises(Refused):
        decide_appeal(
            decider=bob, forum=europe, case_id=hidden.case_id, is_reversed=True, reasons="It was an answer."
        )
    dora = actor_of(User.objects.get(name="dora"))
    decide_appeal(
        decider=dora, forum=europe, case_id=hidden.case_id, is_reversed=True, reasons="It was an answer."
    )
    assert Post.objects.get(id=hidden.post_id or 0).removed_at is None


def test_what_is_written_after_an_import_gets_higher_numbers(exported: Path) -> None:
    last = Case.objects.order_by("-id").values_list("id", flat=True)[0]
    _empty()
    import_board(exported, Quiet())
    node = next(node for node in forest(stamp().structure).by_id.values() if node.name == "Europe")
    post = Post.objects.filter(removed_at=None).exclude(position=1)[0]
    rule = HouseRule.objects.filter(forum=None)[0].pk
    bob = actor_of(User.objects.get(name="bob"))
    opened = remove_with_reasons(moderator=bob, forum=node, post_id=post.pk, reasons=Reasons(rule, FACTS))
    assert opened.pk > last


def test_a_tree_that_was_moved_about_goes_out_with_each_forum_before_those_below_it(tmp_path: Path) -> None:
    board = Board()
    dora, path, again = board.actor("dora"), tmp_path / "board.jsonl", tmp_path / "again.jsonl"
    last = add_forum(manager=dora, kind="category", parent=None, said=Described("Last"))
    move_forum(manager=dora, forum_id=board.category.pk, parent=last.pk)
    export_board(path, Quiet())
    order = [path.read_text().index(f'"name": "{name}"') for name in ("Last", "The world", "Europe", "Asia")]
    assert order == sorted(order)
    _empty()
    import_board(path, Quiet())
    export_board(again, Quiet())
    assert again.read_text() == path.read_text()


def test_a_forum_that_leaves_out_the_rules_above_does_so_after_the_import(exported: Path) -> None:
    _empty()
    import_board(exported, Quiet())
    assert list(Forum.objects.filter(inherits_rules=False).values_list("name", flat=True)) == ["Balkans"]


def test_more_rules_than_are_judged_do_not_come_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rostra.importers.ruling.MOST_RULES", 2)
    below = {"type": "forum", "id": 9, "parent": 2, "kind": "forum", "name": "Below"}
    rules = [RULE, {**RULE, "id": 2, "forum": 2}, {**RULE, "id": 3, "forum": 9}]
    with pytest.raises(
        BadLine, match="line 9: forum: a forum has at most 2 rules, those above it among them"
    ):
        import_board(_file(tmp_path, *BASE, below, *rules), Quiet())


def test_a_file_of_the_first_format_comes_in_as_before(tmp_path: Path) -> None:
    assert import_board(_file(tmp_path, *BASE, _post(1)), Quiet())["posts"] == 1
    assert not Grant.objects.exists()
    assert (Group.objects.get().joining, Forum.objects.get().password) == ("closed", "")


MADE = "2024-04-20T10:00:00Z"
RULE = {"type": "rule", "id": 1, "number": 1, "versions": [{"text": "Be kind.", "made": MADE}]}
CASE: dict[str, Any] = {
    "type": "case", "id": 1, "kind": "remove_post", "forum": 2, "topic": 5, "post": 1, "member_name": "Old Whig",
    "moderator_name": "bob", "rule": 1, "version": 1, "facts": FACTS, "ground": "rules", "source": "own", "decided": MADE,
}  # fmt: skip
HELD = {
    "type": "held", "id": 1, "kind": "reply", "forum": 2, "topic": 5, "author": 7, "markup": "plain", "body": "x",
    "held": MADE,
}  # fmt: skip
APPEAL = {"type": "appeal", "case": 1, "words": "No.", "made": MADE}
REPORT = {"type": "report", "id": 1, "post": 1, "forum": 2, "reporter": 7, "made": MADE, "words": "Rude"}
CHECK = {"condition": "own_wordz < 2", "effect": "hint", "say": "Short."}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"type": "grant", "circle": "members", "capability": "fly", "value": "yes"}, "capability: must be one of"),
        ({"type": "grant", "circle": "members", "capability": "reply"}, "a grant gives a capability with its value"),
        ({"type": "grant", "circle": "members", "group": 3, "capability": "reply", "value": "yes"}, "one of circle"),
        ({"type": "grant", "group": 9, "capability": "reply", "value": "yes"}, "no group 9 before this line. Put"),
        ({"type": "grant", "circle": "members", "role": "Kings"}, "no role 'Kings' before this line. Put its line"),
        (
            {"type": "grant", "forum": 2, "circle": "members", "capability": "manage_rights", "value": "yes"},
            "Leave the forum out",
        ),
        ({"type": "role", "name": "R", "values": {"reply": "maybe"}}, "values: 'reply': 'maybe' is no capability"),
        ({"type": "user", "id": 8, "name": "Zoe", "time_zone": "Mars/Olympus"}, "time_zone: must be the name of a time zone"),
        ({"type": "user", "id": 8, "name": "Zoe", "seen": "yesterday!"}, "seen: "),
        ({"type": "request", "group": 3, "user": 99, "asked": MADE}, "no user 99"),
        ({**RULE, "id": 2}, "a rule of that number already. Number it anew"),
        ({**RULE, "id": 2, "number": 2, "versions": []}, "versions: must be a list of 1"),
        ({**RULE, "id": 2, "number": 2, "versions": [{"text": "x", "made": MADE, "check": CHECK}]}, "Mend it, or leave"),
        ({**RULE, "id": 2, "number": 2, "versions": [{"words": "x"}]}, "there is no field 'words' in it. Fields are"),
        ({**RULE, "id": 2, "number": 2, "versions": [{"text": " ", "made": MADE}]}, "say the rule in words"),
        ({**REPORT, "version": 1}, "version: is of a rule: name the rule too"),
        ({**CASE, "post": 99}, "no post 99 before this line"),
        ({**CASE, "version": 4}, "rule 1 has no version 4 before this line"),
        ({**CASE, "topic": 6}, "no topic 6 with a post"),
        ({**CASE, "kind": "refuse_text"}, "held: a case of the kind refuse_text is about one"),
        ({**CASE, "facts": " "}, "facts: must not be empty"),
        ({**CASE, "until": "2020-01-01T00:00:00Z"}, "until: must be later"),
        ({**HELD, "kind": "topic"}, "topic: a reply and an edit are for a topic"),
        ({**HELD, "kind": "edit"}, "post: an edit is of a post"),
        ({**HELD, "state": "refused"}, "decided: is needed"),
        ({**HELD, "findings": [{"rule": 1}]}, "findings: each needs the field 'number'"),
        ({"type": "hiding", "case": 1, "post": 1}, "no case 1"),
        (APPEAL, "no case 1"),
        ({**REPORT, "words": ""}, "words: a report names a rule"),
        ({**REPORT, "outcome": "agreed"}, "closed: is needed"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_is_named_with_the_remedy(tmp_path: Path, line: Any, reason: str) -> None:
    empty = {"type": "topic", "id": 6, "forum": 2, "kind": "normal", "title": "Without a post"}
    path = _file(tmp_path, *BASE, empty, _post(1), RULE, line)
    with pytest.raises(BadLine, match=reason) as bad:
        import_board(path, Quiet())
    assert bad.value.line == 9
    assert Post.objects.count() == HouseRule.objects.count() == 1


def test_who_decided_a_case_does_not_decide_its_appeal_in_a_file_either(tmp_path: Path) -> None:
    decided = {"outcome": "upheld", "reasons": "So.", "decider_name": "bob", "decided": MADE, "decider": 7}
    path = _file(tmp_path, *BASE, _post(1), RULE, CASE, {**APPEAL, **decided, "first_decider": 7})
    with pytest.raises(BadLine, match="line 9: decider: who decided the case cannot"):
        import_board(path, Quiet())


def test_a_post_that_is_there_is_not_away_by_a_case(tmp_path: Path) -> None:
    path = _file(tmp_path, *BASE, _post(1), RULE, CASE, {"type": "hiding", "case": 1, "post": 1})
    with pytest.raises(BadLine, match="no post 1 before this line that is removed"):
        import_board(path, Quiet())
