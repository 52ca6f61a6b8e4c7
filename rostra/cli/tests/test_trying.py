"""`rostra try-rule`: posts of the board, what a rule would have caught of them, and agreement with who removed posts."""

import io
from argparse import Namespace
from datetime import timedelta
from pathlib import Path

import pytest

from rostra.board import queries as board_queries
from rostra.board.actions import define_tag
from rostra.cli import Failure, trying
from rostra.cli.trying import try_rule
from rostra.forums.queries import forest
from rostra.houserules.facts import facts_of
from rostra.houserules.presets import preset
from rostra.houserules.replay import Past, replay
from rostra.topics import past
from rostra.topics.models import Post
from rostra.topics.past import past_posts
from rostra.topics.removal import remove_post
from tests.cast import Board


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "prepare", lambda: None)


def _past(forum_id: int | None = None) -> list[Past]:
    return list(past_posts(forest(board_queries.stamp().structure), "en", forum_id))


def test_posts_come_the_newest_first_as_the_drafts_they_were(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = board.topic(title="Tunnels", body="A question of *money*.")
    first, second = board.reply(topic, "One."), board.reply(topic, "Two.")
    Post.objects.filter(id=second.pk).update(created_at=first.created_at + timedelta(seconds=12))
    remove_post(moderator=board.actor("bob"), post_id=first.pk, forum=board.node())
    for window in (1, 2, 1_000):
        monkeypatch.setattr(past, "WINDOW", window)
        found = _past()
        assert [each.post for each in found][:2] == [second.pk, first.pk]
        assert [each.was_removed for each in found] == [False, True, False]
        assert [each.draft.title for each in found] == ["", "", "Tunnels"]
    newest, _, opening = [each.draft.circumstances for each in found]
    assert (newest.kind, newest.seconds_since_last, newest.replies_in_a_row) == ("reply", 12.0, 1)
    assert (opening.kind, opening.is_first_post, opening.seconds_since_last) == ("topic", True, None)
    assert newest.forums == {board.europe.pk, board.category.pk}


def test_no_more_of_the_board_is_read_than_is_asked_for(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "WINDOW", 2)
    topic = board.topic()
    for _number in range(4):
        board.reply(topic)
    tree = forest(board_queries.stamp().structure)
    assert [len(list(past_posts(tree, "en", None, most))) for most in (2, 3, 99)] == [2, 4, 5]


def test_posts_of_one_forum_may_be_asked_for(board: Board) -> None:
    board.topic()
    asian = board.topic(forum=board.asia)
    assert [each.draft.title for each in _past(board.asia.pk)] == [asian.title]


def test_a_post_that_is_no_longer_rendered_is_judged_as_it_was_typed(board: Board) -> None:
    post = board.reply(board.topic(), "x")
    Post.objects.filter(id=post.pk).update(source="[quote]" * 2_000)
    assert _past()[0].draft.source == "[quote]" * 2_000


def test_the_boards_own_tags_are_read_as_what_they_stand_for(board: Board) -> None:
    define_tag(usage="[cite]{TEXT}[/cite]", template="[quote]{TEXT}[/quote]")
    board.reply(board.topic(), "[cite]Somebody's words.[/cite]\nMine.")
    assert facts_of(_past()[0].draft).values["quotations"] == 1


def test_the_command_tells_what_a_preset_would_have_caught(
    board: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    topic = board.topic(
        body="A question that takes more than a few words, so that nobody would take it for one line. " * 2
    )
    bad, kept = board.reply(topic, "No."), board.reply(topic, "Yes.")
    remove_post(moderator=board.actor("bob"), post_id=bad.pk, forum=board.node())
    assert try_rule(Namespace(rule="no-one-line-posts", forum=None, posts=100)) == 0
    told = capsys.readouterr().out
    assert "3 posts, 3 within its scope; it would have caught 2 (66.7%)" in told
    assert (
        "removed: 1 of the posts, 1 of them caught; of what it caught 50.0% was removed, of what was removed it caught 100.0%"
        in told
    )
    assert f"/p/{bad.pk} (removed)  refuse" in told
    assert f"/p/{kept.pk}  refuse" in told


def test_the_command_takes_the_rules_of_a_file(
    board: Board, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board.topic(forum=board.asia)
    file = tmp_path / "rules.yaml"
    file.write_text(
        "rules:\n- text: Be kind.\n- text: Nothing.\n  check: {condition: own_words / links > 1, effect: hint, say: So.}\n"
    )
    assert try_rule(Namespace(rule=str(file), forum=board.europe.pk, posts=100)) == 0
    assert "0 posts" in capsys.readouterr().out
    assert try_rule(Namespace(rule=str(file), forum=board.asia.pk, posts=100)) == 0
    told = capsys.readouterr().out
    assert "Be kind.\n  has no check" in told
    assert "failed or was slow 1 times, first: ZeroDivisionError" in told


@pytest.mark.parametrize(
    ("rule", "forum", "told"),
    [
        ("nothing.yaml", None, "neither such a file nor such a preset"),
        ("english-only", 99_999, "there is no forum 99999"),
    ],
)
def test_what_is_not_there_is_said(board: Board, rule: str, forum: int | None, told: str) -> None:
    with pytest.raises(Failure, match=told):
        try_rule(Namespace(rule=rule, forum=forum, posts=10))


@pytest.mark.parametrize(("content", "told"), [(b"rules: [3]", "Rule 1"), (b"\xff\xfe", "not UTF-8")])
def test_a_file_that_is_not_read_is_said_with_the_rule(
    board: Board, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_bytes(content)
    with pytest.raises(Failure, match=told):
        try_rule(Namespace(rule=str(file), forum=None, posts=10))


def test_a_rule_that_caught_nothing_tells_so_without_agreement(board: Board) -> None:
    out = io.StringIO()
    trying.tell(preset("thirty-seconds"), replay(preset("thirty-seconds"), []), out)
    assert out.getvalue().endswith(
        "it would have caught 0 (0.0%)\n  removed: 0 of the posts, 0 of them caught\n"
    )
