"""What moderators cannot do by a detour: in their own matter, where they have no right, or after it was decided."""

from collections.abc import Callable

import pytest
from django.test import Client

from rostra.board.queries import stamp
from rostra.drafts.models import Draft
from rostra.forums.actions import found_forum
from rostra.forums.giving import give
from rostra.forums.models import Forum
from rostra.forums.queries import forest
from rostra.houserules.actions import lay_down_rule
from rostra.moderation.actions import appeal_case, remove_with_reasons
from rostra.moderation.models import Appeal, Case, Report
from rostra.moderation.reasons import Reasons
from rostra.permissions.resolution import BOARD, GUESTS, MEMBERS, Holder
from rostra.topics.models import Held, Post, Topic
from rostra.topics.moving import move_topic
from rostra.topics.queries import TopicRow
from tests.cast import Board

SignedIn = Callable[[str], Client]
FACTS = "It calls another member a liar three times."
LONG = "A question that has more than five words in it."
FORM = {"facts": FACTS, "ground": "rules", "source": "own"}


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def have_wait(board: Board, name: str = "carol") -> None:
    me = Holder("member", str(board.people[name].pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"skip_approval": "never"})


def hide(board: Board, forum: Forum) -> None:
    for holder in (GUESTS, MEMBERS):
        give(giver=board.actor("dora"), holder=holder, place=forum.pk, values={"see": "no", "read": "no"})


def move(board: Board, topic: TopicRow, to: Forum) -> None:
    row = board.row(topic.id)
    here = forest(stamp().structure).by_id[row.forum_id]
    move_topic(moderator=board.actor("dora"), topic=row, forum=here, to=board.node(to))


def held_reply(board: Board, as_person: SignedIn, topic: TopicRow) -> Held:
    have_wait(board)
    as_person("carol").post(f"{topic.address}reply", {"body": LONG, "do": "post"})
    return Held.objects.get()


def removed(board: Board, rule: int, post: Post, by: str = "bob") -> Case:
    forum = board.node(Topic.objects.get(id=post.topic_id).forum)
    return remove_with_reasons(
        moderator=board.actor(by), forum=forum, post_id=post.pk, reasons=Reasons(rule, FACTS)
    )


def test_a_text_that_waits_goes_with_its_topic_and_keeps_its_title_to_itself(
    board: Board, as_person: SignedIn
) -> None:
    topic = board.topic(by="dora")
    held = held_reply(board, as_person, topic)
    hide(board, board.asia)
    move(board, topic, board.asia)
    Topic.objects.filter(id=topic.id).update(title="Zanzibar secret")
    for name, page in (("bob", "/moderate/"), ("carol", "/waiting/")):
        assert "Zanzibar" not in words(as_person(name), page)
    assert as_person("bob").post(f"/moderate/held/{held.pk}/approve").status_code == 404
    assert Held.objects.get().state == Held.State.WAITING
    assert "Zanzibar" in words(as_person("dora"), "/moderate/")
    assert as_person("dora").post(f"/moderate/held/{held.pk}/approve").status_code == 302


