"""May I, with cases: who reads one, who appeals, who decides an appeal."""

from datetime import timedelta

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Forest, Node
from rostra.kernel.clock import now
from rostra.kernel.refusals import Refusal
from rostra.moderation.models import Case
from rostra.moderation.queries import CaseRow, appeal_needs
from rostra.permissions.capabilities import May

# What decides on a case of each kind, and so on its appeal and on taking it back.
NEEDS = {
    Case.Kind.REFUSE_TEXT: May.MOD_APPROVE,
    Case.Kind.REMOVE_POST: May.MOD_REMOVE,
    Case.Kind.REMOVE_TOPIC: May.MOD_REMOVE,
    Case.Kind.LOCK_TOPIC: May.MOD_LOCK,
    Case.Kind.LOCK_POST: May.MOD_LOCK,
    Case.Kind.EDIT_POST: May.MOD_EDIT,
    Case.Kind.MOVE_TOPIC: May.MOD_MOVE,
    Case.Kind.WARN: May.MOD_WARN,
    Case.Kind.MUTE: May.MOD_BAN,
    Case.Kind.BAN: May.MOD_BAN,
    Case.Kind.BAN_FORUM: May.MOD_BAN,
    Case.Kind.SPAM: May.MOD_BAN | May.MOD_REMOVE,
}

PURGED = (Case.Kind.REMOVE_POST, Case.Kind.REMOVE_TOPIC, Case.Kind.SPAM)
KEPT_FOR = timedelta(days=30)  # what was taken away, when nobody appeals


def why_not_over_the_board(actor: Actor, forum: Node, needs: May = NEEDS[Case.Kind.SPAM]) -> Refusal | None:
    """Why the actor may not decide about spam, which can be in any forum."""
    if forum.book.rights(actor).may(needs):
        return None
    return Refusal(
        _("Only who may remove posts and ban members on the whole board decides about spam."),
        _("Administrators can."),
        must_sign_in=not actor.is_member,
    )


def _why_not_decide(actor: Actor, case: CaseRow, forum: Node) -> Refusal | None:
    """Why the actor may not decide on a case of this kind."""
    over_the_board = why_not_over_the_board(actor, forum) if case.kind == Case.Kind.SPAM else None
    return over_the_board or forum_policy.why_not_moderate(actor, forum, NEEDS[Case.Kind(case.kind)])


def may_read_case(actor: Actor, case: CaseRow, forest: Forest) -> bool:
    """The member whom it concerns reads it, and those who moderate there."""
    if actor.id is not None and actor.id == case.member_id:
        return True
    forum = forest.by_id.get(case.forum_id)
    return forum is not None and forum_policy.is_moderator(actor, forum)


def why_not_appeal(actor: Actor, case: CaseRow) -> Refusal | None:
    """Why the actor may not appeal: it is not the member concerned, there was an appeal, or the case is over."""
    if actor.id is None or actor.id != case.member_id:
        return Refusal(_("Only the member whom a decision concerns can appeal it."), "")
    if case.appealed_at is not None:
        return Refusal(_("This decision was appealed already. It can be appealed once."), "")
    if case.reversed_at is not None:
        return Refusal(_("This decision was taken back already."), "")
    return None


def why_not_decide_appeal(actor: Actor, case: CaseRow, forum: Node) -> Refusal | None:
    """Why the actor may not decide an appeal: another moderator of the forum must, who took no part in the case."""
    refusal = _why_not_decide(actor, case, forum)
    if refusal is not None:
        return refusal
    if case.appealed_at is None or case.appeal_decided_at is not None:
        return Refusal(_("There is no appeal to decide on."), "")
    if actor.id in (case.moderator_id, case.member_id):
        return Refusal(
            _("Whoever took part in a case does not decide its appeal."),
            _("Another moderator or an administrator does."),
        )
    return None


def why_not_reverse(actor: Actor, case: CaseRow, forum: Node) -> Refusal | None:
    """Why the actor may not take a decision back: nobody does what concerns themselves, nor passes by an appeal."""
    if case.reversed_at is not None:
        return Refusal(_("This decision was taken back already."), "")
    if case.purged_at is not None:
        return Refusal(_("What this decision took away was deleted for good: it cannot come back."), "")
    if actor.id == case.member_id:
        return Refusal(_("This decision concerns you."), _("You can appeal it once."))
    if case.appealed_at is not None:
        return Refusal(
            _("This decision was appealed: what comes of that holds."),
            _("Another moderator or an administrator decides on it."),
        )
    return _why_not_decide(actor, case, forum)


def why_not_purge(actor: Actor, case: CaseRow, forum: Node) -> Refusal | None:
    """Why the actor may not delete for good what a decision took away: it could still be appealed, or is here no more.

    `forum`: where its topic is now. Against a law, nobody waits.
    """
    refusal = forum_policy.why_not_moderate(actor, forum, May.MOD_PURGE)
    if case.kind == Case.Kind.SPAM:
        refusal = refusal or why_not_over_the_board(actor, forum, NEEDS[Case.Kind.SPAM] | May.MOD_PURGE)
    if refusal is not None:
        return refusal
    if case.kind not in PURGED or case.reversed_at is not None or case.purged_at is not None:
        return Refusal(_("There is nothing that this decision took away."), "")
    if case.appealed_at is not None and case.appeal_decided_at is None:
        return Refusal(_("This decision was appealed: the text is needed until that is decided."), "")
    if actor.id == case.member_id:
        return Refusal(_("This decision concerns you."), _("Another moderator can delete it for good."))
    over_at = case.decided_at + KEPT_FOR
    if case.ground != Case.Ground.LAW and case.appeal_decided_at is None and now() < over_at:
        return Refusal(
            _("It can still be appealed: for %(days)s days after the decision the text is kept.")
            % {"days": KEPT_FOR.days},
            _("What is against a law can be deleted at once."),
        )
    if appeal_needs(case.id) is not None:
        return Refusal(
            _("Another decision about it was appealed: the text is needed until that is decided."), ""
        )
    return None
