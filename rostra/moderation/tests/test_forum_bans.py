"""A ban from one forum: there, and below it, a member is as a guest is, and everywhere else a member."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rostra.accounts.actors import GUEST, Actor, actor_of
from rostra.accounts.barring import Barred, read, written
from rostra.accounts.models import Group, User
from rostra.board.queries import stamp
from rostra.forums.actions import found_forum
from rostra.forums.giving import give
from rostra.forums.models import Forum
from rostra.forums.policy import may, why_not_write
from rostra.forums.queries import closed_to, forest
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.kernel.refusals import Refused
from rostra.moderation.actions import appeal_case, decide_appeal, reverse_case
from rostra.moderation.models import Case
from rostra.moderation.reasons import Reasons
from rostra.moderation.sanctions import Sanction, sanction_author, settle_sanctions
from rostra.permissions.capabilities import READING, WRITING, May
from rostra.permissions.resolution import GUESTS, Holder
from rostra.topics.models import Post
from rostra.topics.moving import move_topic
from tests.cast import Board

SignedIn = Callable[[str], Client]


@pytest.fixture
def post(board: Board) -> Post:
    return board.reply(board.topic(), "liar", by="carol")


@pytest.fixture
def below(board: Board) -> Forum:
    return found_forum(name="Portugal", parent=board.europe)


def ban(board: Board, post: Post, by: str = "bob", days: int = 3) -> Case:
    rule = Case.objects.values_list("rule__rule_id", flat=True).first() or lay_down_rule(
        author=board.actor("dora"), forum=None, text="Argue with what people say."
    )
    (case,) = sanction_author(
        moderator=board.actor(by), forum=board.node(), post_id=post.pk,
        sanction=Sanction("ban_forum", days=days), reasons=Reasons(rule, "It calls another member a liar."),
    )  # fmt: skip
    return case


def carol(board: Board) -> Actor:
    return actor_of(User.objects.get(pk=board.people["carol"].pk))


def test_who_is_banned_from_a_forum_reads_there_and_writes_elsewhere(
    board: Board, post: Post, below: Forum
) -> None:
    case = ban(board, post)
    assert (case.kind, case.forum_id) == ("ban_forum", board.europe.pk)
    deeper = found_forum(name="Lisbon", parent=below)
    for forum in (board.europe, below, deeper):
        assert may(carol(board), board.node(forum), READING)
        for capability in (May.BEGIN, May.REPLY, May.EDIT_OWN, May.WITHDRAW_OWN, May.REPORT):
            assert not may(carol(board), board.node(forum), capability)
        refusal = why_not_write(carol(board), board.node(forum), May.REPLY)
        assert refusal is not None
        assert "by a decision of the moderators" in refusal.reason
    assert may(carol(board), board.node(board.asia), WRITING)
    assert why_not_write(carol(board), board.node(board.asia), May.REPLY) is None
    assert not carol(board).is_banned


def test_what_guests_may_not_read_is_shut_and_in_no_list(board: Board, post: Post) -> None:
    give(giver=board.actor("dora"), holder=GUESTS, place=board.europe.pk, values={"read": "no"})
    tree = forest(stamp().structure)
    assert closed_to(tree, carol(board)) == ","
    ban(board, post)
    assert closed_to(tree, carol(board)) == closed_to(tree, GUEST) == f",{board.europe.pk},"
    assert not may(carol(board), board.node(), May.READ)


def test_a_ban_gives_nothing_that_the_member_had_not(board: Board, post: Post) -> None:
    me = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), holder=me, place=board.europe.pk, values={"read": "never"})
    ban(board, post)
    assert may(GUEST, board.node(), May.READ)
    assert not may(carol(board), board.node(), May.READ)


def test_which_forums_and_may_i_here_agree(board: Board, post: Post, below: Forum) -> None:
    ban(board, post)
    rights = board.node().book.rights(carol(board))
    for capability in May:
        for node in forest(stamp().structure).by_id.values():
            assert may(carol(board), node, capability) is (node.id in rights.where(capability))


def test_a_ban_from_a_forum_ends_by_time_and_by_being_taken_back(board: Board, post: Post) -> None:
    longer, shorter = ban(board, post, days=30), ban(board, post, days=3)
    assert carol(board).barred[0].until == longer.until.replace(microsecond=0) + timedelta(seconds=1)  # type: ignore[union-attr]
    reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=longer.pk)
    assert not may(carol(board), board.node(), May.REPLY)
    Case.objects.filter(pk=shorter.pk).update(
        decided_at=now() - timedelta(days=4), until=now() - timedelta(seconds=5)
    )
    member = board.people["carol"].pk
    User.objects.filter(pk=member).update(
        barred_from=written([Barred(board.europe.pk, now() - timedelta(seconds=5))])
    )
    assert may(carol(board), board.node(), May.REPLY)
    settle_sanctions(member_id=member)
    assert User.objects.get(pk=member).barred_from == ""


def test_a_ban_without_end_holds_until_an_appeal_ends_it(board: Board, post: Post) -> None:
    case = ban(board, post, days=0)
    assert [each.until for each in carol(board).barred] == [None]
    appeal_case(member=carol(board), case_id=case.pk, words="It was a quotation.")
    decide_appeal(
        decider=board.actor("dora"), forum=board.node(), case_id=case.pk, is_reversed=True, reasons="It was."
    )
    assert may(carol(board), board.node(), May.REPLY)


def test_the_ban_stays_with_the_forum_when_the_topic_moves(board: Board, post: Post) -> None:
    case = ban(board, post)
    move_topic(
        moderator=board.actor("dora"),
        topic=board.row(post.topic_id),
        forum=board.node(),
        to=board.node(board.asia),
    )
    assert may(carol(board), board.node(board.asia), May.REPLY)
    reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=case.pk)
    assert may(carol(board), board.node(), May.REPLY)


def test_who_may_not_ban_does_not_ban_from_a_forum_either(board: Board, post: Post) -> None:
    board.people["erin"] = board._person("erin")
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "erin")
    for stranger in ("alice", "carol", "erin"):
        with pytest.raises(Refused):
            ban(board, post, by=stranger)
    for colleague in ("erin", "dora"):
        with pytest.raises(Refused):
            ban(board, board.reply(board.topic(), by=colleague))
    assert not Case.objects.exists()


def test_what_the_row_keeps_is_read_as_it_was_written() -> None:
    end = now().replace(microsecond=0)
    bans = (Barred(3, None), Barred(12, end))
    assert read(written(bans)) == bans
    assert read("") == ()


def test_the_form_bans_from_the_forum_and_the_member_is_told_where(
    board: Board, as_person: SignedIn, post: Post
) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Argue with what people say.")
    form = {
        "rule": str(rule), "facts": "It calls another member a liar.", "ground": "rules", "source": "own",
        "kind": "ban", "scope": "forum", "points": "1", "days": "3",
    }  # fmt: skip
    bob, member = as_person("bob"), as_person("carol")
    assert "“Europe” only" in bob.get(f"/p/{post.pk}/sanction").content.decode()
    case = bob.post(f"/p/{post.pk}/sanction", form).headers["Location"]
    assert "A ban from one forum" in member.get(case).content.decode()
    address = board.row(post.topic_id).address
    assert member.get(address).status_code == 200
    assert member.post(f"{address}reply", {"body": "And again.", "do": "post"}).status_code == 403
    told = member.get(f"/settings/rights/?place={board.europe.pk}&may=reply").content.decode()
    assert "you may not take part in “Europe” until" in told
    assert "carol may not do this in “Europe”: Reply to topics." in told
    assert "to a banned member as to a guest" in told
    told = member.get(f"/settings/rights/?place={board.asia.pk}&may=reply").content.decode()
    assert "carol may do this in “Asia”: Reply to topics." in told
    asked = {"member": "carol", "place": str(board.europe.pk), "may": "reply"}
    assert (
        "to a banned member as to a guest"
        in as_person("dora").get("/manage/rights/why/", asked).content.decode()
    )


def test_a_ban_from_a_forum_costs_no_query(board: Board, as_person: SignedIn, post: Post) -> None:
    member, pages = (
        as_person("carol"),
        ["/", f"/f/{board.europe.pk}-europe/", board.row(post.topic_id).address],
    )

    def asked() -> list[int]:
        found = []
        for page in pages:
            member.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert member.get(page).status_code == 200
            found.append(len(queries))
        return found

    before = asked()
    ban(board, post)
    User.objects.update(has_unseen_cases=False)
    assert all(after <= few for after, few in zip(asked(), before, strict=True))