def test_a_decision_is_taken_back_only_by_whom_its_topic_is_open_to_now(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic(by="dora")
    post = board.reply(topic)
    case = removed(board, rule, post)
    hide(board, board.asia)
    move(board, topic, board.asia)
    assert as_person("bob").post(f"/case/{case.pk}/reverse").status_code == 403
    assert LONG not in words(as_person("bob"), f"/case/{case.pk}/")
    assert Post.objects.get(id=post.pk).removed_at is not None
    assert as_person("dora").post(f"/case/{case.pk}/reverse").status_code == 302
    assert Post.objects.get(id=post.pk).removed_at is None


def test_nobody_takes_back_what_concerns_themselves(board: Board, as_person: SignedIn, rule: int) -> None:
    post = board.reply(board.topic(by="dora"), by="bob")
    case = removed(board, rule, post, by="dora")
    assert as_person("bob").post(f"/case/{case.pk}/reverse").status_code == 403
    assert Post.objects.get(id=post.pk).removed_at is not None


def test_what_an_appeal_upheld_stands(board: Board, as_person: SignedIn, rule: int) -> None:
    post = board.reply(board.topic(by="dora"))
    case = removed(board, rule, post)
    appeal_case(member=board.actor("carol"), case_id=case.pk, words="It is a quotation.")
    dora = as_person("dora")
    assert (
        dora.post(f"/case/{case.pk}/decide", {"outcome": "maybe", "reasons": "It stands."}).status_code == 422
    )
    assert Appeal.objects.get().decided_at is None
    dora.post(f"/case/{case.pk}/decide", {"outcome": "upheld", "reasons": "It stands."})
    for name in ("bob", "dora"):
        assert as_person(name).post(f"/case/{case.pk}/reverse").status_code == 403
    assert Post.objects.get(id=post.pk).removed_at is not None


def test_who_may_not_lock_does_not_unlock_by_a_case(board: Board, as_person: SignedIn, rule: int) -> None:
    topic = board.topic()
    as_person("dora").post(f"{topic.address}lock", {**FORM, "rule": str(rule)})
    mods = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=mods, place=board.europe.pk, values={"mod_lock": "no"})
    assert as_person("bob").post(f"/case/{Case.objects.get().pk}/reverse").status_code == 403
    assert Topic.objects.get(id=topic.id).is_locked


def test_nobody_approves_a_text_of_their_own(board: Board, as_person: SignedIn) -> None:
    held = held_reply(board, as_person, board.topic())
    board.moderate(board.europe, board.moderators, "carol")
    assert as_person("carol").post(f"/moderate/held/{held.pk}/approve").status_code == 403
    assert Held.objects.get().state == Held.State.WAITING


def test_an_edit_that_waits_does_not_undo_a_later_one(board: Board, as_person: SignedIn) -> None:
    shops = lay_down_rule(
        author=board.actor("dora"), forum=board.node(), text="No shops.", is_waived=True,
        check={"condition": 'own_text.contains("shop")', "effect": "hold", "say": "It names a shop."},
    )  # fmt: skip
    post = board.reply(board.topic(), LONG)
    as_person("carol").post(f"/p/{post.pk}/edit", {"body": f"{LONG} shop", "do": "post"})
    dora = as_person("dora")
    dora.post(
        f"/p/{post.pk}/edit",
        {**FORM, "rule": str(shops), "body": f"{LONG} The number was taken out.", "do": "post"},
    )
    assert dora.post(f"/moderate/held/{Held.objects.get().pk}/approve").status_code == 410
    assert Post.objects.get(id=post.pk).source.endswith("taken out.")


def test_approval_leaves_the_draft_that_its_author_writes_now(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="dora")
    held = held_reply(board, as_person, topic)
    as_person("carol").post(f"{topic.address}reply", {"body": "A second answer, not done.", "do": "draft"})
    assert as_person("dora").post(f"/moderate/held/{held.pk}/approve").status_code == 302
    assert Draft.objects.get().body == "A second answer, not done."


def test_a_text_taken_back_waits_again_when_it_is_sent_again(board: Board, as_person: SignedIn) -> None:
    have_wait(board)
    topic, carol = board.topic(by="dora"), as_person("carol")
    form = {"body": LONG, "do": "post", "token": "t"}
    carol.post(f"{topic.address}reply", form)
    carol.post(f"/waiting/{Held.objects.get().pk}/withdraw")
    carol.post(f"{topic.address}reply", form)
    carol.post(f"{topic.address}reply", form)
    assert sorted(Held.objects.values_list("state", flat=True)) == [Held.State.WAITING, Held.State.WITHDRAWN]


