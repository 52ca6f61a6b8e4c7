"""Spam: all that a new member wrote goes by one case, and is back as it was when the case is taken back."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client

from rostra.accounts.actions import note_sign_in
from rostra.accounts.actors import GUEST, actor_of
from rostra.accounts.models import SignIn, User
from rostra.bans.models import AddressBan
from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid, Refused
from rostra.moderation.actions import appeal_case, decide_appeal, remove_with_reasons, reverse_case
from rostra.moderation.models import Case, Hiding, Report
from rostra.moderation.reasons import Reasons
from rostra.moderation.reports import report_post
from rostra.moderation.spam import Sweep, clean_spam, sweep_of, why_not_clean
from rostra.permissions.resolution import BOARD, Holder
from rostra.topics.holding import Waits, withdraw_held
from rostra.topics.models import Held, Post, Topic
from rostra.topics.queries import TopicRow, post_source
from tests.cast import Board

TABLES = {
    "topics_post": set(), "topics_topic": set(), "topics_participant": {"id"},  # nothing refers to its number
    "topics_held": set(), "forums_forum": set(), "accounts_user": {"has_unseen_cases"}, "bans_addressban": {"*"},
    "board_stamp": {"content", "structure"}, "reading_topicmark": set(), "moderation_hiding": set(),
}  # fmt: skip


def hashed(board: Board) -> dict[str, str]:
    """A hash of the rows of each table that a sweep touches; versions of the board, and notices, move on."""
    found = {}
    for table, left_out in TABLES.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of ours
            names = [column[0] for column in cursor.description or ()]
            rows = sorted(
                repr([(name, value) for name, value in zip(names, row, strict=True) if name not in left_out])
                for row in cursor.fetchall()
            )
        if "*" not in left_out:
            found[table] = sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.fixture
def rule(board: Board) -> int:
    return lay_down_rule(author=board.actor("dora"), forum=None, text="No advertisements.")


@pytest.fixture
def eve(board: Board) -> User:
    """A member who joined today and advertises."""
    board.people["eve"] = board._person("eve")
    return board.people["eve"]


@pytest.fixture
def written(board: Board, eve: User) -> dict[str, TopicRow]:
    """Eve began two topics, one of them answered, and wrote thrice in two topics of alice's; a text of hers waits."""
    talk, news = board.topic("Tunnels"), board.topic("News", forum=board.asia)
    board.reply(talk, by="carol")
    for text in ("Cheap watches", "Cheaper watches"):
        board.reply(talk, text, by="eve")
    board.reply(news, "Cheap shoes", by="eve")
    board.reply(talk, "Go away.", by="alice")
    ours = board.topic("Buy watches", by="eve")
    board.reply(ours, "No, thanks.", by="carol")
    board.reply(ours, "But they are cheap.", by="eve")
    board.topic("Buy shoes", by="eve", forum=board.asia)
    me = Holder("member", str(eve.pk))
    give(giver=board.actor("dora"), holder=me, place=BOARD, values={"skip_approval": "never"})
    with pytest.raises(Waits):
        board.reply(talk, "Waiting watches", by="eve")
    return {"talk": talk, "news": news, "ours": ours}


def sweep(eve: User) -> Sweep:
    return sweep_of(User.objects.get(pk=eve.pk))


def clean(board: Board, rule: int, eve: User, by: str = "dora", **more: Any) -> Case:
    asked = {"seen": sweep(eve).seal, "reasons": Reasons(rule, "Every post advertises a shop."), **more}
    return clean_spam(moderator=board.actor(by), member_id=eve.pk, **asked)


