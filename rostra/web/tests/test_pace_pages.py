"""Slow mode, timers, notices, locked posts and several at once, in a browser."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rostra.accounts.models import Group, User
from rostra.drafts.queries import draft
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.mail.models import Letter
from rostra.moderation.models import Case, Timer
from rostra.topics.models import Post, Topic
from rostra.topics.noticing import put_notice
from tests.cast import Board

SignedIn = Callable[[str], Client]
FACTS = "It has come to insults only."
WHO = ["guest", "alice", "carol", "bob", "dora"]


@pytest.fixture
def stated(board: Board) -> dict[str, str]:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Be kind.")
    return {"rule": str(rule), "facts": FACTS, "quoted": "", "ground": "rules", "source": "own"}


def words(response: Any) -> str:
    return str(response.content.decode())


def local(hours: float) -> str:
    """A time as such a field sends it, by the board's clock (UTC)."""
    return (now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def browsers(board: Board, as_person: SignedIn) -> dict[str, Client]:
    """A guest, a member, a moderator of another forum, a moderator, an administrator."""
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "carol")
    return {who: Client() if who == "guest" else as_person(who) for who in WHO}


def test_slow_mode_is_said_beside_the_composer_and_the_next_post_is_kept_as_a_draft(
    board: Board, as_person: SignedIn
) -> None:
    topic = board.topic()
    bob, carol = as_person("bob"), as_person("carol")
    assert bob.post(f"{topic.address}slow", {"pace": "900", "until": ""}).status_code == 302
    assert "Slow mode: one post every 15 minutes." in words(carol.get(topic.address))
    assert "Slow mode: one post every 15 minutes." in words(carol.get(f"{topic.address}reply"))
    assert carol.post(f"{topic.address}reply", {"body": "The first.", "token": "a"}).status_code == 302
    page = words(carol.get(topic.address))
    assert "This topic is in slow mode: one post every 15 minutes." in page
    assert "You can do it again from <time" in page
    assert 'name="body"' not in page
    refused = carol.post(f"{topic.address}reply", {"body": "The second.", "token": "b"})
    assert refused.status_code == 403
    assert ">\nThe second.</textarea>" in words(refused)
    assert "You can do it again from <time" in words(refused)
    kept = draft(board.people["carol"].pk, f"topic:{topic.id}")
    assert kept is not None
    assert kept.body == "The second."
    assert f'href="{topic.address}reply">Your draft' in words(carol.get(topic.address))
    assert "The second." in words(carol.get(f"{topic.address}reply"))
    again = carol.post(f"{topic.address}reply", {"body": "The first.", "token": "a"})
    assert again.status_code == 302, "the same form sent again"
    assert Post.objects.count() == 2


def test_the_pace_of_a_forum_holds_in_its_topics(board: Board, as_person: SignedIn) -> None:
    topic, address = board.topic(), f"/f/{board.europe.pk}-europe/"
    bob = as_person("bob")
    assert f'href="{address}slow"' in words(bob.get(address))
    form = words(bob.get(f"{address}slow"))
    assert "Times are those of" in form
    assert bob.post(f"{address}slow", {"pace": "3600", "until": local(5)}).status_code == 302
    page = words(as_person("carol").get(topic.address))
    assert "Slow mode: one post an hour. It ends at <time" in page
    assert "Slow mode" not in words(as_person("carol").get(board.topic(forum=board.asia).address))
    assert 'value="3600" selected' in words(bob.get(f"{address}slow"))


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"pace": "7"}, "pace"), ({"pace": "x"}, "pace"), ({"until": "soon\0"}, "until"), ({"until": "2001-01-01T10:00"}, "until")],
)  # fmt: skip
def test_a_pace_that_cannot_be_is_named_at_its_field_and_what_was_typed_stays(
    board: Board, as_person: SignedIn, sent: dict[str, str], field: str
) -> None:
    topic = board.topic()
    answer = as_person("bob").post(f"{topic.address}slow", {"pace": "900", "until": local(2), **sent})
    assert answer.status_code == 422
    assert f'id="{field}_fault"' in words(answer)
    if field == "pace":
        assert 'value="20' in words(answer)
    assert Topic.objects.get().slow_seconds == 0


