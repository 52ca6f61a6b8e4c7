"""Several topics or posts at once: all or none, each with a case of its own."""

from collections.abc import Callable

import pytest

from rostra.accounts.models import Group
from rostra.houserules.actions import lay_down_rule
from rostra.kernel.refusals import Invalid, Refused
from rostra.moderation.actions import lock_with_reasons, reverse_case
from rostra.moderation.bulk import MOST_CHOSEN, Deed, chosen_topics, deeds_of, remove_posts, treat_topics
from rostra.moderation.models import Case
from rostra.moderation.reasons import Reasons
from rostra.topics.models import Post, Topic
from rostra.topics.moving import move_topic
from rostra.topics.queries import TopicRow
from rostra.topics.removal import remove_post, remove_topic
from tests.cast import Board

Treat = Callable[..., list[Case]]


@pytest.fixture
def reasons(board: Board) -> Reasons:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="No advertising.")
    return Reasons(rule, "All of them praise the same shop.")


@pytest.fixture
def three(board: Board) -> list[TopicRow]:
    return [
        board.topic(title=f"Topic {number}", by=who) for number, who in enumerate(("alice", "carol", "alice"))
    ]


def treated(board: Board, topics: list[TopicRow], deed: Deed, who: str = "bob", **more: object) -> list[Case]:
    return treat_topics(
        moderator=board.actor(who), forum=board.node(), topics=[row.id for row in topics], deed=deed, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def states() -> list[tuple[object, ...]]:
    return list(Topic.objects.order_by("id").values_list("is_locked", "kind", "forum_id", "removed_at"))


def test_each_locked_topic_has_a_case_of_its_own_that_its_author_reads(
    board: Board, three: list[TopicRow], reasons: Reasons
) -> None:
    cases = treated(board, three, Deed.LOCK, reasons=reasons)
    assert [(case.topic_id, case.member_name, case.facts) for case in cases] == [
        (row.id, row.author_name, reasons.facts) for row in three
    ]
    assert Topic.objects.filter(is_locked=True).count() == 3
    reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=cases[0].pk)
    assert Topic.objects.filter(is_locked=True).count() == 2, "one is taken back without the others"


def test_removed_topics_come_back_one_by_one(board: Board, three: list[TopicRow], reasons: Reasons) -> None:
    before = states()
    cases = treated(board, three, Deed.REMOVE, reasons=reasons)
    assert not Topic.objects.filter(removed_at=None).exists()
    for case in cases:
        reverse_case(moderator=board.actor("bob"), forum=board.node(), case_id=case.pk)
    assert states() == before


def test_topics_are_opened_pinned_made_normal_and_moved_without_a_case(
    board: Board, three: list[TopicRow], reasons: Reasons
) -> None:
    treated(board, three[:1], Deed.LOCK, reasons=reasons)
    assert treated(board, three, Deed.OPEN) == []
    assert Case.objects.get().reversed_at is not None
    treated(board, three, Deed.STICKY)
    assert set(Topic.objects.values_list("kind", flat=True)) == {Topic.Kind.STICKY}
    treated(board, three, Deed.NORMAL)
    treated(board, three, Deed.MOVE, "dora", to=board.node(board.asia))
    assert {(row[1], row[2]) for row in states()} == {(0, board.asia.pk)}


@pytest.mark.parametrize("fault", ["locked", "removed", "moved", "elsewhere"])
def test_one_that_cannot_be_locked_makes_nothing_happen_and_is_named(
    board: Board, three: list[TopicRow], reasons: Reasons, fault: str
) -> None:
    odd = three[1]
    dora, node = board.actor("dora"), board.node()
    if fault == "locked":
        lock_with_reasons(moderator=dora, topic=odd, forum=node, reasons=reasons)
    elif fault == "removed":
        remove_topic(moderator=dora, topic_id=odd.id, forum=node)
    elif fault == "moved":
        move_topic(moderator=dora, topic=odd, forum=node, to=board.node(board.asia))
    else:
        odd = board.topic(title="Not for everybody", forum=board.asia)
    before, cases = states(), Case.objects.count()
    with pytest.raises(Invalid) as invalid:
        treated(board, [three[0], odd, three[2]], Deed.LOCK, reasons=reasons)
    assert states() == before
    assert Case.objects.count() == cases
    told = invalid.value.faults["chosen"]
    named = odd.title if fault in ("locked", "removed") else f"Topic {odd.id}"
    assert named in told
    assert three[0].title not in told
    if fault == "elsewhere":
        assert odd.title not in told, "who may not read there learns no titles"


