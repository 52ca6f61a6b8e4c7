"""Splitting, merging, correcting an author and deleting for good, as moderators do it and others cannot."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from rostra.accounts.models import User
from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.moderation.models import Case
from rostra.permissions.resolution import Holder
from rostra.topics.models import Held, Post, Revision, Topic
from rostra.topics.queries import TopicRow
from tests.cast import Board

SignedIn = Callable[[str], Client]


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def topic(board: Board) -> TopicRow:
    """A topic of three posts."""
    made = board.topic("Who pays for the tunnel", "The opening.")
    for words in ("A first answer.", "A second answer."):
        board.reply(made, words)
    return board.row(made.id)


@pytest.fixture
def rule(board: Board) -> int:
    """A rule that decisions can name."""
    return lay_down_rule(author=board.actor("dora"), forum=board.node(), text="No one line posts.")


def post(topic: TopicRow, position: int) -> Post:
    return Post.objects.get(topic_id=topic.id, position=position)


@pytest.mark.parametrize("where", ["t/{t}-x/split", "t/{t}-x/merge", "p/{p}/author"])
def test_only_moderators_of_the_forum_arrange_posts(
    board: Board, client: Client, as_person: SignedIn, topic: TopicRow, where: str
) -> None:
    board.moderate(board.asia, board.moderators.__class__.objects.create(name="Asia Mods"), "carol")
    address = "/" + where.format(t=topic.id, p=post(topic, 2).pk)
    for guest in (client.get(address), client.post(address)):
        assert guest.status_code in (302, 403)
    for name, status in (("alice", 403), ("carol", 403), ("bob", 200), ("dora", 200)):
        assert as_person(name).get(address).status_code == status, name
    for name in ("alice", "carol"):
        assert as_person(name).post(address, {"posts": "1"}).status_code == 403, name
    assert Topic.objects.count() == 1


def test_bob_splits_an_answer_off_into_a_topic_of_its_own(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    bob = as_person("bob")
    page = text(bob.get(f"{topic.address}split?from={post(topic, 2).pk}"))
    assert f'value="{post(topic, 2).pk}" checked' in page
    assert "A second answer." in page
    sent = {"posts": [post(topic, 2).pk], "where": "new", "title": "Answers", "forum": board.europe.pk}
    answer = bob.post(f"{topic.address}split", sent)
    made = Topic.objects.get(title="Answers")
    assert answer.headers["location"] == f"/t/{made.pk}-answers/"
    assert "A first answer." in text(bob.get(answer.headers["location"]))


def test_nothing_typed_is_lost_when_a_split_cannot_be_made(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    bob, second = as_person("bob"), post(topic, 2).pk
    for sent, told in (
        ({"where": "new", "title": "Answers"}, "Choose at least one post"),
        ({"posts": [second], "title": "", "forum": board.europe.pk}, "title"),
        ({"posts": [second], "title": "Answers", "forum": "x"}, "Choose a forum"),
        (
            {"posts": [second], "title": "Answers", "where": "other", "into": "the other one"},
            "Give the number",
        ),
        ({"posts": [second], "title": "Answers", "where": "other", "into": "99999"}, "no topic 99999"),
        ({"posts": [second], "title": "Answers", "where": "other", "into": topic.address}, "same topic"),
    ):
        answer = bob.post(f"{topic.address}split", sent)
        assert answer.status_code == 422, sent
        assert told in text(answer)
        assert ('value="Answers"' in text(answer)) == (sent.get("title") == "Answers")
        assert (f'value="{second}" checked' in text(answer)) == ("posts" in sent)


def test_a_post_goes_into_the_topic_whose_address_was_pasted(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    other = board.topic("The bridge", "Another opening.")
    for into in (f"https://forum.example{other.address}", f"/p/{post(other, 1).pk}"):
        first = Post.objects.filter(topic_id=topic.id, position__gt=1).first()
        assert first is not None
        sent = {"posts": [first.pk], "where": "other", "into": into}
        answer = as_person("bob").post(f"{topic.address}split", sent)
        assert answer.headers["location"] == f"/p/{first.pk}"
        assert Post.objects.get(pk=first.pk).topic_id == other.id


def test_a_merge_is_shown_before_it_is_done(board: Board, as_person: SignedIn, topic: TopicRow) -> None:
    other, bob = board.topic("The bridge", "Another opening."), as_person("bob")
    page = text(bob.post(f"{topic.address}merge", {"into": other.address, "do": "look"}))
    assert "3 posts of this topic go into" in page
    assert "Nothing has been done yet" in page
    assert Topic.objects.filter(removed_at=None).count() == 2
    bob.post(f"{topic.address}merge", {"into": other.address, "title": "Tunnel and bridge", "do": "merge"})
    merged = Topic.objects.get(removed_at=None)
    assert (merged.title, merged.post_count) == ("Tunnel and bridge", 4)


def test_a_topic_that_went_to_another_forum_leaves_a_link_to_those_who_may_go_there(
    board: Board, client: Client, as_person: SignedIn, topic: TopicRow
) -> None:
    other = board.topic("The bridge", "Another opening.", forum=board.asia)
    sent = {"into": other.address, "days": "7", "do": "merge"}
    as_person("dora").post(f"{topic.address}merge", sent)
    assert "Moved:" in text(client.get(board.node().address))
    board.topic("Another one")
    give(
        giver=board.actor("dora"),
        place=board.asia.pk,
        holder=Holder("circle", "guests"),
        values={"read": "never"},
    )
    assert "Moved:" not in text(client.get(board.node().address))
    assert "Moved:" in text(as_person("dora").get(board.node().address))


def test_posts_do_not_go_where_fewer_may_read_them(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    give(
        giver=board.actor("dora"),
        place=board.asia.pk,
        holder=Holder("circle", "guests"),
        values={"read": "no"},
    )
    sent = {"posts": [post(topic, 2).pk], "where": "new", "title": "Away", "forum": board.asia.pk}
    assert as_person("dora").post(f"{topic.address}split", sent).status_code == 403
    assert not Topic.objects.filter(title="Away")


def test_whose_post_it_is_can_be_corrected_and_is_said(
    board: Board, as_person: SignedIn, topic: TopicRow
) -> None:
    dora, number = as_person("dora"), post(topic, 3).pk
    for sent, told in (
        ({"name": "nobody", "reason": "A mistake."}, "no member called"),
        ({"name": "carol", "reason": "A mistake."}, "is by carol already"),
        ({"name": "alice", "reason": ""}, "Say why"),
    ):
        answer = dora.post(f"/p/{number}/author", sent)
        assert answer.status_code == 422
        assert told in text(answer)
    dora.post(f"/p/{number}/author", {"name": "ALICE", "reason": "Imported under the wrong name."})
    assert "The author of a post was corrected" in text(dora.get("/moderate/log/"))
    counts = dict(User.objects.values_list("name", "post_count"))
    assert (counts["alice"], counts["carol"]) == (2, 1)
    assert board.row(topic.id).last_author_name == "alice"
    assert "It was shown as by carol. Imported" in text(dora.get(topic.address))


def test_what_was_removed_is_deleted_for_good_when_nobody_can_appeal_any_more(
    board: Board, as_person: SignedIn, topic: TopicRow, rule: int
) -> None:
    dora, answer = as_person("dora"), post(topic, 2)
    reasons = {
        "rule": rule,
        "facts": "It is one line and says nothing.",
        "quoted": "A first answer.",
        "ground": "rules",
        "source": "own",
    }
    dora.post(f"/p/{answer.pk}/remove", reasons)
    opened = Case.objects.get()
    Revision.objects.create(
        post=answer, number=1, markup="markdown", source="An older text.", written_at=now()
    )
    assert dora.post(f"/case/{opened.pk}/purge", {"sure": "yes"}).status_code == 403  # it can be appealed yet
    Case.objects.update(decided_at=now() - timedelta(days=31))
    assert dora.post(f"/case/{opened.pk}/purge").status_code == 422  # not without a tick
    assert as_person("alice").post(f"/case/{opened.pk}/purge", {"sure": "yes"}).status_code in (403, 404)
    assert dora.post(f"/case/{opened.pk}/purge", {"sure": "yes"}).status_code == 302
    answer.refresh_from_db()
    assert (answer.source, answer.html, answer.text) == ("", "", "")
    assert not Revision.objects.exists()
    assert not Held.objects.exists()
    page = text(dora.get(f"/case/{opened.pk}/"))
    assert "A first answer." not in page
    assert "says nothing" in page
    assert dora.post(f"/case/{opened.pk}/reverse").status_code == 403


def test_what_is_against_a_law_is_deleted_for_good_at_once_with_its_topic(
    board: Board, as_person: SignedIn, topic: TopicRow, rule: int
) -> None:
    dora = as_person("dora")
    reasons = {
        "rule": rule,
        "facts": "It threatens a named person with violence.",
        "quoted": "",
        "ground": "law",
        "source": "order",
    }
    dora.post(f"/p/{post(topic, 1).pk}/remove", reasons)
    dora.post(f"/case/{Case.objects.get().pk}/purge", {"sure": "yes"})
    assert set(Post.objects.filter(topic_id=topic.id).values_list("source", flat=True)) == {""}
    assert Topic.objects.get(pk=topic.id).title == f"#{topic.id}"


def test_what_moderators_did_is_in_their_log_and_only_theirs(
    board: Board, client: Client, as_person: SignedIn, topic: TopicRow, rule: int
) -> None:
    board.moderate(board.asia, board.moderators.__class__.objects.create(name="Asia Mods"), "carol")
    sent = {"posts": [post(topic, 2).pk], "where": "new", "title": "Answers", "forum": board.europe.pk}
    bob, dora = as_person("bob"), as_person("dora")
    bob.post(f"{topic.address}split", sent)
    reasons = {"rule": rule, "facts": "It is one line and says nothing.", "ground": "rules", "source": "own"}
    dora.post(f"/p/{post(topic, 3).pk}/remove", reasons)
    dora.post(f"/case/{Case.objects.get().pk}/reverse")
    page = text(bob.get("/moderate/log/"))
    for told in (
        "Posts went to another topic",
        "A post was removed",
        "A decision was taken back",
        "bob",
        "dora",
    ):
        assert told in page, told
    assert (
        page.index("A decision was taken back") < page.index("A post was removed") < page.index("Posts went")
    )
    assert "Posts went" not in text(as_person("carol").get("/moderate/log/"))
    assert as_person("alice").get("/moderate/log/").status_code == 403
    assert client.get("/moderate/log/").status_code in (302, 403)