def test_a_time_is_read_by_the_clock_of_whoever_types_it(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    User.objects.filter(name="bob").update(time_zone="Asia/Tokyo")
    bob = as_person("bob")
    year = now().year + 1
    bob.post(f"{topic.address}slow", {"pace": "900", "until": f"{year}-03-01T12:00"})
    until = Topic.objects.get().slow_until
    assert until is not None
    assert until.strftime("%H:%M") == "03:00"
    assert f'value="{year}-03-01T12:00"' in words(bob.get(f"{topic.address}slow"))


def test_a_lock_at_a_time_is_told_to_all_readers_and_can_be_called_off(
    board: Board, as_person: SignedIn, stated: dict[str, str]
) -> None:
    topic = board.topic()
    bob = as_person("bob")
    assert "What happened" in words(bob.get(f"{topic.address}timer?deed=lock"))
    faulty = bob.post(f"{topic.address}timer", {**stated, "deed": "lock", "due": "", "facts": "Short."})
    assert faulty.status_code == 422
    assert 'id="due_fault"' in words(faulty)
    assert "Short.</textarea>" in words(faulty)
    set_ = bob.post(f"{topic.address}timer", {**stated, "deed": "lock", "due": local(3)})
    assert set_.status_code == 302
    for browser in (Client(), as_person("carol"), bob):
        assert "This topic will be locked at <time" in words(browser.get(topic.address))
    timer = Timer.objects.get()
    drop = f"{topic.address}timer/{timer.pk}/drop"
    assert drop in words(bob.get(topic.address))
    assert drop not in words(as_person("carol").get(topic.address))
    assert bob.post(drop).status_code == 302
    assert bob.post(drop).status_code == 410
    assert "will be locked" not in words(Client().get(topic.address))


def test_a_locked_topic_says_when_it_opens_again_and_a_sticky_one_until_when(
    board: Board, as_person: SignedIn
) -> None:
    topic = board.topic()
    bob = as_person("bob")
    Topic.objects.update(is_locked=True, kind=Topic.Kind.STICKY)
    for deed in ("open", "unpin"):
        assert bob.get(f"{topic.address}timer?deed={deed}").status_code == 200
        sent = bob.post(f"{topic.address}timer", {"deed": deed, "due": local(3)})
        assert sent.status_code == 302
    page = words(Client().get(topic.address))
    assert "This topic opens again at <time" in page
    assert "Sticky until <time" in page
    assert bob.get(f"{topic.address}timer?deed=explode").status_code == 404


def test_a_notice_stands_on_the_page_in_print_and_among_the_posts_of_its_author(
    board: Board, as_person: SignedIn
) -> None:
    topic = board.topic()
    post = board.reply(topic)
    bob = as_person("bob")
    assert bob.get(f"/p/{post.pk}/notice").status_code == 200
    typed = "Corrected: <b>see</b> the ministry."
    assert bob.post(f"/p/{post.pk}/notice", {"notice": typed, "do": "put"}).status_code == 302
    for address in (topic.address, f"{topic.address}print", f"{topic.address}by/carol/"):
        page = words(Client().get(address))
        assert "Notice of the moderators:" in page
        assert "Corrected: &lt;b&gt;see&lt;/b&gt; the ministry." in page
        assert page.count("Notice of the moderators:") == 1
    assert Client().get(f"/p/{post.pk}").headers["Location"].endswith(f"#p{post.pk}")
    faulty = bob.post(f"/p/{post.pk}/notice", {"notice": "x" * 501})
    assert faulty.status_code == 422
    assert "x" * 501 in words(faulty)
    assert bob.post(f"/p/{post.pk}/notice", {"notice": typed, "do": "remove"}).status_code == 302
    assert "Notice of the moderators:" not in words(Client().get(topic.address))


def test_a_post_is_locked_with_reasons_and_its_author_told(
    board: Board, as_person: SignedIn, stated: dict[str, str], sends_mail: None
) -> None:
    post = board.reply(board.topic())
    bob, carol = as_person("bob"), as_person("carol")
    assert bob.post(f"/p/{post.pk}/lock", {**stated, "facts": ""}).status_code == 422
    assert bob.post(f"/p/{post.pk}/lock", stated).status_code == 302
    case = Case.objects.get()
    assert "a post of yours was locked" in Letter.objects.get(recipient="carol@example.org").body
    assert "A post was locked" in words(carol.get(f"/case/{case.pk}/"))
    assert carol.get(f"/p/{post.pk}/edit").status_code == 403
    assert f'href="/p/{post.pk}/edit"' not in words(carol.get(f"/p/{post.pk}", follow=True))
    assert bob.get(f"/p/{post.pk}/lock").headers["Location"] == f"/case/{case.pk}/"
    bob.post(f"/case/{case.pk}/reverse")
    assert carol.get(f"/p/{post.pk}/edit").status_code == 200


def test_only_moderators_get_boxes_and_only_when_they_ask(board: Board, as_person: SignedIn) -> None:
    topic, address = board.topic(), f"/f/{board.europe.pk}-europe/"
    board.reply(topic)
    for who, browser in browsers(board, as_person).items():
        for page, mark in ((address, 'name="topic"'), (topic.address, 'name="post"')):
            assert mark not in words(browser.get(page)), (who, page)
            chosen = words(browser.get(f"{page}?select=1"))
            assert (mark in chosen) == (who in ("bob", "dora")), (who, page)
            assert mark not in words(browser.get(page)), "kept pieces are not mixed up"
    boxes = re.findall(r'name="post" value="(\d+)"', words(as_person("bob").get(f"{topic.address}?select=1")))
    assert len(boxes) == 1, "the first post has none"


def test_several_topics_are_locked_after_the_list_was_shown_once_more(
    board: Board, as_person: SignedIn, stated: dict[str, str], sends_mail: None
) -> None:
    one, two = board.topic(title="The first"), board.topic(title="The second", by="carol")
    address, bob = f"/f/{board.europe.pk}-europe/bulk", as_person("bob")
    asked = bob.get(f"{address}?do=lock&topic={one.id}&topic={two.id}")
    page = words(asked)
    assert "The first" in page
    assert "The second" in page
    assert "What happened" in page
    assert not Topic.objects.filter(is_locked=True).exists(), "a GET does nothing"
    sent = {**stated, "do": "lock", "topic": [one.id, two.id]}
    assert bob.post(address, {**sent, "facts": ""}).status_code == 422
    assert bob.post(address, sent).status_code == 302
    assert [case.member_name for case in Case.objects.order_by("id")] == ["alice", "carol"]
    assert set(Letter.objects.values_list("recipient", flat=True)) == {
        "alice@example.org",
        "carol@example.org",
    }


def test_one_that_cannot_be_is_named_and_left_out_of_the_form(
    board: Board, as_person: SignedIn, stated: dict[str, str], sends_mail: None
) -> None:
    one, two = board.topic(title="The first"), board.topic(title="The second")
    Topic.objects.filter(id=two.id).update(is_locked=True)
    address = f"/f/{board.europe.pk}-europe/bulk"
    sent = {**stated, "do": "lock", "topic": [one.id, two.id]}
    answer = as_person("bob").post(address, sent)
    page = words(answer)
    assert answer.status_code == 422
    assert "Nothing was done. “The second”: it is locked already" in page
    assert f'value="{one.id}" checked' in page
    assert f'value="{two.id}" checked' not in page
    assert FACTS in page
    assert not Case.objects.exists()
    assert not Letter.objects.exists()


def test_several_topics_move_together(board: Board, as_person: SignedIn) -> None:
    topics = [board.topic().id, board.topic().id]
    address, dora = f"/f/{board.europe.pk}-europe/bulk", as_person("dora")
    page = words(dora.get(f"{address}?do=move&topic={topics[0]}&topic={topics[1]}"))
    assert f'<option value="{board.asia.pk}">The world › Asia' in page
    assert f'<option value="{board.europe.pk}"' not in page
    missing = dora.post(address, {"do": "move", "topic": topics})
    assert missing.status_code == 422
    assert 'id="to_fault"' in words(missing)
    assert dora.post(address, {"do": "move", "topic": topics, "to": board.asia.pk}).status_code == 302
    assert set(Topic.objects.values_list("forum_id", flat=True)) == {board.asia.pk}


def test_several_posts_are_removed(board: Board, as_person: SignedIn, stated: dict[str, str]) -> None:
    topic = board.topic()
    posts = [board.reply(topic, f"Answer {number}.").pk for number in range(2)]
    bob = as_person("bob")
    page = words(bob.get(f"{topic.address}bulk", {"post": posts}))
    assert "carol: Answer 1." in page
    assert bob.post(f"{topic.address}bulk", {**stated, "post": posts}).status_code == 302
    assert Topic.objects.get().post_count == 1
    assert Case.objects.filter(kind="remove_post").count() == 2


def test_nothing_or_nonsense_that_was_chosen_is_said(board: Board, as_person: SignedIn) -> None:
    address, bob = f"/f/{board.europe.pk}-europe/bulk", as_person("bob")
    assert bob.get(f"{address}?do=lock").status_code == 422
    assert bob.get(f"{address}?do=explode&topic=1").status_code == 422
    assert bob.get(f"{address}?do=lock&topic=x&topic={'9' * 30}").status_code == 422
    many = "".join(f"&topic={number}" for number in range(1, 52))
    answer = bob.get(f"{address}?do=open{many}")
    assert answer.status_code == 422
    assert "at most 50" in words(answer)


def test_who_may_not_finds_no_way_to_any_of_it(
    board: Board, as_person: SignedIn, stated: dict[str, str]
) -> None:
    topic = board.topic()
    post = board.reply(topic)
    put_notice(moderator=board.actor("dora"), post_id=post.pk, forum=board.node(), words="A notice.")
    forum = f"/f/{board.europe.pk}-europe/"
    ways = {
        f"{topic.address}slow": {"pace": "900"}, f"{forum}slow": {"pace": "900"},
        f"{topic.address}timer": {**stated, "deed": "lock", "due": local(2)}, f"/p/{post.pk}/notice": {"notice": "Mine."},
        f"/p/{post.pk}/lock": stated, f"{forum}bulk": {**stated, "do": "lock", "topic": topic.id},
        f"{topic.address}bulk": {**stated, "post": post.pk},
    }  # fmt: skip
    for who, browser in browsers(board, as_person).items():
        if who in ("bob", "dora"):
            continue
        page = words(browser.get(topic.address)) + words(browser.get(forum))
        for address, sent in ways.items():
            assert browser.post(address, sent).status_code == 403, (who, address)
            assert f'"{address}' not in page, (who, address)
    assert not Case.objects.exists()
    assert not Timer.objects.exists()
    assert Topic.objects.get().slow_seconds == 0
    assert "A notice." in words(Client().get(topic.address))
