"""Linked data of every kind of page, by schema.org's words and by what Google's documentation asks for."""

from datetime import timedelta

import pytest
from django.test import Client

from rostra.accounts.models import User
from rostra.kernel.clock import now
from rostra.topics.actions import edit_post
from rostra.topics.models import Post, Topic
from rostra.web.tests.test_cards import SITE, head
from rostra.web.tests.vocabulary import check
from tests.cast import Board

TITLES = [
    'Bread & "roses" <b>now</b> &amp; later',
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 families \U0001f1ea\U0001f1fa",
    "\u0645\u0646 \u064a\u062f\u0641\u0639 (EU) \u062b\u0645\u0646 \u0627\u0644\u0646\u0641\u0642\u061f",
    "\u05de\u05d9 \u05de\u05e9\u05dc\u05dd?",
    "e\u0301tat \u2028 de droit",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_topic_s_card_and_data_say_its_title_as_it_was_written(
    board: Board, client: Client, title: str
) -> None:
    topic = board.topic(title=title, body=f"{title}\n\n*Who* pays?")
    written = board.row(topic.id).title
    for number in range(21):
        board.reply(topic, f"{title} {number}")
    for address in (topic.address, f"{topic.address}?page=2"):
        found = head(client, address)
        assert found.metas["og:title"] == written
        assert "\ufffd" not in found.metas["og:description"]
        for thing in found.data:
            check(thing)
        posting = found.of_type("DiscussionForumPosting")
        assert posting["headline"] == written
        assert found.of_type("BreadcrumbList")["itemListElement"][-1]["name"] == written


def test_everything_that_is_said_is_known_to_schema_org(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    post = board.reply(topic, "An answer", by="carol")
    edit_post(
        editor=board.actor("carol"), post_id=post.pk, topic=topic, forum=board.node(), body="A better one"
    )
    Post.objects.filter(topic_id=topic.id, position=1).update(author_id=None, author_name="a guest")
    User.objects.filter(name="carol").update(about="Reads.\n\nWrites.")
    kinds: list[str] = []
    for address in (topic.address, "/u/carol/", f"/f/{board.europe.pk}-europe/"):
        for thing in head(client, address).data:
            check(thing)
            kinds.append(thing["@type"])
    assert kinds == ["DiscussionForumPosting", "BreadcrumbList", "ProfilePage", "BreadcrumbList"]


def test_comments_hang_below_the_opening_post_in_the_order_of_the_page(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    replies = [
        board.reply(topic, f"Reply {number}", by=name) for number, name in enumerate(["carol", "bob"] * 15)
    ]
    second = head(client, f"{topic.address}?page=2").of_type("DiscussionForumPosting")
    assert second["url"] == SITE + topic.address
    assert [one["url"] for one in second["comment"]] == [f"{SITE}/p/{post.pk}" for post in replies[19:]]
    assert [one["author"]["url"] for one in second["comment"][:2]] == [f"{SITE}/u/bob/", f"{SITE}/u/carol/"]
    counts = {one["interactionType"]: one["userInteractionCount"] for one in second["interactionStatistic"]}
    assert counts["https://schema.org/CommentAction"] == 30


def test_what_is_told_moves_with_the_topic(board: Board, client: Client) -> None:
    topic = board.topic(title="Tunnels")
    head(client, topic.address)
    Topic.objects.filter(id=topic.id).update(title="Bridges", view_count=7)
    Post.objects.filter(topic_id=topic.id).update(edit_count=1, edited_at=now() + timedelta(seconds=1))
    posting = head(client, topic.address).of_type("DiscussionForumPosting")
    assert (posting["headline"], "dateModified" in posting) == ("Bridges", True)
    views = {one["interactionType"]: one["userInteractionCount"] for one in posting["interactionStatistic"]}
    assert views["https://schema.org/ViewAction"] == 7
