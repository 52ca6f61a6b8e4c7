"""May I lay down rules here."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.refusals import Refusal
from rostra.permissions.capabilities import May


def why_not_rule(actor: Actor, forum: Node | None) -> Refusal | None:
    """Why the actor may not change the rules of a forum, or without one those of the whole board. What a rule refuses is
    as good as removed: who lays down rules must be able to remove."""
    if forum is not None:
        return why_not_moderate(actor, forum, May.MOD_REMOVE)
    if actor.is_admin:
        return None
    return Refusal(
        _("Only administrators can change the rules of the whole board."),
        _("Moderators can change the rules of their forums."),
        must_sign_in=not actor.is_member,
    )


def why_not_inherit(actor: Actor, forum: Node) -> Refusal | None:
    """Why the actor may not say whether the rules of the forums above hold in a forum: who leaves rules out must be able
    to change them."""
    above = [each for each in forum.ancestors if each.kind == "forum"]
    if not above:
        return Refusal(_("There is no forum above “%(forum)s”.") % {"forum": forum.name})
    return why_not_rule(actor, forum) or why_not_rule(actor, above[-1])
