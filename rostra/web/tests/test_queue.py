"""The queue of moderators: in pages, the same number of queries for any number of rows, and one entry after the other."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.moderation.actions import appeal_case, remove_with_reasons
from rostra.moderation.models import Case
from rostra.moderation.reasons import Reasons
from rostra.moderation.reports import report_post
from rostra.permissions.resolution import BOARD, Holder
from rostra.topics.models import Held, Post
from rostra.topics.queries import TopicRow, post_source
from tests.cast import Board

SignedIn = Callable[[str], Client]
LONG = "A question that has more than five words in it."
FACTS = "It calls another member a liar three times."
FORM = {"facts": FACTS, "ground": "rules", "source": "own"}


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")


def words(client: Client, address: str = "/moderate/") -> str:
    return client.get(address).content.decode()


def waiting(
    board: Board, topic: TopicRow, number: int, text: str = "Text {n}, for @alice and @bob."
) -> list[int]:
    """Texts of carol's that wait: more than a member may have, and so written straight."""
    rows = [
        Held.objects.create(
            kind="reply", forum_id=topic.forum_id, topic_id=topic.id, author_id=board.people["carol"].pk,
            markup="markdown", source=text.format(n=n), held_at=now(),
        )
        for n in range(number)
    ]  # fmt: skip
    return [row.pk for row in rows]


def reported(board: Board, topic: TopicRow, rule: int, reporters: str = "alice") -> Post:
    post = board.reply(topic, "liar", by="carol")
    for name in reporters.split():
        report(board, post, name, rule)
    return post


def report(board: Board, post: Post, name: str, rule: int) -> None:
    source = post_source(post.pk)
    assert source is not None
    report_post(reporter=board.actor(name), post=source, forum=board.node(), rule=rule, words="")


def test_texts_stand_in_pages_the_oldest_first(board: Board, as_person: SignedIn) -> None:
    made = waiting(board, board.topic(), 25)
    bob = as_person("bob")
    first = words(bob)
    assert re.findall(r'id="held([0-9]+)"', first) == [str(each) for each in made[:20]]
    assert f'href="/moderate/?texts={made[19]}"' in first
    second = words(bob, f"/moderate/?texts={made[19]}")
    assert re.findall(r'id="held([0-9]+)"', second) == [str(each) for each in made[20:]]
    assert ">More<" not in second
    assert bob.get("/moderate/?texts=x").status_code == 404


def test_reported_posts_and_appeals_stand_in_pages_too(board: Board, as_person: SignedIn, rule: int) -> None:
    topic = board.topic()
    posts = [reported(board, topic, rule, "alice dora") for _ in range(22)]
    bob = as_person("bob")
    first = words(bob)
    assert re.findall(r'id="report([0-9]+)"', first) == [str(post.pk) for post in posts[:20]]
    more = re.search(r'href="(/moderate/\?reports=[0-9]+)"', first)
    assert more is not None
    assert re.findall(r'id="report([0-9]+)"', words(bob, more[1])) == [str(post.pk) for post in posts[20:]]
    for post in posts:
        opened = remove_with_reasons(
            moderator=board.actor("dora"), forum=board.node(), post_id=post.pk, reasons=Reasons(rule, FACTS)
        )
        appeal_case(member=board.actor("carol"), case_id=opened.pk, words="He is one.")
    first, cases = words(bob), [str(row) for row in Case.objects.order_by("id").values_list("id", flat=True)]
    assert re.findall(r'id="appeal([0-9]+)"', first) == cases[:20]
    assert re.findall(r'id="appeal([0-9]+)"', words(bob, f"/moderate/?appeals={cases[19]}")) == cases[20:]


@pytest.mark.parametrize("page", ["/moderate/", "/waiting/"])
def test_three_texts_and_fifteen_cost_the_same_queries(board: Board, as_person: SignedIn, page: str) -> None:
    topic = board.topic()
    browser = as_person("bob" if page == "/moderate/" else "carol")
    found = []
    for number in (3, 12):
        waiting(board, topic, number)
        browser.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert 'href="/u/alice/"' in words(browser, page)
        found.append(len(queries))
    assert found[0] == found[1], found


