"""May I, with cases: who reads one, who appeals, who decides an appeal."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Forest, Node
from rostra.kernel.refusals import Refusal
from rostra.moderation.models import Case
from rostra.moderation.queries import CaseRow
from rostra.permissions.capabilities import May

# What decides on a case of each kind, and so on its appeal and on taking it back.
NEEDS = {
    Case.Kind.REFUSE_TEXT: May.MOD_APPROVE,
    Case.Kind.REMOVE_POST: May.MOD_REMOVE,
    Case.Kind.REMOVE_TOPIC: May.MOD_REMOVE,
    Case.Kind.LOCK_TOPIC: May.MOD_LOCK,
    Case.Kind.EDIT_POST: May.MOD_EDIT,
    Case.Kind.MOVE_TOPIC: May.MOD_MOVE,
    Case.Kind.WARN: May.MOD_WARN,
    Case.Kind.MUTE: May.MOD_BAN,
    Case.Kind.BAN: May.MOD_BAN,
}


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
    refusal = forum_policy.why_not_moderate(actor, forum, NEEDS[Case.Kind(case.kind)])
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
    if actor.id == case.member_id:
        return Refusal(_("This decision concerns you."), _("You can appeal it once."))
    if case.appealed_at is not None:
        return Refusal(
            _("This decision was appealed: what comes of that holds."),
            _("Another moderator or an administrator decides on it."),
        )
    return forum_policy.why_not_moderate(actor, forum, NEEDS[Case.Kind(case.kind)])
