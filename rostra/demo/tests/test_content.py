"""The demo content is whole, and as large as a demo needs to be."""

import re

import pytest

from rostra.board.queries import stamp
from rostra.demo.making import CONTENT, demo_records, make_demo
from rostra.demo.reading import read_topic
from rostra.importers.fields import checked
from rostra.topics.models import Post, Topic

TOPICS = sorted((CONTENT / "topics").glob("*.md"))


class Quiet:
    """Progress that nobody watches."""

    def show(self, done: float, total: float, records: int) -> None:
        """Nothing."""


def test_every_record_fits_the_board_format() -> None:
    for record in demo_records():
        checked(record)


def test_there_is_enough_of_it() -> None:
    topics = [read_topic(path) for path in TOPICS]
    posts = [post for topic in topics for post in topic.posts]
    assert len(topics) >= 40
    assert len(posts) >= 600
    assert max(len(topic.posts) for topic in topics) > 200
    assert sum(len(post.text.split()) >= 300 for post in posts) >= 5
    for script in (
        r"[\u0590-\u05ff]{3}",
        r"[\u0600-\u06ff]{3}",
        r"[\u0400-\u04ff]{3}",
        r"[\u3040-\u30ff]",
        r"[\u4e00-\u9fff]{2}",
        r"[\u0900-\u097f]{2}",
        r"[\u0370-\u03ff]{3}",
    ):
        assert any(re.search(script, post.text) for post in posts), script


def test_every_quotation_stands_in_the_post_it_quotes() -> None:
    for path in TOPICS:
        posts = read_topic(path).posts
        for number, post in enumerate(posts, 1):
            for quoted in re.findall(r"\[quote (\d+)\]", post.text):
                assert 1 <= int(quoted) < number, f"{path.name}, post {number}"


@pytest.mark.django_db
def test_the_demo_board_is_made_once() -> None:
    made = make_demo(Quiet())
    assert made["posts"] == stamp().posts == Post.objects.count()
    assert made["topics"] == Topic.objects.count()
    assert not make_demo(Quiet())
    assert "[quote" not in "".join(Post.objects.values_list("html", flat=True))
