"""Decisions of moderators: each restricts and states its reasons in one transaction, and can be taken back exactly."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.bans.actions import end_bans_of_case
from rostra.board.queries import stamp
from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node, forest
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refusal, refuse
from rostra.kernel.text import is_visible
from rostra.moderation.editing import take_back_edit
from rostra.moderation.events import AppealDecided, CaseAppealed, CaseReversed
from rostra.moderation.models import Appeal, Case, Hiding, Report
from rostra.moderation.moving import take_back_move
from rostra.moderation.opening import open_case
from rostra.moderation.policy import NEEDS, why_not_appeal, why_not_decide_appeal, why_not_reverse
from rostra.moderation.postlocks import unlock_post
from rostra.moderation.queries import CaseRow
from rostra.moderation.queries import case as case_row
from rostra.moderation.reasons import LONGEST_FACTS, Reasons, checked_reasons
from rostra.moderation.reports import close_reports
from rostra.moderation.sanctions import SETTLED, settle_sanctions
from rostra.moderation.spam import bring_back
from rostra.permissions.capabilities import May
from rostra.topics.actions import arrange_topic
from rostra.topics.events import TopicArranged
from rostra.topics.holding import approve_held, decide, waiting_text
from rostra.topics.models import Held, Post, Topic
from rostra.topics.queries import TopicRow
from rostra.topics.removal import remove_post, remove_topic, restore_post, restore_topic


def remove_with_reasons(
    *, moderator: Actor, forum: Node, post_id: int, reasons: Reasons, is_topic: bool | None = None
) -> Case:
    """Take a post away, with its opening post the topic, and open the case. Raises Refused, Invalid by field, Gone.

    `is_topic`: whether whoever asked was shown that a topic goes; Gone when that is not so any more. None: as it is now.
    """
    refuse(why_not_moderate(moderator, forum, May.MOD_REMOVE))
    with change():
        post = _post_as_shown(post_id, is_topic)
        checked = checked_reasons(reasons, forum)
        about: dict[str, Any] = {
            "topic": post.topic,
            "member_id": post.author_id,
            "member_name": post.author_name,
        }
        if post.position == 1:
            remove_topic(moderator=moderator, topic_id=post.topic_id, forum=forum)
            opened = open_case(Case.Kind.REMOVE_TOPIC, moderator, forum, checked, about)
            Hiding.objects.create(topic_id=post.topic_id, case=opened)
        else:
            remove_post(moderator=moderator, post_id=post_id, forum=forum)
            opened = open_case(Case.Kind.REMOVE_POST, moderator, forum, checked, {**about, "post": post})
            Hiding.objects.create(post_id=post_id, case=opened)
        close_reports(post_id=post_id, outcome=Report.Outcome.AGREED, case=opened)
    return opened


def _post_as_shown(post_id: int, is_topic: bool | None) -> Post:
    """A post, with the row of its topic locked, which others may have split or merged. Raises Gone."""
    topic_id = Post.objects.values_list("topic_id", flat=True).get(id=post_id)
    Topic.objects.select_for_update().get(id=topic_id)
    post = Post.objects.select_related("topic").get(id=post_id)
    if post.topic_id != topic_id or is_topic not in (None, post.position == 1):
        raise Gone(_("This post was moved or removed meanwhile."))
    return post


def lock_with_reasons(*, moderator: Actor, topic: TopicRow, forum: Node, reasons: Reasons) -> Case:
    """Lock a topic and open the case. Raises Refused, Invalid by field, Gone when it is locked or moved already."""
    refuse(why_not_moderate(moderator, forum, May.MOD_LOCK))
    checked = checked_reasons(reasons, forum)
    with change():
        row = Topic.objects.select_for_update().get(id=topic.id)
        if row.is_locked:
            raise Gone(_("This topic is locked already."))
        arrange_topic(moderator=moderator, topic=topic, forum=forum, is_locked=True)
        about = {"topic_id": row.pk, "member_id": row.author_id, "member_name": row.author_name}
        return open_case(Case.Kind.LOCK_TOPIC, moderator, forum, checked, about)


def open_topic(*, moderator: Actor, topic: TopicRow, forum: Node, kind: int | None = None) -> None:
    """Open a topic, and with a `kind` arrange it; the decisions that locked it are taken back, each of which must be so.

    Raises Refused by policy, Gone when it was moved meanwhile.
    """
    refuse(why_not_moderate(moderator, forum, May.MOD_LOCK))
    with change():
        row = Topic.objects.select_for_update().get(id=topic.id)
        for number in list(_locks_on(topic.id).values_list("id", flat=True)) if row.is_locked else []:
            found = case_row(number)
            refuse(why_not_reverse(moderator, found, forum) if found else None)
        arrange_topic(moderator=moderator, topic=topic, forum=forum, kind=kind, is_locked=False)


def end_locks(*, topic_id: int, opener: int) -> None:
    """A topic that is open again: the decisions that locked it are taken back with that, but those under appeal."""
    with change() as this:
        if Topic.objects.filter(id=topic_id, is_locked=True).exists():
            return
        appealed = Appeal.objects.filter(decided_at=None, case__topic_id=topic_id).values("case_id")
        ended = list(_locks_on(topic_id).exclude(id__in=appealed).values_list("id", "member_id"))
        if ended:
            Case.objects.filter(id__in=[number for number, _member in ended]).update(reversed_at=now())
            members = [member for _number, member in ended]
            User.objects.filter(id__in=members).exclude(id=opener).update(has_unseen_cases=True)
        for number, _member in ended:
            this.record(CaseReversed(case=number, moderator=opener))


def _locks_on(topic_id: int) -> QuerySet[Case]:
    """The decisions that lock a topic and were not taken back, their rows locked."""
    locks = Case.objects.filter(kind=Case.Kind.LOCK_TOPIC, topic_id=topic_id, reversed_at=None)
    return locks.select_for_update().order_by("id")


def refuse_held(*, moderator: Actor, forum: Node, held_id: int, reasons: Reasons) -> Case:
    """Refuse a text that waits, and open the case. Raises Refused, Invalid by field, Gone."""
    refuse(why_not_moderate(moderator, forum, May.MOD_APPROVE))
    checked = checked_reasons(reasons, forum)
    with change():
        held = waiting_text(held_id, forum)
        decide(held, moderator, Held.State.REFUSED)
        about = {
            "topic_id": held.topic_id, "held": held, "member_id": held.author_id,
            "member_name": User.objects.values_list("name", flat=True).get(id=held.author_id),
        }  # fmt: skip
        return open_case(Case.Kind.REFUSE_TEXT, moderator, forum, checked, about)


def reverse_case(*, moderator: Actor, forum: Node, case_id: int) -> None:
    """Take a decision back: what was away is there again, as it was. Raises Refused, Gone."""
    row = case_row(case_id)
    if row is None:
        raise Gone(_("There is no such case."))
    refuse(why_not_reverse(moderator, row, forum))
    with change() as this:
        _reverse(row, moderator, forum)
        this.record(CaseReversed(case=case_id, moderator=moderator.id or 0))


def _reverse(row: CaseRow, moderator: Actor, forum: Node, *, is_appealed: bool = False) -> None:
    """Where the thing is now, the moderator must have the right that the decision took.

    An appeal can be granted whatever was done since: what cannot be undone any more then stays as it is.
    """
    here = place_now(row, forum)
    refuse(_why_unseen(moderator, here) or why_not_moderate(moderator, here, NEEDS[Case.Kind(row.kind)]))
    found = Case.objects.select_for_update().get(id=row.id)
    if found.reversed_at is not None:
        raise Gone(_("This decision was taken back already."))
    try:
        with transaction.atomic():
            if found.purged_at is None:  # or there is nothing left to bring back
                _undo(found, moderator, here)
            elif found.kind == Case.Kind.SPAM:
                _lift(found, moderator)
    except Gone:
        if not is_appealed:
            raise
    found.reversed_at = now()
    found.save(update_fields=["reversed_at"])
    if found.member_id is not None:
        User.objects.filter(id=found.member_id).update(has_unseen_cases=True)


def _why_unseen(moderator: Actor, here: Node) -> Refusal | None:
    """Why nothing is taken back in a forum that the moderator may not even see: its name is not said either."""
    if here.id in forest(stamp().structure).seen_by(moderator).by_id:
        return None
    return Refusal(
        _("The topic is in a forum by now that you may not see."), _("An administrator decides on it.")
    )


def place_now(row: CaseRow, forum: Node) -> Node:
    """The forum where the topic of a case is now; `forum` is where it was decided. Raises Gone when there is none."""
    if row.kind in (Case.Kind.BAN_FORUM, Case.Kind.SPAM):  # they do not follow a topic
        return forum
    here = Topic.objects.select_for_update().values_list("forum_id", flat=True).filter(id=row.topic_id or 0)
    number = here.first() or forum.id
    found = forum if number == forum.id else forest(stamp().structure).by_id.get(number)
    if found is None:
        raise Gone(_("This topic was moved to another forum meanwhile. Open it again."))
    return found


def _undo(found: Case, moderator: Actor, forum: Node) -> None:
    if found.kind == Case.Kind.SPAM:
        bring_back(moderator=moderator, case=found)
    Hiding.objects.filter(case=found).delete()
    if found.kind == Case.Kind.REMOVE_POST:
        restore_post(post_id=found.post_id or 0)
    elif found.kind == Case.Kind.REMOVE_TOPIC:
        restore_topic(topic_id=found.topic_id or 0)
    elif found.kind == Case.Kind.REFUSE_TEXT:
        _post_or_give_back(found.held_id or 0, moderator, forum)
    elif found.kind in SETTLED:
        Case.objects.filter(id=found.pk).update(reversed_at=now())
        settle_sanctions(member_id=found.member_id or 0)
    elif found.kind == Case.Kind.LOCK_POST:
        unlock_post(post_id=found.post_id or 0)
    elif found.kind == Case.Kind.EDIT_POST:
        take_back_edit(found)
    elif found.kind == Case.Kind.MOVE_TOPIC:
        take_back_move(found, moderator, forum)
    elif found.kind == Case.Kind.LOCK_TOPIC:
        Case.objects.filter(id=found.pk).update(reversed_at=now())  # this one is told of by whoever asked
        Topic.objects.filter(id=found.topic_id or 0).update(is_locked=False)
        with change() as this:
            this.record(TopicArranged(topic=found.topic_id or 0, moderator=moderator.id or 0))


def _lift(found: Case, moderator: Actor) -> None:
    """What went as spam was deleted for good: the bans end all the same."""
    end_bans_of_case(ender=moderator, case_number=found.pk)
    Case.objects.filter(id=found.pk).update(reversed_at=now())
    settle_sanctions(member_id=found.member_id or 0)


def _post_or_give_back(held_id: int, moderator: Actor, forum: Node) -> None:
    """A refused text is posted after all; where its place is gone its author has it back, under what waited."""
    Held.objects.filter(id=held_id).update(state=Held.State.WAITING, decided_at=None, decider=None)
    try:
        with transaction.atomic():
            approve_held(moderator=moderator, forum=forum, held_id=held_id)
    except Gone:
        Held.objects.filter(id=held_id).update(
            state=Held.State.WITHDRAWN, decided_at=now(), decider=moderator.id
        )


def appeal_case(*, member: Actor, case_id: int, words: str) -> None:
    """Ask for a case to be looked at again. Raises Refused by policy, Invalid without words, Gone."""
    row = case_row(case_id)
    if row is None:
        raise Gone(_("There is no such case."))
    refuse(why_not_appeal(member, row))
    with change() as this:
        Case.objects.select_for_update().get(id=case_id)
        if Appeal.objects.filter(case_id=case_id).exists():
            raise Gone(_("This decision was appealed already. It can be appealed once."))
        Appeal.objects.create(
            case_id=case_id, words=_said(words, "words"), made_at=now(), first_decider=row.moderator_id or 0
        )
        this.record(CaseAppealed(case=case_id))


def decide_appeal(*, decider: Actor, forum: Node, case_id: int, is_reversed: bool, reasons: str) -> None:
    """Decide an appeal; reversed, the decision is taken back. Raises Refused by policy, Invalid without reasons, Gone."""
    row = case_row(case_id)
    if row is None:
        raise Gone(_("There is no such case."))
    refuse(why_not_decide_appeal(decider, row, forum))
    outcome = Appeal.Outcome.REVERSED if is_reversed else Appeal.Outcome.UPHELD
    with change() as this:
        found = Appeal.objects.select_for_update().get(case_id=case_id)
        if found.decided_at is not None:
            raise Gone(_("Somebody else has decided this appeal meanwhile."))
        if is_reversed and row.reversed_at is None:
            _reverse(row, decider, forum, is_appealed=True)
        found.outcome, found.reasons, found.decided_at = outcome, _said(reasons, "reasons"), now()
        found.decider_id, found.decider_name = decider.id, decider.name
        found.save()
        if row.member_id is not None:
            User.objects.filter(id=row.member_id).update(has_unseen_cases=True)
        this.record(AppealDecided(case=case_id, is_reversed=is_reversed))


def note_seen(*, member: Actor, case_id: int | None = None) -> None:
    """The member whom it concerns has read a case, or the list of them."""
    with change(is_visible=False, passes_gates=True):
        if case_id is not None:
            Case.objects.filter(id=case_id, member_id=member.id, seen_at=None).update(seen_at=now())
        User.objects.filter(id=member.id or 0).update(has_unseen_cases=False)


def _said(text: str, field: str) -> str:
    good = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not is_visible(good):
        raise Invalid(**{field: _("Say why, in a sentence at least.")})
    if len(good) > LONGEST_FACTS:
        raise Invalid(**{field: _("At most %(most)s characters, please.") % {"most": f"{LONGEST_FACTS:,}"}})
    return good
