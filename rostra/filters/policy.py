"""May I ignore this."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.filters.queries import MemberToIgnore
from rostra.forums.queries import Node
from rostra.kernel.refusals import Refusal


def why_not_filter(reader: Actor) -> Refusal | None:
    """Why somebody has no filters."""
    if reader.is_member:
        return None
    return Refusal(_("Only members can filter what they see."), _("Sign in first."), must_sign_in=True)


def why_not_ignore_member(reader: Actor, member: MemberToIgnore) -> Refusal | None:
    """Why a reader may not ignore a member: oneself, or staff, whose official words must be seen."""
    if refusal := why_not_filter(reader):
        return refusal
    if reader.id == member.id:
        return Refusal(_("Nobody can ignore oneself."))
    if member.is_staff:
        told = _("%(name)s is a moderator or administrator: what they say officially must be seen.")
        return Refusal(told % {"name": member.name}, _("You can ignore topics, forums and words."))
    return None


def why_not_ignore_forum(reader: Actor, forum: Node) -> Refusal | None:
    """Why a reader may not ignore a part of the tree."""
    if refusal := why_not_filter(reader):
        return refusal
    if forum.kind != "forum":
        told = _("“%(forum)s” holds no topics of its own.") % {"forum": forum.name}
        return Refusal(told, _("Choose one of the forums in it."))
    return None