def test_the_reasons_are_checked_before_anything_is_done(
    board: Board, three: list[TopicRow], reasons: Reasons
) -> None:
    for deed in (Deed.LOCK, Deed.REMOVE):
        with pytest.raises(Invalid) as invalid:
            treated(board, three, deed, reasons=reasons._replace(facts="No."))
        assert "facts" in invalid.value.faults
    assert not Case.objects.exists()


def test_fifty_can_be_chosen_and_one_at_least(board: Board, three: list[TopicRow]) -> None:
    too_many = list(range(1, MOST_CHOSEN + 2))
    for numbers in (too_many[:0], too_many):
        with pytest.raises(Invalid) as invalid:
            treat_topics(moderator=board.actor("bob"), forum=board.node(), topics=numbers, deed=Deed.OPEN)
        assert list(invalid.value.faults) == ["chosen"]
    many = [board.topic(title=f"More {number}") for number in range(MOST_CHOSEN - 3)]
    treated(board, [*three, *many], Deed.STICKY)
    assert Topic.objects.filter(kind=1).count() == MOST_CHOSEN


@pytest.mark.parametrize("deed", list(Deed))
def test_members_and_moderators_of_other_forums_do_nothing_of_it(
    board: Board, three: list[TopicRow], reasons: Reasons, deed: Deed
) -> None:
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "carol")
    before = states()
    for who in ("alice", "carol"):
        with pytest.raises(Refused):
            treated(board, three, deed, who, reasons=reasons, to=board.node(board.asia))
    assert states() == before


def test_topics_go_only_where_the_moderator_may_move_topics_too(board: Board, three: list[TopicRow]) -> None:
    with pytest.raises(Refused):
        treated(board, three, Deed.MOVE, to=board.node(board.asia))
    for to in (None, board.node(), board.node(board.category)):
        with pytest.raises(Invalid) as invalid:
            treated(board, three, Deed.MOVE, "dora", to=to)
        assert list(invalid.value.faults) == ["forum"]
    assert {row[2] for row in states()} == {board.europe.pk}


def test_what_can_be_done_is_what_was_given(board: Board) -> None:
    assert deeds_of(board.actor("alice"), board.node()) == []
    assert deeds_of(board.actor("bob"), board.node(board.asia)) == []
    assert deeds_of(board.actor("bob"), board.node()) == list(Deed)
    assert deeds_of(board.actor("dora"), board.node(board.category)) == []


def test_several_posts_are_removed_with_a_case_for_each(board: Board, reasons: Reasons) -> None:
    topic = board.topic()
    posts = [board.reply(topic, by=who) for who in ("carol", "alice", "carol")]
    numbers = [post.pk for post in posts[:2]]
    cases = remove_posts(
        moderator=board.actor("bob"), forum=board.node(), topic=topic, posts=numbers, reasons=reasons
    )
    assert [(case.post_id, case.member_name) for case in cases] == [
        (numbers[0], "carol"),
        (numbers[1], "alice"),
    ]
    assert board.row(topic.id).post_count == 2


def test_the_first_post_one_that_is_away_and_one_of_another_topic_are_named(
    board: Board, reasons: Reasons
) -> None:
    topic, other = board.topic(), board.topic()
    good, away, foreign = board.reply(topic), board.reply(topic), board.reply(other)
    remove_post(moderator=board.actor("bob"), post_id=away.pk, forum=board.node())
    opening = Post.objects.get(topic_id=topic.id, position=1)
    for odd in (opening, away, foreign):
        with pytest.raises(Invalid, match=f"#{odd.pk}"):
            remove_posts(
                moderator=board.actor("bob"), forum=board.node(), topic=topic, posts=[good.pk, odd.pk], reasons=reasons,
            )  # fmt: skip
    with pytest.raises(Refused):
        remove_posts(
            moderator=board.actor("carol"), forum=board.node(), topic=topic, posts=[good.pk], reasons=reasons
        )
    assert Post.objects.get(pk=good.pk).removed_at is None
    assert not Case.objects.exists()


def test_a_title_of_another_forum_is_not_told(board: Board) -> None:
    secret = board.topic(title="Not for everybody", forum=board.asia)
    (one,) = chosen_topics([secret.id], board.node(), Deed.LOCK)
    assert one.name == f"Topic {secret.id}"
    assert one.why_not