def test_all_that_a_member_wrote_goes_by_one_case(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow]
) -> None:
    found = sweep(eve)
    assert ([topic.title for topic in found.topics], len(found.posts), len(found.held), found.others) == (
        ["Buy watches", "Buy shoes"], 3, 1, 1,
    )  # fmt: skip
    case = clean(board, rule, eve)
    assert (Case.objects.get().pk, case.kind, case.member_id) == (case.pk, "spam", eve.pk)
    assert not Post.objects.filter(author=eve, removed_at=None, topic__removed_at=None).exists()
    assert not Held.objects.filter(author=eve, state=Held.State.WAITING).exists()
    for post in Post.objects.filter(author=eve, removed_at__isnull=False):
        assert post.hiding.case_id == case.pk
    for topic in Topic.objects.filter(author=eve):
        assert topic.hiding.case_id == case.pk
    assert Hiding.objects.filter(case=case).count() == 2 + 3 + 1
    assert actor_of(User.objects.get(pk=eve.pk)).is_banned
    assert board.row(written["talk"].id).post_count == 3
    assert User.objects.get(pk=eve.pk).post_count == 0


def test_a_hidden_thing_points_to_one_case_only(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow]
) -> None:
    clean(board, rule, eve)
    hiding = Hiding.objects.filter(post__isnull=False).first()
    assert hiding is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.create(post=hiding.post, case=hiding.case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.filter(pk=hiding.pk).update(held=Held.objects.first())


@pytest.mark.parametrize("bans_email", [False, True])
def test_taken_back_every_row_is_as_it_was(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow], bans_email: bool
) -> None:
    before = hashed(board)
    case = clean(board, rule, eve, bans_email=bans_email)
    during = hashed(board)
    assert {table for table in before if before[table] != during[table]} == set(before) - {
        "reading_topicmark"
    }
    with time_machine.travel(now() + timedelta(hours=23)):
        reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=case.pk)
    assert hashed(board) == before
    assert not AddressBan.objects.filter(ended_at=None).exists()
    with pytest.raises(Refused):
        reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=case.pk)


def test_what_was_away_before_stays_away(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow]
) -> None:
    post = Post.objects.get(source="Cheap watches")
    earlier = remove_with_reasons(
        moderator=board.actor("bob"),
        forum=board.node(),
        post_id=post.pk,
        reasons=Reasons(rule, "It advertises a shop."),
    )
    case = clean(board, rule, eve)
    assert Post.objects.get(pk=post.pk).hiding.case_id == earlier.pk
    reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=case.pk)
    assert Post.objects.get(pk=post.pk).removed_at is not None
    assert Post.objects.get(pk=post.pk).hiding.case_id == earlier.pk
    assert not Post.objects.filter(author=eve, removed_at__isnull=False).exclude(pk=post.pk).exists()


def test_the_sessions_end_and_an_appeal_brings_all_back(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow]
) -> None:
    browser = Client()
    browser.force_login(eve)
    key = browser.session.session_key or ""
    note_sign_in(user=eve, session_key=key, browser="Firefox")
    before = hashed(board)
    case = clean(board, rule, eve)
    assert not Session.objects.filter(session_key=key).exists()
    assert not SignIn.objects.filter(user=eve).exists()
    appeal_case(member=board.actor("eve"), case_id=case.pk, words="I sell nothing.")
    board.people["frank"] = board._person("frank")
    User.objects.filter(pk=board.people["frank"].pk).update(is_admin=True)
    board.people["frank"].refresh_from_db()
    before |= {"accounts_user": hashed(board)["accounts_user"], "board_stamp": hashed(board)["board_stamp"]}
    with pytest.raises(Refused):
        decide_appeal(
            decider=board.actor("dora"),
            forum=board.node(),
            case_id=case.pk,
            is_reversed=True,
            reasons="So it is.",
        )
    decide_appeal(
        decider=board.actor("frank"),
        forum=board.node(),
        case_id=case.pk,
        is_reversed=True,
        reasons="So it is.",
    )
    after = hashed(board)
    assert {table for table in before if before[table] != after[table]} == {"accounts_user", "board_stamp"}
    assert not actor_of(User.objects.get(pk=eve.pk)).is_banned
    assert Post.objects.filter(author=eve, removed_at=None, topic__removed_at=None).count() == 6


def test_the_address_is_banned_for_signing_up_alone_and_free_again_with_the_case(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow]
) -> None:
    case = clean(board, rule, eve, bans_email=True)
    (ban,) = AddressBan.objects.all()
    assert (ban.target, ban.stops, ban.ended_at) == ("eve@example.org", AddressBan.Stops.SIGN_UP, None)
    reverse_case(moderator=board.actor("dora"), forum=board.node(), case_id=case.pk)
    ban.refresh_from_db()
    assert ban.ended_at is not None


