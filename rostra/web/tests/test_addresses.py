"""Addresses in any script, with any query, lead to one page and never round in a circle."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rostra.accounts.actions import join
from rostra.topics.models import Post
from tests.cast import PASSWORD, Board


@pytest.mark.parametrize("title", ["Вопрос о тоннеле", "سؤال", "Tunnel & Brücke", "質問"])
@pytest.mark.parametrize("query", ["", "?utm_source=x", "?page=1", "?before=5"])
def test_a_topic_in_any_script_is_found_with_any_query(
    board: Board, client: Client, title: str, query: str
) -> None:
    topic = board.topic(title=title)
    response = client.get(f"/t/{topic.id}-wrong/{query}", follow=True)
    assert response.status_code == 200
    assert len(response.redirect_chain) <= 2
    assert client.get(f"{topic.address}{query}", follow=True).status_code == 200


def test_older_posts_of_a_name_with_a_space_can_be_reached(board: Board, client: Client) -> None:
    join(name="Old Whig", email="whig@example.org", password=PASSWORD)
    assert client.get("/u/Old%20Whig/?before=9").status_code == 200


def test_a_multipart_form_may_hold_a_replacement_character(
    board: Board, as_person: Callable[[str], Client]
) -> None:
    topic = board.topic()
    form = {"body": "An odd sign: \ufffd", "token": "t", "file": SimpleUploadedFile("x", b"x")}
    assert as_person("carol").post(f"{topic.address}reply", form).status_code == 302
    assert Post.objects.filter(source__contains="\ufffd").exists()


def test_an_expired_form_never_shows_a_password_again(db: None) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    response = strict.post("/sign-in/?next=/t/1/", {"login": "carol", "password": "MyRealSecret9"})
    assert response.status_code == 403
    assert "MyRealSecret9" not in response.content.decode()


@pytest.mark.parametrize("title", ["\u200b", "\u202e\u2066", "\u00ad"])
def test_a_title_that_nobody_can_see_is_refused(
    board: Board, as_person: Callable[[str], Client], title: str
) -> None:
    form = {"title": title, "body": "Text", "token": "t"}
    response = as_person("carol").post(f"/f/{board.europe.pk}-europe/new", form)
    assert response.status_code == 422
