"""Drafts: kept for each place, never overwritten unseen, gone when they are posted."""

from typing import Any

import pytest

from rostra.drafts.actions import Ended, Newer, discard_draft, forget_drafts, save_draft
from rostra.drafts.models import Draft
from rostra.drafts.queries import MOST, draft, drafts_of
from rostra.kernel.refusals import Invalid
from rostra.topics.actions import edit_post
from tests.cast import Board


def _save(board: Board, place: str = "topic:1", body: str = "So far", version: int = 0) -> int:
    author = board.people["alice"].pk
    return save_draft(author_id=author, place=place, title="", body=body, reason="", base=3, version=version)


def test_a_draft_comes_back_as_it_was_typed(board: Board) -> None:
    _save(board, body="One\n\nTwo \0")
    found = draft(board.people["alice"].pk, "topic:1")
    assert found is not None
    assert (found.body, found.base) == ("One\n\nTwo ␀", 3)
    assert draft(board.people["carol"].pk, "topic:1") is None


def test_an_older_window_does_not_overwrite_a_newer_text(board: Board) -> None:
    first = _save(board, body="At home")
    _save(board, body="On the train", version=first)
    with pytest.raises(Newer) as newer:
        _save(board, body="At home, and more", version=first)
    assert newer.value.found.body == "On the train"
    assert _save(board, body="On the train", version=first) > first


def test_of_two_windows_that_save_for_the_first_time_at_once_the_later_is_told(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save(board, body="At home")
    monkeypatch.setattr(
        Draft.objects, "select_for_update", Draft.objects.none
    )  # it was not there a moment ago
    with pytest.raises(Newer) as newer:
        _save(board, body="On the train")
    assert newer.value.found.body == "At home"
    kept = draft(board.people["alice"].pk, "topic:1")
    assert kept is not None
    assert kept.body == "At home"


def test_a_draft_that_ended_does_not_come_back_by_a_late_save(board: Board) -> None:
    known = _save(board, body="Posted already")
    discard_draft(author_id=board.people["alice"].pk, place="topic:1")
    with pytest.raises(Ended):
        _save(board, body="Posted already", version=known)
    later = _save(board, body="A new one")
    with pytest.raises(Newer):
        _save(board, body="An old window's", version=known - 1)
    assert later >= known


def test_a_title_counts_as_much_as_a_text(board: Board) -> None:
    alice = board.people["alice"].pk
    form: dict[str, Any] = {"author_id": alice, "place": "forum:1", "body": "Same", "reason": "", "base": 0}
    first = save_draft(**form, title="One \0", version=0)
    save_draft(**form, title="Two", version=first)
    with pytest.raises(Newer):
        save_draft(**form, title="Three", version=first)


def test_an_empty_text_ends_the_draft(board: Board) -> None:
    version = _save(board)
    assert _save(board, body="  ", version=version) == 0
    assert drafts_of(board.people["alice"].pk) == []


def test_posting_ends_the_draft_of_its_place_only(board: Board) -> None:
    topic = board.topic()
    alice, post = board.people["alice"].pk, topic.last_post_id or 0
    for place in (f"topic:{topic.id}", f"forum:{topic.forum_id}", f"post:{post}"):
        _save(board, place)
    board.reply(topic, by="alice")
    assert {row.place for row in drafts_of(alice)} == {f"forum:{topic.forum_id}", f"post:{post}"}
    edit_post(
        editor=board.actor("alice"),
        post_id=post,
        topic=board.row(topic.id),
        forum=board.node(),
        body="Changed",
    )
    assert {row.place for row in drafts_of(alice)} == {f"forum:{topic.forum_id}"}
    board.topic(title="Another")
    assert drafts_of(alice) == []


@pytest.mark.parametrize("place", ["", "topic:", "topic:0", "user:1", "topic:1 ", "topic:" + "9" * 30])
def test_an_unknown_place_is_refused(board: Board, place: str) -> None:
    with pytest.raises(Invalid):
        _save(board, place)


def test_the_oldest_drafts_go_above_the_limit_and_after_a_year(board: Board) -> None:
    for number in range(1, MOST + 6):
        _save(board, f"topic:{number}")
    kept = drafts_of(board.people["alice"].pk)
    assert len(kept) == MOST
    assert kept[-1].place == "topic:6"
    assert forget_drafts(days=0) == MOST


def test_a_discarded_draft_is_gone(board: Board) -> None:
    _save(board)
    discard_draft(author_id=board.people["alice"].pk, place="topic:1")
    assert drafts_of(board.people["alice"].pk) == []
