"""Writing while others do: nothing is overwritten, nothing is missed, nothing typed is lost."""

from collections.abc import Callable

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.drafts.actions import save_draft
from rostra.drafts.queries import draft, drafts_of
from rostra.topics.actions import edit_post
from rostra.topics.models import Post
from tests.cast import Board

SignedIn = Callable[[str], Client]


def test_replies_that_came_meanwhile_are_shown_once_before_posting(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    board.reply(topic, "I was faster", by="bob")
    form = {"body": "My answer", "token": "t1", "base": "1"}
    response = as_person("carol").post(f"{topic.address}reply", form)
    html = response.content.decode()
    assert response.status_code == 409
    assert "I was faster" in html
    assert "My answer" in html
    assert 'name="base" value="2"' in html
    again = as_person("carol").post(f"{topic.address}reply", {**form, "base": "2"})
    assert again.status_code == 302
    assert Post.objects.filter(source="My answer").count() == 1


def test_ones_own_reply_in_another_window_stops_nobody(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    board.reply(topic, "My first", by="carol")
    form = {"body": "My second", "token": "t1", "base": "1"}
    assert as_person("carol").post(f"{topic.address}reply", form).status_code == 302


def test_two_editors_of_one_post_both_see_both_texts(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(body="The old words", by="alice")
    post = topic.last_post_id or 0
    edit_post(
        editor=board.actor("bob"), post_id=post, topic=topic, forum=board.node(), body="The moderator's words"
    )
    form = {"body": "The author's words", "title": topic.title, "reason": "", "base": "0"}
    response = as_person("alice").post(f"/p/{post}/edit", form)
    html = response.content.decode()
    assert response.status_code == 409
    assert "The moderator&#39;s words" in html
    assert "The author&#39;s words" in html
    assert Post.objects.get(id=post).source == "The moderator's words"
    assert as_person("alice").post(f"/p/{post}/edit", {**form, "base": "1"}).status_code == 302
    assert Post.objects.get(id=post).source == "The author's words"


def test_a_draft_comes_back_in_the_editor_and_under_the_topic(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    carol = as_person("carol")
    response = carol.post(f"{topic.address}reply", {"body": "Half a thought", "do": "draft", "base": "1"})
    assert "The draft is saved" in response.content.decode()
    for page in (topic.address, f"{topic.address}reply"):
        assert "Half a thought" in carol.get(page).content.decode(), page
    assert "Half a thought" not in as_person("alice").get(topic.address).content.decode()
    listed = carol.get("/drafts/").content.decode()
    assert f'href="{topic.address}reply"' in listed
    carol.post(f"{topic.address}reply", {"body": "A whole thought", "token": "t", "base": "1"})
    assert drafts_of(board.people["carol"].pk) == []


def test_drafts_are_saved_while_typing_and_a_newer_one_is_told(board: Board, as_person: SignedIn) -> None:
    carol = as_person("carol")
    form = {"place": "topic:1", "body": "One", "version": "0"}
    first = carol.post("/drafts/save", form).json()["version"]
    second = carol.post("/drafts/save", {**form, "body": "One and two", "version": first}).json()["version"]
    assert second > first
    late = carol.post("/drafts/save", {**form, "body": "Another", "version": first})
    assert (late.status_code, late.json()["version"], late.json()["body"]) == (409, second, "One and two")
    ended = carol.post("/drafts/save", {**form, "place": "topic:2", "version": "7"})
    assert ended.status_code == 410
    assert carol.post("/drafts/save", {**form, "place": "nowhere"}).status_code == 422


def test_a_draft_is_saved_by_its_button_again_and_again_in_later_years_too(
    board: Board, as_person: SignedIn
) -> None:
    topic = board.topic()
    with time_machine.travel("2031-02-03T00:00:00Z"):
        carol = as_person("carol")
        form = {"body": "One", "do": "draft", "base": "1", "version": "0"}
        carol.post(f"{topic.address}reply", form)
        known = drafts_of(board.people["carol"].pk)[0].version
        again = carol.post(f"{topic.address}reply", {**form, "body": "One and two", "version": known})
        assert again.status_code == 200
        assert drafts_of(board.people["carol"].pk)[0].body == "One and two"


def test_the_list_of_drafts_costs_the_same_queries_however_many_there_are(
    board: Board, as_person: SignedIn
) -> None:
    carol, asked = as_person("carol"), []
    for number in range(12):
        topic = board.topic(title=f"Topic {number}")
        for place in (f"topic:{topic.id}", f"post:{topic.last_post_id}", f"forum:{number + 1}"):
            save_draft(
                author_id=board.people["carol"].pk, place=place, title="", body="So far", reason="", base=1, version=0
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            listed = carol.get("/drafts/").content.decode()
        asked.append(len(queries))
        assert f'href="{topic.address}reply"' in listed
        assert f'href="/p/{topic.last_post_id}/edit"' in listed
    assert asked[1] == asked[-1] <= 9


def test_a_guest_has_no_drafts(board: Board, client: Client) -> None:
    assert client.post("/drafts/save", {"place": "topic:1", "body": "x"}).status_code == 403
    assert client.get("/drafts/").headers["Location"] == "/sign-in/?next=%2Fdrafts%2F"


def test_discarding_leads_only_to_this_board(board: Board, as_person: SignedIn) -> None:
    carol = as_person("carol")
    for onward, expected in (
        ("/t/1-x/", "/t/1-x/"),
        ("https://example.org/", "/drafts/"),
        ("//evil", "/drafts/"),
    ):
        response = carol.post("/drafts/discard", {"place": "topic:1", "next": onward})
        assert response.headers["Location"] == expected


def test_discarding_what_is_no_place_does_nothing(board: Board, as_person: SignedIn) -> None:
    for place in ("\0", "", "topic:0", "nowhere"):
        assert as_person("carol").post("/drafts/discard", {"place": place}).status_code == 302


def test_a_draft_for_a_place_that_is_gone_can_still_be_copied(board: Board, as_person: SignedIn) -> None:
    carol = as_person("carol")
    carol.post("/drafts/save", {"place": "topic:999", "body": "All my work", "version": "0"})
    assert "All my work" in carol.get("/drafts/").content.decode()


def test_several_posts_are_quoted_without_javascript(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(body="The first point")
    second = board.reply(topic, "The second point", by="bob")
    carol = as_person("carol")
    html = carol.get(f"{topic.address}reply?quote={topic.last_post_id}&quote={second.pk}").content.decode()
    assert html.count("[/quote]") >= 2
    assert "The first point" in html
    form = {"body": "Mine so far", "do": f"quote:{second.pk}", "base": "2"}
    html = carol.post(f"{topic.address}reply", form).content.decode()
    text = html.partition("<textarea")[2].partition("</textarea>")[0]
    assert text.index("Mine so far") < text.index("]The second point[/quote]")


def test_a_quotation_can_be_fetched_as_text(board: Board, client: Client) -> None:
    topic = board.topic(body="Words *with* markup")
    response = client.get(f"/p/{topic.last_post_id}/quotation")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "]Words *with* markup[/quote]" in response.content.decode()
    assert client.get("/p/99999/quotation").status_code == 404


def test_the_last_post_can_be_taken_back_by_its_author(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    post = board.reply(topic, by="carol")
    assert as_person("alice").get(f"/p/{post.pk}/withdraw").status_code == 403
    carol = as_person("carol")
    assert "Take it back" in carol.get(f"/p/{post.pk}/withdraw").content.decode()
    assert carol.post(f"/p/{post.pk}/withdraw").headers["Location"] == topic.address
    assert carol.get(f"/p/{post.pk}").status_code == 410
    row = board.row(topic.id)
    assert (row.post_count, row.newest_position, row.last_position) == (1, 1, 2)


def test_an_answered_post_stays(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    post = board.reply(topic, by="carol")
    board.reply(topic, by="bob")
    response = as_person("carol").post(f"/p/{post.pk}/withdraw")
    assert response.status_code == 403
    assert "no longer the last" in response.content.decode()


def test_a_topic_nobody_answered_goes_with_its_post(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="carol")
    as_person("carol").post(f"/p/{topic.last_post_id}/withdraw")
    assert Client().get(topic.address).status_code == 410
    assert draft(board.people["carol"].pk, f"topic:{topic.id}") is None


def test_a_form_sent_again_after_its_post_was_taken_back_posts_anew(
    board: Board, as_person: SignedIn
) -> None:
    topic, carol = board.topic(), as_person("carol")
    form = {"body": "Back again", "token": "t", "base": "1"}
    first = carol.post(f"{topic.address}reply", form).headers["Location"]
    carol.post(f"{first}/withdraw")
    second = carol.post(f"{topic.address}reply", form).headers["Location"]
    assert second != first
    assert "Back again" in carol.get(second, follow=True).content.decode()


def test_a_quotation_that_is_not_there_leaves_the_editor_as_it_was(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    form = {"body": "My words", "do": "quote:999999", "base": "1"}
    response = as_person("carol").post(f"{topic.address}reply", form)
    assert response.status_code == 404
    assert "My words" in response.content.decode()


def test_an_edit_that_changes_nothing_ends_its_draft(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="alice", body="As it was")
    alice, place = as_person("alice"), f"post:{topic.last_post_id}"
    draft_form = {"place": place, "title": topic.title, "body": "Changed mind", "version": "0"}
    version = alice.post("/drafts/save", draft_form).json()["version"]
    form = {"title": topic.title, "body": "As it was", "reason": "", "base": "0", "version": version}
    alice.post(f"/p/{topic.last_post_id}/edit", form)
    assert draft(board.people["alice"].pk, place) is None


def test_a_token_that_no_form_made_breaks_no_answer(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    carol = as_person("carol")
    for token in ("☃", "a;b", "x" * 65, "a\r\nSet-Cookie: b=c"):
        answer = carol.post(
            f"{topic.address}reply", {"body": f"With {token[:3]}", "token": token, "base": "9"}
        )
        assert answer.status_code == 302
        assert "posted" not in answer.cookies
    answer = carol.post(f"{topic.address}reply", {"body": "As forms do", "token": "1f-A", "base": "9"})
    assert answer.cookies["posted"].value == "1f-A"
