"""What is stored of a post beside its source: HTML, plain text, facts, and the parser's version."""

from rostra.markup import PARSER_VERSION
from rostra.topics.actions import edit_post
from rostra.topics.models import Post
from rostra.topics.renderings import facts_stored, own_words_stored
from rostra.topics.rerendering import rerender_some
from tests.cast import Board

SAID = "[quote=bob post_id=7]Theirs.[/quote]\nMine, @Carol: https://law.example/a"


def test_a_post_is_stored_with_its_words_and_facts(board: Board) -> None:
    topic = board.topic(body=SAID)
    post = Post.objects.get(topic_id=topic.id)
    facts = facts_stored(post.facts)
    assert facts is not None
    assert post.text == "bob wrote: ↑\nTheirs.\nMine, @carol: https://law.example/a"
    assert own_words_stored(post.text, post.facts) == "Mine, @carol: https://law.example/a"
    assert facts.mentions == [board.people["carol"].pk]
    assert facts.hosts == ["law.example"]
    assert [tuple(each) for each in facts.quoted] == [(7, "bob")]
    assert post.parser_version == PARSER_VERSION


def test_an_edit_stores_them_anew(board: Board) -> None:
    topic = board.topic(body=SAID)
    edit_post(
        editor=board.actor("alice"),
        post_id=topic.last_post_id or 0,
        topic=topic,
        forum=board.node(),
        body="Plain.",
    )
    post = Post.objects.get(topic_id=topic.id)
    assert (post.text, post.facts) == ("Plain.", "{}")


def test_posts_of_an_older_parser_get_them_by_the_job(board: Board) -> None:
    topic = board.topic(body=SAID)
    before = Post.objects.get(topic_id=topic.id)
    Post.objects.filter(id=before.pk).update(text="", facts="", html="", parser_version=PARSER_VERSION - 1)
    assert facts_stored(Post.objects.get(id=before.pk).facts) is None
    rerender_some(0)
    after = Post.objects.get(id=before.pk)
    assert (after.text, after.facts, after.html) == (before.text, before.facts, before.html)


def test_a_member_who_waits_for_confirmation_is_not_spoken_to(board: Board) -> None:
    board.people["carol"].is_waiting = True
    board.people["carol"].save()
    topic = board.topic(body="Where is @carol?")
    assert "mention" not in Post.objects.get(topic_id=topic.id).html