def test_a_member_has_a_few_texts_that_wait_and_no_more(board: Board, as_person: SignedIn) -> None:
    have_wait(board)
    topic, carol = board.topic(by="dora"), as_person("carol")
    for number in range(21):
        answer = carol.post(f"{topic.address}reply", {"body": f"{LONG} {number}", "do": "post"})
    assert answer.status_code == 403
    assert f"{LONG} 20" in answer.content.decode()
    assert Held.objects.count() == 20


def test_reports_go_with_the_topic_and_end_with_the_post(board: Board, as_person: SignedIn) -> None:
    topic = board.topic(by="dora")
    first, last = board.reply(topic, "Zanzibar text"), board.reply(topic, "Another text")
    for post in (first, last):
        as_person("alice").post(f"/p/{post.pk}/report", {"words": "It is rude."})
    hide(board, board.asia)
    move(board, topic, board.asia)
    assert "Zanzibar" not in words(as_person("bob"), "/moderate/")
    assert "Zanzibar" in words(as_person("dora"), "/moderate/")
    move(board, topic, board.europe)
    as_person("carol").post(f"/p/{last.pk}/withdraw")
    assert Report.objects.get(post=last).outcome == Report.Outcome.GONE
    assert Report.objects.get(post=first).closed_at is None
    assert "The post is away meanwhile." in words(as_person("alice"), "/cases/")


@pytest.mark.parametrize("right", ["mod_reports", "mod_lock"])
def test_each_who_decides_on_something_has_a_queue(board: Board, as_person: SignedIn, right: str) -> None:
    me = Holder("member", str(board.people["alice"].pk))
    give(giver=board.actor("dora"), holder=me, place=board.europe.pk, values={right: "yes"})
    assert as_person("alice").get("/moderate/").status_code == 200


def test_who_decides_an_appeal_reads_the_text(board: Board, as_person: SignedIn, rule: int) -> None:
    case = removed(board, rule, board.reply(board.topic(by="dora"), LONG))
    for name in ("carol", "bob", "dora"):
        assert LONG in words(as_person(name), f"/case/{case.pk}/")


def test_a_post_is_given_back_although_its_topic_is_away(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    topic = board.topic()
    post = board.reply(topic)
    case = removed(board, rule, post)
    assert as_person("alice").post(f"/p/{topic.last_post_id}/withdraw").status_code == 302
    assert as_person("bob").post(f"/case/{case.pk}/reverse").status_code == 302
    assert Post.objects.get(id=post.pk).removed_at is None
    assert Topic.objects.get(id=topic.id).post_count == 2


def test_a_queue_costs_the_same_for_one_forum_and_for_thirty(
    board: Board, as_person: SignedIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(30):
        found_forum(name=f"Forum {number}", parent=board.category)
    dora = as_person("dora")
    dora.get("/moderate/")
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        dora.get("/moderate/")


def test_an_appeal_is_not_pushed_out_by_those_of_other_forums(
    board: Board, as_person: SignedIn, rule: int
) -> None:
    other = board.topic(by="dora", forum=board.asia)
    posts = [board.reply(other, f"Text number {number}.") for number in range(50)]
    posts.append(board.reply(board.topic(by="dora")))
    for post in posts:
        case = removed(board, rule, post, by="dora")
        appeal_case(member=board.actor("carol"), case_id=case.pk, words="It is a quotation.")
    assert f"/case/{case.pk}/" in words(as_person("bob"), "/moderate/")


@pytest.mark.parametrize("nothing", ["\u200b", "\u3164" * 12])
def test_reasons_that_nobody_can_see_are_none(
    board: Board, as_person: SignedIn, rule: int, nothing: str
) -> None:
    post = board.reply(board.topic())
    assert as_person("alice").post(f"/p/{post.pk}/report", {"words": nothing}).status_code == 422
    form = {**FORM, "rule": str(rule), "facts": nothing}
    assert as_person("bob").post(f"/p/{post.pk}/remove", form).status_code == 422
    case = removed(board, rule, post)
    assert as_person("carol").post(f"/case/{case.pk}/appeal", {"words": nothing}).status_code == 422
