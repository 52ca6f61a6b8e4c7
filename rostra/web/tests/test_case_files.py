"""Decisions as a file, for administrators."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.houserules.actions import lay_down_rule
from rostra.moderation.actions import remove_with_reasons
from rostra.moderation.reasons import Reasons
from tests.cast import Board

SignedIn = Callable[[str], Client]


@pytest.fixture
def _case(board: Board) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")
    post = board.reply(board.topic(), "liar", by="carol")
    why = Reasons(rule, "It calls another member a liar.")
    remove_with_reasons(moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=why)


def sent(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.mark.usefixtures("_case")
def test_an_administrator_downloads_the_cases_of_a_period(board: Board, as_person: SignedIn) -> None:
    dora = as_person("dora")
    assert "/manage/cases/file" in dora.get("/manage/cases/").content.decode()
    answer = dora.get("/manage/cases/file", {"since": "2020-01-01", "until": "", "format": "csv"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cases.csv"'
    text = sent(answer)
    assert "remove_post" in text
    assert "carol" not in text
    named = json.loads(sent(dora.get("/manage/cases/file", {"format": "json", "names": "yes"})))
    assert named[0]["member"] == "carol"
    assert json.loads(sent(dora.get("/manage/cases/file", {"format": "json", "until": "2020-01-01"}))) == []


def test_a_day_that_is_none_is_told_at_its_field(board: Board, as_person: SignedIn) -> None:
    answer = as_person("dora").get(
        "/manage/cases/file", {"since": "yesterday<", "format": "xml", "names": "yes"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for told in ("Write a day like 2026-11-28", "Choose CSV or JSON.", 'value="yesterday&lt;"', "checked"):
        assert told in page, told


@pytest.mark.parametrize("page", ["/manage/cases/", "/manage/cases/file"])
def test_nobody_else_has_them(board: Board, as_person: SignedIn, page: str) -> None:
    assert Client().get(page).status_code in (302, 403)
    for name in ("alice", "bob"):
        assert as_person(name).get(page).status_code == 403
