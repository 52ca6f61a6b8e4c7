"""What a board decides when its pages are read, on its pages."""

import re
from typing import Any

from django.test import Client

from rostra.board.actions import censor_word, show_word
from rostra.board.queries import censored_words
from rostra.web import showing
from rostra.web.middleware import security_headers
from tests.cast import Board


def _set(settings: Any, **values: object) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update=values)
    showing.forget()


def test_faces_are_drawn_and_the_stored_post_keeps_the_sign(board: Board, settings: Any) -> None:
    topic = board.topic(body="Well :-)")
    assert "Well 🙂" in Client().get(topic.address).content.decode()
    _set(settings, smilies=False)
    assert "Well :-)" in Client().get(topic.address).content.decode()


def test_pictures_are_links_until_the_board_shows_them(board: Board, settings: Any) -> None:
    topic = board.topic(body="![a map](https://a.example/m.png)")
    assert "<img" not in Client().get(topic.address).content.decode()
    assert "https:" not in security_headers()["Content-Security-Policy"]
    _set(settings, pictures="shown")
    assert '<img src="https://a.example/m.png" alt="a map"' in Client().get(topic.address).content.decode()
    assert "img-src 'self' data: https: http:;" in security_headers()["Content-Security-Policy"]
    assert "<img" in Client().get(f"{topic.address}print").content.decode()


def test_a_preview_is_shown_as_the_post_will_be(board: Board, as_person: Any) -> None:
    topic = board.topic()
    typed = {"body": "Well :-) https://a.example", "do": "preview"}
    page = as_person("alice").post(f"{topic.address}reply", typed).content.decode()
    html = page.split('id="preview"')[1]
    post = board.reply(topic, typed["body"])
    shown = Client().get(topic.address).content.decode()
    assert showing.as_read(post.html) in html
    assert showing.as_read(post.html) in shown


def test_a_preview_asks_what_a_picture_shows(board: Board, as_person: Any) -> None:
    topic = board.topic()
    for body, is_asked in (
        ("![](https://a.example/m.png)", True),
        ("![a map](https://a.example/m.png)", False),
    ):
        page = (
            as_person("alice").post(f"{topic.address}reply", {"body": body, "do": "preview"}).content.decode()
        )
        assert ("A picture says nothing to people who do not see it." in page) is is_asked


def test_search_engines_are_told_nothing_that_is_hidden(board: Board) -> None:
    topic = board.topic(body="The butler ||did it||.")
    page = Client().get(topic.address).content.decode()
    assert "The butler …." in page.split("application/ld+json")[1]


def test_a_censored_word_is_on_no_page_and_in_no_feed(board: Board) -> None:
    topic = board.topic(title="The darned tunnel", body="Darn it, says `darn`.")
    board.reply(topic, "Undarned darning.")
    post = board.row(topic.id).last_post_id
    pages = ("/", f"/f/{board.europe.pk}-europe/", topic.address, f"{topic.address}print", "/active/", "/u/alice/",
             "/u/alice/topics/", "/u/carol/", "/feed/", f"{topic.address}feed/", "/u/carol/feed/", f"{topic.address}by/carol/")  # fmt: skip
    before = {page: _words(Client().get(page).content.decode()) for page in pages}
    assert all("darn" in text.casefold().replace("the-darned", "") for text in before.values())
    censor_word(word="darn*", instead="d***")
    for page in pages:
        text = _words(Client().get(page).content.decode()).casefold()
        assert "d***" in text, page
        assert "darn" not in text.replace("undarned", ""), page
    assert post is not None
    show_word(word_id=censored_words()[0].id)
    assert all("darn" in _words(Client().get(page).content.decode()).casefold() for page in pages)


def _words(page: str) -> str:
    """A page without addresses, which keep the word that the topic was begun under."""
    return re.sub(r"/t/\d+-[\w-]*|\d+-the-darned-tunnel", "", page)
