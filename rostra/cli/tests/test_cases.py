"""`rostra export-cases`."""

import json

import pytest

from rostra.cli import cases, parser
from rostra.houserules.actions import lay_down_rule
from rostra.moderation.actions import remove_with_reasons
from rostra.moderation.reasons import Reasons
from tests.cast import Board


def test_cases_are_written_to_the_standard_output(
    board: Board, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")
    post = board.reply(board.topic(), "liar", by="carol")
    why = Reasons(rule, "It calls another member a liar.")
    remove_with_reasons(moderator=board.actor("bob"), forum=board.node(), post_id=post.pk, reasons=why)
    monkeypatch.setattr(cases, "prepare", lambda: None)
    written = {}
    for name, more in {"all": [], "named": ["--names"], "old": ["--until", "2020-01-01"]}.items():
        options = parser().parse_args(["export-cases", "--format", "json", "--since", "2019-01-01", *more])
        assert cases.export_cases(options) == 0
        written[name] = [each["moderator"] for each in json.loads(capsys.readouterr().out)]
    assert (written["named"], written["old"]) == (["bob"], [])
    assert written["all"] != ["bob"]


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["export-cases", "--since", "28.11.2026"])
    assert "a day is written like 2026-11-28" in capsys.readouterr().err
