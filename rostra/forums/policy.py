"""May I, in a forum."""

from django.utils.translation import gettext

from rostra.accounts.actors import Actor
from rostra.forums.queries import Node
from rostra.kernel.refusals import Refusal


def is_moderator(actor: Actor, forum: Node) -> bool:
    """Does the actor moderate this forum, or one above it?"""
    return actor.is_member and (
        actor.is_admin or bool(forum.moderator_ids and actor.groups & forum.moderator_ids)
    )


def why_not_change(forum: Node) -> Refusal | None:
    """Why nobody can write anything on this board now."""
    if not forum.read_only:
        return None
    told = gettext("The board is read-only for now: %(reason)s") % {"reason": forum.read_only}
    return Refusal(told, gettext("You can still read all of it."))


def why_not_moderate(actor: Actor, forum: Node) -> Refusal | None:
    """Why the actor may not moderate here."""
    if forum.read_only:
        return why_not_change(forum)
    if is_moderator(actor, forum):
        return None
    names = ", ".join(group.name for group in forum.moderators) or gettext("the administrators")
    return Refusal(
        gettext("Only moderators of “%(forum)s” can do this.") % {"forum": forum.name},
        gettext("Here that is %(names)s.") % {"names": names},
        must_sign_in=not actor.is_member,
    )


def why_not_write(actor: Actor, forum: Node) -> Refusal | None:
    """Why the actor may not write in this forum at all."""
    if forum.kind != "forum":
        return Refusal(
            gettext("“%(forum)s” holds no topics of its own.") % {"forum": forum.name},
            gettext("Choose one of the forums in it."),
        )
    if not actor.is_member:
        return Refusal(
            gettext("Only members can write here."),
            gettext("Sign in, or sign up: it takes a minute."),
            must_sign_in=True,
        )
    if forum.read_only:
        return why_not_change(forum)
    if forum.is_closed and not is_moderator(actor, forum):
        return Refusal(
            gettext("“%(forum)s” is closed for new posts.") % {"forum": forum.name},
            gettext("You can still read all of it."),
        )
    return None