def test_who_reported_it_was_right(board: Board, rule: int, eve: User, written: dict[str, TopicRow]) -> None:
    post = post_source(Post.objects.get(source="But they are cheap.").pk)
    assert post is not None
    report_post(reporter=board.actor("alice"), post=post, forum=board.node(), rule=rule, words="")
    case = clean(board, rule, eve)
    assert [(report.outcome, report.case_id) for report in Report.objects.all()] == [("agreed", case.pk)]


def test_nothing_goes_that_was_not_shown(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow]
) -> None:
    seen = sweep(eve).seal
    withdraw_held(author=board.actor("eve"), held_id=Held.objects.get().pk)
    with pytest.raises(Invalid) as refused:
        clean(board, rule, eve, seen=seen)
    assert list(refused.value.faults) == ["seen"]
    board.reply(written["ours"], "One more of others.", by="carol")
    with pytest.raises(Invalid):
        clean(board, rule, eve, seen=seen)
    assert not Case.objects.exists()


def test_without_good_reasons_nothing_goes(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow]
) -> None:
    for reasons in (Reasons(0, "Every post advertises a shop."), Reasons(rule, "Spam.")):
        with pytest.raises(Invalid):
            clean(board, rule, eve, reasons=reasons)
    assert not Post.objects.filter(removed_at__isnull=False).exists()


def test_members_with_more_posts_or_older_accounts_are_left_alone(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow], settings: Any
) -> None:
    with (
        time_machine.travel(now() + timedelta(days=30)),
        pytest.raises(Refused, match="more than 30 days ago"),
    ):
        clean(board, rule, eve)
    assert User.objects.get(pk=eve.pk).post_count == 6
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"spam_posts": 6})
    with pytest.raises(Refused, match="has 6 posts: all can be removed at once of members with fewer than 6"):
        clean(board, rule, eve)
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"spam_posts": 7})
    clean(board, rule, eve)


def test_who_wrote_nothing_has_nothing_that_could_go(board: Board, rule: int, eve: User) -> None:
    with pytest.raises(Refused, match="Nothing of eve is there"):
        clean_spam(
            moderator=board.actor("dora"),
            member_id=eve.pk,
            seen="",
            reasons=Reasons(rule, "It is a shop, always."),
        )


def test_only_who_removes_and_bans_on_the_whole_board_does_it(
    board: Board, rule: int, eve: User, written: dict[str, TopicRow]
) -> None:
    for name in ("alice", "bob", "eve"):
        with pytest.raises(Refused):
            clean(board, rule, eve, by=name)
    with pytest.raises(Refused):
        clean_spam(
            moderator=GUEST, member_id=eve.pk, seen=sweep(eve).seal, reasons=Reasons(rule, "It is a shop.")
        )
    mods = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=mods, place=BOARD, values={"mod_remove": "yes"})
    with pytest.raises(Refused):
        clean(board, rule, eve, by="bob")
    give(giver=board.actor("dora"), holder=mods, place=BOARD, values={"mod_remove": "yes", "mod_ban": "yes"})
    give(giver=board.actor("dora"), holder=mods, place=board.asia.pk, values={"mod_remove": "no"})
    refusal = why_not_clean(board.actor("bob"), User.objects.get(pk=eve.pk), sweep(eve))
    assert refusal is not None
    assert "Asia" in refusal.reason, "the page says it before anything is typed"
    with pytest.raises(Refused, match="Asia"):
        clean(board, rule, eve, by="bob")
    give(giver=board.actor("dora"), holder=mods, place=board.asia.pk, values={"mod_remove": "yes"})
    case = clean(board, rule, eve, by="bob")
    give(giver=board.actor("dora"), holder=mods, place=BOARD, values={"mod_ban": "no"})
    with pytest.raises(Refused):
        reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=case.pk)


def test_moderators_are_no_spammers(board: Board, rule: int) -> None:
    for name in ("bob", "dora"):
        board.topic(by=name)
        with pytest.raises(Refused):
            clean(board, rule, board.people[name])
