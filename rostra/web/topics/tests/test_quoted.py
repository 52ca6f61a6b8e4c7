"""A quotation says when the post that it quotes was edited since."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.topics.actions import edit_post
from rostra.topics.queries import posts_on_page
from rostra.web.topics.quoted import edits_of_quoted
from tests.cast import Board


def _edit(board: Board, post_id: int, topic_id: int, by: str, body: str) -> None:
    row = board.row(topic_id)
    edit_post(editor=board.actor(by), post_id=post_id, topic=row, forum=board.node(), body=body)


def test_quotations_of_a_post_that_was_edited_since_are_marked(board: Board) -> None:
    topic = board.topic(body="All of it.")
    first = topic.last_post_id or 0
    board.reply(topic, f'[quote="alice" post_id={first}]All of it.[/quote]\nReally?')
    second = board.reply(topic, "Mine.", by="bob")
    board.reply(topic, f'[quote="bob" post_id={second.pk} time=1700000000]Mine.[/quote]\nYours.')
    assert "edited since" not in Client().get(topic.address).content.decode()
    _edit(board, first, topic.id, "alice", "None of it.")
    page = Client().get(topic.address).content.decode()
    assert page.count("edited since") == 1
    mark = f'#{first}</a> <a class="since" href="/p/{first}/history">edited since</a>'
    assert mark in page
    board.reply(topic, f'[quote="alice" post_id={first}]None of it.[/quote]\nAha.')
    assert Client().get(topic.address).content.decode().count("edited since") == 1, (
        "it is quoted as it is now"
    )


def test_a_quotation_in_markdown_is_marked_too(board: Board) -> None:
    topic = board.topic(body="All of it.")
    first = topic.last_post_id or 0
    board.reply(topic, f"> **alice** [#{first}](/p/{first}):\n>\n> All of it.\n\nReally?")
    _edit(board, first, topic.id, "alice", "None of it.")
    assert Client().get(topic.address).content.decode().count("edited since") == 1


def test_an_edit_of_the_title_alone_is_none_of_what_was_quoted(board: Board) -> None:
    topic = board.topic(body="All of it.")
    first = topic.last_post_id or 0
    board.reply(topic, f'[quote="alice" post_id={first}]All of it.[/quote]\nReally?')
    edit_post(
        editor=board.actor("alice"),
        post_id=first,
        topic=board.row(topic.id),
        forum=board.node(),
        body="All of it.",
        title="Another title",
    )
    assert "edited since" not in Client().get(topic.address).content.decode()


def test_whatever_is_quoted_a_page_asks_once(board: Board) -> None:
    topic = board.topic()
    for number in range(3):
        heads = "".join(f"[quote=a post_id={number * 100 + each}]x[/quote]" for each in range(1, 90))
        board.reply(topic, heads + "Mine.")
    page = posts_on_page(topic.id, 1, 20)
    with CaptureQueriesContext(connection) as queries:
        edits_of_quoted(page)
    assert len(queries) == 1
