"""Posts follow the board's own tags: new ones at once, older ones by a job."""

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from rostra.board.actions import close_for_writing, define_tag, drop_tag
from rostra.board.queries import stamp
from rostra.kernel.refusals import Invalid
from rostra.markup import Conventions, Rendered
from rostra.topics import tagged
from rostra.topics.actions import edit_post
from rostra.topics.models import Post, Topic
from rostra.topics.renderings import rendered_again
from rostra.topics.tagged import progress, rerender_posts_with, rerender_tagged, resume_rerendering_of_tags
from tests.cast import Board

USAGE = "[key]{SIMPLETEXT}[/key]"


def _planned() -> list[list[object]]:
    jobs = DBTaskResult.objects.filter(task_path=rerender_tagged.module_path).order_by("enqueued_at")
    return [job.args_kwargs["args"] for job in jobs]


def _html(post: int) -> str:
    return Post.objects.get(pk=post).html


def test_what_is_written_is_read_with_the_boards_tags(board: Board) -> None:
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")
    topic = board.topic(body="Press [key]F1[/key]")
    opening = topic.last_post_id or 0
    assert "<strong>F1</strong>" in _html(opening)
    assert Topic.objects.get(pk=topic.id).last_excerpt == "Press F1"
    edit_post(
        editor=board.actor("alice"),
        post_id=opening,
        topic=topic,
        forum=board.node(),
        body="Not [key]F2[/key]",
    )
    assert "<strong>F2</strong>" in _html(opening)
    assert Topic.objects.get(pk=topic.id).last_excerpt == "Not F2"


def test_too_many_tags_are_refused_with_the_number(board: Board) -> None:
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")
    with pytest.raises(Invalid, match="201 of the board's own tags; at most 200"):
        board.topic(body="[key]x[/key]" * 201)
    define_tag(usage=USAGE, template="{SIMPLETEXT}" * 80, instead_of="key")
    with pytest.raises(Invalid, match="With the board's own tags written out, the post has"):
        board.topic(body=f"[key]{'x' * 60}[/key]" * 40)


def test_older_posts_are_rendered_anew_and_pages_show_it(board: Board) -> None:
    topic = board.topic(body="Press [KEY]F1[/KEY]")
    other = board.reply(topic, "Nothing of the kind: key.")
    quoted = board.reply(topic, "`[key]F3[/key]`")
    opening = Post.objects.get(position=1, topic_id=topic.id)
    before = Client().get(topic.address).content.decode()
    assert "[KEY]F1[/KEY]" in before
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")
    assert _planned() == [["key", 0, False]]
    content = stamp().content
    assert rerender_tagged.call("key", 0) == quoted.pk
    assert stamp().content == content + 1
    assert "<strong>F1</strong>" in _html(opening.pk)
    assert Post.objects.get(pk=opening.pk).text == "Press F1"
    assert "<strong>F1</strong>" in Client().get(topic.address).content.decode()
    assert [_html(other.pk), _html(quoted.pk)] == [other.html, quoted.html]
    content = stamp().content
    rerender_tagged.call("key", 0, True)
    assert stamp().content == content, "nothing is left to do, and no page is dropped for it"
    drop_tag(name="key")
    assert _planned()[1:] == [["key", 0, True], ["key", 0, False]]
    rerender_tagged.call("key", 0)
    assert _html(opening.pk) == opening.html


def test_pages_follow_where_the_new_html_is_as_long_as_the_old(board: Board) -> None:
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b] one")
    topic = board.topic(body="[key]F1[/key]")
    assert "</strong> one" in Client().get(topic.address).content.decode()
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b] two", instead_of="key")
    assert "</strong> one" in Client().get(topic.address).content.decode()
    rerender_tagged.call("key", 0)
    page = Client().get(topic.address).content.decode()
    assert "</strong> two" in page
    assert "F1 one" not in page, "in the head and the linked data neither"


def test_lists_show_the_words_of_the_last_post_anew(board: Board) -> None:
    topic = board.topic(body="Press [key]F1[/key]")
    define_tag(usage=USAGE, template="{SIMPLETEXT} on the keyboard")
    rerender_tagged.call("key", 0)
    assert Topic.objects.get(pk=topic.id).last_excerpt == "Press F1 on the keyboard"


def test_the_job_goes_on_where_it_ran_out_of_time_and_says_how_far_it_is(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagged, "SPAN", 1)
    topic = board.topic(body="[key]1[/key]")
    for number in range(2, 5):
        board.reply(topic, f"[key]{number}[/key]")
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")
    assert progress() == {"key": 0}
    DBTaskResult.objects.all().delete()
    half = (topic.last_post_id or 0) + 1
    monkeypatch.setattr(tagged, "SECONDS", 0)
    assert rerender_tagged.call("key", half) == half + 1
    assert _planned() == [["key", half + 1, False]]
    newest = Post.objects.latest("id").pk
    assert progress() == {"key": (half + 1) * 100 // newest}
    monkeypatch.setattr(tagged, "SECONDS", 10)
    rerender_tagged.call("key", half + 1)
    assert ["<strong>" in html for html in Post.objects.order_by("id").values_list("html", flat=True)] == [
        False, False, True, True,
    ]  # fmt: skip


def test_what_was_written_while_the_tag_changed_is_found_by_the_second_look(board: Board) -> None:
    topic = board.topic(body="Nothing.")
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")
    rerender_tagged.call("key", 0)
    late = board.reply(topic, "[key]F1[/key]")
    Post.objects.filter(pk=late.pk).update(html="<p>read before the tag was defined</p>")
    assert _planned()[-1] == ["key", 0, True]
    assert progress() == {"key": 0}, "of the first job; the second look is not told of"
    rerender_tagged.call("key", 0, True)
    assert "<strong>F1</strong>" in _html(late.pk)
    assert len(_planned()) == 2, "there is no third"


def test_a_job_whose_worker_was_ended_is_planned_again(board: Board) -> None:
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")
    DBTaskResult.objects.update(status="RUNNING")
    assert resume_rerendering_of_tags() == 1
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]
    assert _planned() == [["key", 0, False]] * 2
    assert resume_rerendering_of_tags() == 0


def test_a_read_only_board_makes_the_job_wait(board: Board) -> None:
    board.topic(body="[key]F1[/key]")
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")
    close_for_writing(reason="Moving house")
    assert rerender_tagged.call("key", 0) == 0
    assert _planned()[-1] == ["key", 0, False]
    waits = DBTaskResult.objects.order_by("-enqueued_at")[0].run_after
    assert waits is not None
    close_for_writing(reason="")
    rerender_tagged.call("key", 0)
    assert "<strong>F1</strong>" in Post.objects.get(position=1).html


def test_a_post_that_is_edited_meanwhile_keeps_its_edit(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = board.topic(body="[key]before[/key]")
    post = topic.last_post_id or 0
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")

    def slow(source: str, markup: str, agreed: Conventions) -> Rendered:
        edit_post(
            editor=board.actor("alice"),
            post_id=post,
            topic=board.row(topic.id),
            forum=board.node(),
            body="after",
        )
        return rendered_again(source, markup, agreed)

    monkeypatch.setattr(tagged, "rendered_again", slow)
    list(rerender_posts_with("key", 0))
    assert _html(post) == '<p dir="auto">after</p>'
    assert Topic.objects.get(pk=topic.id).last_excerpt == "after"


def test_a_new_hint_renders_nothing_anew(board: Board) -> None:
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]")
    define_tag(usage=USAGE, template="[b]{SIMPLETEXT}[/b]", hint="A key", instead_of="key")
    assert _planned() == [["key", 0, False]]
