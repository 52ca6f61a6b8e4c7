"""How short a post may be, and how long it can be edited: refused with a reason, and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from rostra.drafts.queries import draft
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.topics.models import Post, Topic
from tests.cast import Board

SignedIn = Callable[[str], Client]
QUOTED = "> A long quotation of somebody else, longer than any minimum.\n\n"


@pytest.fixture
def limited(settings: Any) -> Callable[..., None]:
    """Boards with other settings."""

    def limit(**values: int) -> None:
        settings.ROSTRA = settings.ROSTRA.model_copy(update=values)

    return limit


def html_of(response: Any) -> str:
    return str(response.content.decode())


def minutes_later(minutes: float) -> Any:
    return time_machine.travel(now() + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("body", "number"),
    [("Yes.", "4 characters"), (f"{QUOTED}Yes.", "4 characters"), ("**Y**  \n\n  \n\ne", "3 characters"), ("x", "1 character")],
)  # fmt: skip
def test_a_post_that_is_too_short_says_how_much_is_there_and_how_much_is_needed(
    board: Board, as_person: SignedIn, limited: Callable[..., None], body: str, number: str
) -> None:
    topic = board.topic()
    limited(post_minimum=20)
    for address, form in (
        (f"/f/{board.europe.pk}-europe/new", {"title": "Tunnels"}),
        (f"{topic.address}reply", {}),
        (f"/p/{topic.last_post_id}/edit", {"title": topic.title, "reason": "", "base": "0"}),
    ):
        response = as_person("alice").post(address, {**form, "body": body, "token": "t"})
        assert response.status_code == 422, address
        assert f"{number} of your own; at least 20 are needed" in html_of(response), address
        assert body.rpartition("\n")[2] in html_of(response), address
    assert [post.source for post in Post.objects.all()] == ["A question."]


def test_a_preview_of_a_short_post_shows_it_and_says_so(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    topic = board.topic()
    limited(post_minimum=20)
    for headers in ({}, {"HX-Request": "true"}):
        page = html_of(
            as_person("carol").post(
                f"{topic.address}reply", {"body": "A *word*", "do": "preview"}, headers=headers
            )
        )
        assert "6 characters of your own" in page
        assert "A <em>word</em>" in page


def test_enough_own_words_are_taken_and_the_editor_names_the_minimum(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    topic = board.topic()
    limited(post_minimum=20)
    carol = as_person("carol")
    assert "At least 20 characters" in html_of(carol.get(topic.address))
    form = {"body": f"{QUOTED}Twenty letters or so.", "token": "t", "base": "1"}
    assert carol.post(f"{topic.address}reply", form).status_code == 302


def test_without_a_minimum_a_quotation_alone_is_a_post(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    carol = as_person("carol")
    assert "At least" not in html_of(carol.get(topic.address))
    assert carol.post(f"{topic.address}reply", {"body": QUOTED, "token": "t"}).status_code == 302


def test_an_old_short_post_can_get_another_title(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    topic = board.topic(body="Short.")
    limited(post_minimum=20)
    form = {"title": "Another title", "body": "Short.", "reason": "", "base": "0"}
    assert as_person("alice").post(f"/p/{topic.last_post_id}/edit", form).status_code == 302
    assert board.row(topic.id).title == "Another title"


def test_an_author_edits_in_time_and_the_editor_says_until_when(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    limited(edit_minutes=30)
    topic = board.topic(by="alice")
    edit = f"/p/{topic.last_post_id}/edit"
    alice = as_person("alice")
    assert f'href="{edit}"' in html_of(alice.get(topic.address))
    assert "Changes can be saved until" in html_of(alice.get(edit))
    assert "Changes can be saved until" not in html_of(as_person("bob").get(edit))


def test_afterwards_the_link_is_gone_and_the_page_says_until_when_it_was_possible(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    limited(edit_minutes=30)
    topic = board.topic(by="alice")
    edit = f"/p/{topic.last_post_id}/edit"
    ended = topic.created_at + timedelta(minutes=30)
    with minutes_later(31):
        alice = as_person("alice")
        assert f'href="{edit}"' not in html_of(alice.get(topic.address))
        response = alice.get(edit)
        assert response.status_code == 403
        page = html_of(response)
        assert "The time in which this post could be edited is over. It ended on <time" in page
        assert f"{ended:%Y-%m-%dT%H:%M:%SZ}" in page
        assert "ask a moderator" in page


def test_what_was_begun_in_time_can_be_saved_for_ten_minutes_more(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    limited(edit_minutes=30)
    topic = board.topic(by="alice")
    form = {"title": "Renamed", "body": "Begun in time.", "reason": "", "base": "0"}
    with minutes_later(39):
        assert as_person("alice").post(f"/p/{topic.last_post_id}/edit", form).status_code == 302
    assert board.row(topic.id).title == "Renamed"


def test_what_was_typed_too_long_is_kept_as_a_draft_and_shown_again(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    limited(edit_minutes=30)
    topic = board.topic(by="alice")
    edit, place = f"/p/{topic.last_post_id}/edit", f"post:{topic.last_post_id}"
    form = {"title": "Renamed", "body": "An hour of typing.", "reason": "Why not", "base": "0"}
    with minutes_later(41):
        alice = as_person("alice")
        response = alice.post(edit, form)
        assert response.status_code == 403
        for words in ("An hour of typing.", "Renamed", "Why not", "It ended on", "kept among your drafts"):
            assert words in html_of(response), words
        kept = draft(board.people["alice"].pk, place)
        assert kept is not None
        assert (kept.body, kept.title) == ("An hour of typing.", "Renamed")
        again = alice.get(edit)
        assert again.status_code == 403
        assert "An hour of typing." in html_of(again)
        assert "It ended on" in html_of(again)
        shown = html_of(alice.post(edit, {**form, "do": "preview"}))
        assert "It ended on" in shown
        assert "An hour of typing." in shown
    assert Post.objects.get(topic_id=topic.id).source == "A question."
    assert board.row(topic.id).title == topic.title


def test_moderators_may_edit_at_any_time(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    limited(edit_minutes=30)
    topic = board.topic(by="alice")
    edit = f"/p/{topic.last_post_id}/edit"
    with minutes_later(50_000):
        bob = as_person("bob")
        assert f'href="{edit}"' in html_of(bob.get(topic.address))
        rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind.")
        form = {
            "title": topic.title, "body": "Put right.", "reason": "", "base": "0", "rule": str(rule),
            "facts": "It calls another member a liar.", "ground": "rules", "source": "own",
        }  # fmt: skip
        assert bob.post(edit, form).status_code == 302


def test_taking_back_does_not_recommend_an_edit_that_is_too_late(
    board: Board, as_person: SignedIn, limited: Callable[..., None]
) -> None:
    topic = board.topic()
    post = board.reply(topic, by="carol")
    board.reply(topic, by="bob")
    carol = as_person("carol")
    assert "You can edit it instead" in html_of(carol.get(f"/p/{post.pk}/withdraw"))
    limited(edit_minutes=30)
    with minutes_later(31):
        assert "You can edit it instead" not in html_of(as_person("carol").get(f"/p/{post.pk}/withdraw"))


def test_a_reply_to_a_locked_topic_is_kept_as_a_draft_for_better_times(
    board: Board, as_person: SignedIn
) -> None:
    topic = board.topic()
    carol = as_person("carol")
    Topic.objects.filter(id=topic.id).update(is_locked=True)
    carol.post(f"{topic.address}reply", {"body": "Too late", "token": "t", "base": "1"})
    page = carol.get(f"{topic.address}reply")
    assert page.status_code == 403
    assert "Too late" in html_of(page)
    assert as_person("alice").get(f"{topic.address}reply").status_code == 403
    as_person("bob").post(f"{topic.address}arrange", {"locked": "no"})
    assert "Too late" in html_of(carol.get(topic.address))
