"""What an older parser rendered is shown as the one in force renders it, and comes to be stored so."""

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from rostra.board.queries import parser_version
from rostra.markup import PARSER_VERSION, Rendered, render
from rostra.topics import rerendering
from rostra.topics.actions import edit_post
from rostra.topics.models import Post
from rostra.topics.rerendering import plan_rerendering, rerender, rerender_some
from tests.cast import Board


def _age(*posts: int) -> None:
    Post.objects.filter(id__in=posts).update(html="<p>of old</p>", parser_version=PARSER_VERSION - 1)


def test_pages_show_old_posts_as_they_are_rendered_now(board: Board) -> None:
    topic = board.topic(body="[b]first[/b]")
    second = board.reply(topic, "second")
    _age(topic.last_post_id or 0)
    for address in (topic.address, f"{topic.address}print", f"{topic.address}by/alice/"):
        html = Client().get(address).content.decode()
        assert "<strong>first</strong>" in html, address
        assert "of old" not in html
    assert Post.objects.get(position=1).html == "<p>of old</p>", "a page writes nothing"
    assert "second" in Client().get(topic.address).content.decode()
    assert second.parser_version == PARSER_VERSION


def test_the_job_stores_them_and_notes_that_it_is_through(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rerendering, "BATCH", 2)
    topic = board.topic(body="number 1")
    for number in range(2, 8):
        board.reply(topic, f"number {number}")
    _age(*Post.objects.exclude(position=4).values_list("id", flat=True))
    assert rerender.call(0) == (topic.last_post_id or 0) + 6
    assert [post.html for post in Post.objects.order_by("position")] == [
        f'<p dir="auto">number {number}</p>' for number in range(1, 8)
    ]
    assert parser_version() == PARSER_VERSION
    assert not plan_rerendering()


def test_a_job_that_has_no_time_left_plans_the_next(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rerendering, "SECONDS", 0)
    board.topic()
    assert plan_rerendering()
    assert not plan_rerendering(), "one job is enough"
    rerender.call(17)
    assert [job.args_kwargs["args"] for job in DBTaskResult.objects.order_by("enqueued_at")] == [[0], [17]]


def test_a_post_that_is_edited_meanwhile_keeps_its_edit(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = board.topic(body="before")
    post = topic.last_post_id or 0
    _age(post)

    def slow(source: str, markup: str) -> Rendered:
        edit_post(
            editor=board.actor("alice"),
            post_id=post,
            topic=board.row(topic.id),
            forum=board.node(),
            body="after",
        )
        return render(source, markup)

    monkeypatch.setattr("rostra.topics.rerendering.rendered_again", slow)
    rerender_some(0)
    assert Post.objects.get(pk=post).html == '<p dir="auto">after</p>'
