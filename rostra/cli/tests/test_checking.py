"""`rostra check-draft`: findings for each draft, complaints about the lines that are none."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rostra.cli.checking import check_lines

ROOT = Path(__file__).resolve().parents[3]


def _checked(*records: Any) -> tuple[list[dict[str, Any]], str, bool]:
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    out, complaints = io.StringIO(), io.StringIO()
    is_good = check_lines(lines, out, complaints)
    return [json.loads(line) for line in out.getvalue().splitlines()], complaints.getvalue(), is_good


def test_a_draft_gets_its_findings() -> None:
    draft = {"id": 7, "rules": ["no-one-line-posts", "english-only"], "title": "", "body": "I agree."}
    (answer,), told, is_good = _checked(draft)
    assert answer["id"] == 7
    (finding,) = answer["findings"]
    assert (finding["rule"], finding["effect"], finding["span"]) == ("no-one-line-posts", "refuse", [0, 8])
    assert "quotations and links: 2" in finding["say"]
    assert finding["remedy"]
    assert (told, is_good) == ("", True)


def test_rules_may_be_written_in_the_line() -> None:
    flat = {
        "id": "shop",
        "condition": "'shop.example' in domains",
        "effect": "hold",
        "say": "A shop: {domains}.",
    }
    within = {"name": "short", "check": {"condition": "own_words < 9", "effect": "hint", "say": "Short."}}
    (answer,), _, _ = _checked(
        {"id": 1, "rules": [flat, within], "title": "", "body": "https://shop.example/x"}
    )
    assert [(each["rule"], each["effect"], each["say"]) for each in answer["findings"]] == [
        ("shop", "hold", "A shop: shop.example."),
        ("short", "hint", "Short."),
    ]


def test_circumstances_may_be_given_and_a_title_begins_a_topic() -> None:
    rules = [
        "thirty-seconds",
        {"condition": "is_first_post && kind == 'topic'", "effect": "hint", "say": "First."},
    ]
    drafts = [
        {"id": 1, "rules": rules, "title": "", "body": "Words.", "circumstances": {"seconds_since_last": 5}},
        {
            "id": 2,
            "rules": rules,
            "title": "A title",
            "body": "Words.",
            "circumstances": {"seconds_since_last": 5},
        },
        {"id": 3, "rules": rules, "title": "A title", "body": "Words.", "circumstances": {"kind": "edit"}},
    ]
    answers, _, is_good = _checked(*drafts)
    assert [[each["rule"] for each in answer["findings"]] for answer in answers] == [
        ["thirty-seconds"],
        [2],
        [],
    ]
    assert is_good


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nope", "not JSON"),
        ("[1]", "not an object"),
        ('{"rules": []}', '"body" is missing'),
        ({"rules": [], "body": 3}, '"body" is missing or no text'),
        ({"rules": [], "body": "x", "markup": "html"}, "no markup 'html'; there are markdown"),
        ({"rules": "english-only", "body": "x"}, '"rules" is a list'),
        ({"rules": ["english-onli"], "body": "x"}, "'english-only' may be meant"),
        ({"rules": ["zzz"], "body": "x"}, "there are no-one-line-posts"),
        ({"rules": [3], "body": "x"}, "neither the name of a preset"),
        ({"rules": [{"condition": "own_word < 1", "effect": "hint", "say": "x"}], "body": "x"}, "rule 1, condition: .*own_words"),
        ({"rules": [], "body": "x", "circumstances": {"mood": 1}}, "no circumstance 'mood'"),
        ({"rules": [], "body": "x", "circumstances": {"author_posts": "1"}}, "'author_posts' is int"),
        ({"rules": [], "body": "x", "circumstances": {"author_posts": True}}, "'author_posts' is int"),
        ({"rules": [], "body": "x", "circumstances": {"groups": [1]}}, "'groups' is list"),
        ({"rules": [], "body": "x", "circumstances": {"kind": "wiki"}}, "topic, reply, edit"),
        ({"rules": [], "body": "x", "circumstances": 3}, "is an object"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_with_its_number_and_the_others_are_judged(line: Any, told: str) -> None:
    good = {"id": "good", "rules": [], "title": "", "body": "x"}
    answers, complaints, is_good = _checked(good, line, good)
    assert [answer["id"] for answer in answers] == ["good", "good"]
    assert re.search(f"^rostra: line 2: .*{told}", complaints)
    assert not is_good


def test_a_text_that_is_not_rendered_has_an_error_instead() -> None:
    (answer,), told, is_good = _checked({"id": 1, "rules": [], "title": "", "body": "x" * 100_001})
    assert "100,001 where at most 100,000" in answer["error"]
    assert (told, is_good) == ("", True)


def test_half_a_character_is_written_as_a_question_mark() -> None:
    rule = {"condition": "true", "effect": "hint", "say": "{title}"}
    (answer,), _, _ = _checked(json.dumps({"id": "\ud800", "rules": [rule], "title": "\ud83d", "body": "x"}))
    assert (answer["id"], answer["findings"][0]["say"]) == ("?", "?")


def test_the_command_needs_no_board_and_ends_with_its_status(tmp_path: Path) -> None:
    lines = '{"id": 1, "rules": ["no-one-line-posts"], "title": "", "body": "No."}\nnope\n'
    done = subprocess.run(
        [sys.executable, "-m", "rostra.cli", "check-draft"], input=lines, capture_output=True, text=True, cwd=ROOT, check=False,
        env={"ROSTRA_DATA": str(tmp_path / "none"), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["rule"] == "no-one-line-posts"
    assert "line 2" in done.stderr
    assert not (tmp_path / "none").exists()
