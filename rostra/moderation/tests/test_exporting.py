"""Cases as a file: in the terms of the DSA, without names, safe to open in a spreadsheet, and of any number."""

import csv
import io
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.moderation import exporting
from rostra.moderation.actions import appeal_case, decide_appeal, lock_with_reasons, remove_with_reasons
from rostra.moderation.editing import Edit, edit_with_reasons
from rostra.moderation.exporting import COLUMNS, Asked, as_csv, as_json, records
from rostra.moderation.models import Case
from rostra.moderation.reasons import Reasons
from rostra.moderation.sanctions import Sanction, sanction_author
from tests.cast import Board

FACTS = "Carol calls alice a liar, says bob."
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "case-export.md"


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")


def removed(board: Board, rule: int, **more: Any) -> Case:
    post = board.reply(board.topic(), "liar, liar, liar", by="carol")
    return remove_with_reasons(
        moderator=board.actor("bob"),
        forum=board.node(),
        post_id=post.pk,
        reasons=Reasons(rule, FACTS, **more),
    )


def only(**asked: Any) -> dict[str, Any]:
    (record,) = records(Asked(**asked))
    return record


def test_every_column_is_documented_and_every_record_has_just_these(board: Board, rule: int) -> None:
    removed(board, rule)
    assert list(only()) == list(COLUMNS)
    assert re.findall(r"^\| `([a-z_]+)` \|", DOCUMENT.read_text(), re.MULTILINE) == list(COLUMNS)


def test_a_removed_post_is_a_statement_of_reasons(board: Board, rule: int) -> None:
    opened = removed(board, rule, source="report")
    record, today = only(), now().date().isoformat()
    assert record | {
        "puid": f"case-{opened.pk}", "kind": "remove_post", "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT", "incompatible_content_ground": "Argue with what people say.",
        "illegal_content_legal_ground": "", "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", "content_type": ["CONTENT_TYPE_TEXT"],
        "content_date": today, "application_date": today, "source_type": "SOURCE_TYPE_OTHER_NOTIFICATION",
        "automated_detection": "No", "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED", "rule_number": 1,
        "rule_version": 1, "reversed_at": "", "forum": board.europe.pk,
    } == record  # fmt: skip


def test_what_is_against_a_law_and_was_reported_is_a_notice_of_article_16(board: Board, rule: int) -> None:
    removed(board, rule, source="report", ground="law")
    record = only(has_names=True)
    assert (record["decision_ground"], record["source_type"]) == (
        "DECISION_GROUND_ILLEGAL_CONTENT", "SOURCE_ARTICLE_16",
    )  # fmt: skip
    assert (record["illegal_content_explanation"], record["incompatible_content_ground"]) == (FACTS, "")


def test_each_kind_says_what_it_restricts(board: Board, rule: int) -> None:
    topic, bob, forum, why = board.topic(by="carol"), board.actor("bob"), board.node(), Reasons(rule, FACTS)
    post = board.reply(topic, "liar", by="carol")
    lock_with_reasons(moderator=bob, topic=topic, forum=forum, reasons=why)
    edit_with_reasons(
        moderator=bob, post_id=post.pk, topic=board.row(topic.id), forum=forum, edit=Edit("No."), reasons=why
    )
    for kind in ("warn", "mute", "ban"):
        sanction_author(moderator=bob, forum=forum, post_id=post.pk, sanction=Sanction(kind), reasons=why)
    told = ("decision_visibility", "decision_visibility_other", "decision_provision", "decision_account")
    week = (now() + timedelta(days=7)).date().isoformat()
    found = {record["kind"]: record for record in records(Asked())}
    assert {kind: tuple(record[name] for name in told) for kind, record in found.items()} == {
        "lock_topic": (["DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"], "", "", ""),
        "edit_post": (["DECISION_VISIBILITY_OTHER"], "edit_post", "", ""),
        "warn": ([], "", "", ""),
        "mute": ([], "", "DECISION_PROVISION_PARTIAL_SUSPENSION", ""),
        "ban": ([], "", "", "DECISION_ACCOUNT_SUSPENDED"),
    }
    assert found["mute"]["end_date_service_restriction"] == week
    assert found["ban"]["end_date_account_restriction"] == week


def test_nobody_is_named_unless_that_is_asked_for(board: Board, rule: int) -> None:
    removed(board, rule)
    removed(board, rule)
    first, second = records(Asked())
    assert first["member"] == second["member"]
    assert re.fullmatch("Member [A-Z]{8}", first["member"])
    assert re.fullmatch("Moderator [A-Z]{4}", first["moderator"])
    assert first["decision_facts"] == f"{first['member']} calls alice a liar, says {first['moderator']}."
    assert (first["topic"], first["post"]) == (None, None)
    named = next(records(Asked(has_names=True)))
    assert (named["member"], named["moderator"], named["decision_facts"]) == ("carol", "bob", FACTS)
    assert named["post"] == Case.objects.earliest("id").post_id


def test_what_came_of_an_appeal_is_in_it(board: Board, rule: int) -> None:
    opened = removed(board, rule)
    appeal_case(member=board.actor("carol"), case_id=opened.pk, words="He is one.")
    decide_appeal(
        decider=board.actor("dora"),
        forum=board.node(),
        case_id=opened.pk,
        is_reversed=True,
        reasons="So he is.",
    )
    record = only()
    assert record["appeal_outcome"] == "reversed"
    assert record["reversed_at"].endswith("Z")


def test_only_the_cases_of_the_period_are_in_it(board: Board, rule: int) -> None:
    made = [removed(board, rule).pk for _ in range(3)]
    for age, number in zip((2, 1, 0), made, strict=True):
        Case.objects.filter(id=number).update(decided_at=now() - timedelta(days=age))
    found = records(Asked(now() - timedelta(hours=36), now() - timedelta(hours=12)))
    assert [record["puid"] for record in found] == [f"case-{made[1]}"]


@pytest.mark.parametrize(
    "facts",
    [
        "=HYPERLINK(1)-cells",
        "+1+1 and so on",
        "-2+3 and so on",
        "@SUM(1) and so on",
        " =1+1 and so on",
        "＝1+1 and so on",
    ],
)
def test_no_cell_is_a_formula(board: Board, rule: int, facts: str) -> None:
    removed(board, rule)
    Case.objects.update(facts=facts, quoted='a "quoted"\nline')
    text = "".join(as_csv(Asked()))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["decision_facts"] == f"'{facts}"
    assert row["quoted"] == 'a "quoted"\nline'
    assert row["decision_visibility"] == "DECISION_VISIBILITY_CONTENT_REMOVED"
    (record,) = json.loads("".join(as_json(Asked())))
    assert record["decision_facts"] == facts


def test_without_cases_there_is_a_line_of_names_and_an_empty_array(db: None) -> None:
    assert list(csv.reader(as_csv(Asked()))) == [list(COLUMNS)]
    assert json.loads("".join(as_json(Asked()))) == []


def test_rows_are_read_as_they_are_written(board: Board, rule: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [removed(board, rule).pk for _ in range(5)]
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    lines = as_csv(Asked())
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):  # the names of the columns, and two rows
            next(lines)
    assert len(queries) == 1
    rest = list(csv.reader(lines))
    assert [row[0] for row in rest] == [f"case-{number}" for number in made[2:]]