def test_a_decision_leads_to_the_next_entry_of_the_same_page(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    post = reported(board, topic, rule)
    made = waiting(board, topic, 3, "Buy pills.")
    bob, page = as_person("bob"), f"/moderate/?texts={made[0]}"
    nexts = re.findall(r'name="next" value="([^"]*)"', words(bob, page))
    assert nexts[0] == f"{page}#held{made[2]}"
    assert nexts[1] == f"{page}#report{post.pk}"
    done = bob.post(f"/moderate/held/{made[1]}/approve", {"next": nexts[0]})
    assert done.headers["Location"] == f"{page}&done=approved#held{made[2]}"
    form = {**FORM, "rule": str(rule)}
    done = bob.post(f"/moderate/held/{made[2]}/refuse", {**form, "next": nexts[1]})
    assert done.headers["Location"] == f"{page}&done=refused#report{post.pk}"
    done = bob.post(f"/p/{post.pk}/remove", {**form, "next": "/moderate/"})
    assert done.headers["Location"] == "/moderate/?done=removed"


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "/moderate/?x=1", "/moderate/#x\r\nSet-Cookie: a"]
)
def test_nobody_is_led_elsewhere(board: Board, as_person: SignedIn, rule: int, place: str) -> None:
    post = reported(board, board.topic(), rule)
    done = as_person("bob").post(f"/p/{post.pk}/reports/decline", {"next": place})
    assert done.headers["Location"] == "/moderate/?done=declined"


def test_the_rule_that_most_reports_name_is_chosen_and_the_facts_are_ready(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    other = lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind.")
    post = reported(board, board.topic(), other, "alice")
    report(board, post, "bob", rule)
    report(board, post, "dora", other)
    page = words(as_person("bob"), f"/p/{post.pk}/remove?source=report&next=/moderate/")
    assert f'<option value="{other}" selected>' in page
    assert '<option value="report" selected>' in page
    assert re.search(r'<textarea id="facts"[^>]* autofocus', page)
    assert "autofocus" not in words(as_person("bob"), f"/p/{post.pk}/remove")


def test_the_rule_that_found_a_text_is_chosen(board: Board, as_person: SignedIn) -> None:
    check: dict[str, Any] = {"condition": "own_words < 5", "effect": "hold", "say": "Short."}
    lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind.")
    found = lay_down_rule(
        author=board.actor("dora"), forum=board.node(), text="No one line posts.", check=check
    )
    topic = board.topic(body=LONG)
    as_person("carol").post(f"{topic.address}reply", {"body": "Nonsense.", "do": "post"})
    held = Held.objects.get()
    page = words(as_person("bob"), f"/moderate/held/{held.pk}/refuse?next=/moderate/")
    assert f'<option value="{found}" selected>' in page
    assert '<option value="rule" selected>' in page


@pytest.mark.django_db
def test_the_keys_of_the_queue_are_listed(client: Client) -> None:
    page = words(client, "/keys/")
    for key in "arsce":
        assert f"<kbd>{key}</kbd>" in page
    assert "in the queue: the reported post stays" in page


def test_who_lacks_the_right_has_no_queue(board: Board, as_person: SignedIn) -> None:
    waiting(board, board.topic(forum=board.asia), 1, "Buy pills.")
    assert as_person("alice").get("/moderate/").status_code == 403
    assert "Buy pills." not in words(as_person("bob"))
    assert "Buy pills." in words(as_person("dora"))
    bob = Holder("member", str(board.people["bob"].pk))
    give(giver=board.actor("dora"), holder=bob, place=BOARD, values={"mod_approve": "yes"})
    assert "Buy pills." in words(as_person("bob"))
