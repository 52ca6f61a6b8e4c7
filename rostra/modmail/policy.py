"""May I, with conversations between members and moderators."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import User
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Forest, Node
from rostra.kernel.refusals import Refusal
from rostra.modmail.models import Conversation
from rostra.modmail.queries import BOARD, ConversationRow


def moderated(actor: Actor, forest: Forest) -> list[int]:
    """The forums whose conversations somebody sees as a moderator, and BOARD for an administrator."""
    if not actor.is_member:
        return []
    places = [number for number, node in forest.by_id.items() if forum_policy.is_moderator(actor, node)]
    return [BOARD, *places] if actor.is_admin else places


def is_member_of(actor: Actor, row: ConversationRow) -> bool:
    """Is it the actor whom the moderators speak with?"""
    return actor.id is not None and actor.id == row.member_id


def moderates(actor: Actor, row: ConversationRow, forest: Forest) -> bool:
    """Is the actor one of the other side? Nobody is both."""
    return not is_member_of(actor, row) and (row.forum_id or BOARD) in moderated(actor, forest)


def may_read(actor: Actor, row: ConversationRow, forest: Forest) -> bool:
    """The member reads it, and those who moderate there."""
    return is_member_of(actor, row) or moderates(actor, row, forest)


def why_not_write_to(actor: Actor, member: User | None, forum: Node | None, forest: Forest) -> Refusal | None:
    """Why the actor may not write to a member as a moderator of a forum, or without one of the board."""
    if (forum.id if forum else BOARD) not in moderated(actor, forest):
        return Refusal(_("Only moderators can write as moderators."), "", must_sign_in=not actor.is_member)
    if member is None or not member.is_active or member.is_waiting:
        return Refusal(_("Behind this name is no account that could read it."), "")
    if member.pk == actor.id:
        return Refusal(_("This is you."), "")
    if forum is not None and forum.id not in forest.seen_by(actor_of(member)).by_id:
        return Refusal(
            _("This member does not know of the forum “%(forum)s”.") % {"forum": forum.name},
            _("Write as a moderator of a forum that the member may see."),
        )
    return None


def why_not_begin(actor: Actor) -> Refusal | None:
    """Why the actor may not begin a conversation with moderators."""
    if not actor.is_member:
        return Refusal(_("Only members can write to the moderators."), _("Sign in first."), must_sign_in=True)
    if actor.silent_until is not None:
        return Refusal(
            _("You may not write for now, by a decision of the moderators."),
            _("The decision with its reasons, and how to appeal, is at /cases/."),
        )
    return None


def why_not_answer(actor: Actor, row: ConversationRow, forest: Forest) -> Refusal | None:
    """Why the actor may not write in a conversation: also who is banned or muted answers; what is closed, moderators open."""
    if not may_read(actor, row, forest):
        return Refusal(_("This conversation is not yours."), "", must_sign_in=not actor.is_member)
    if row.state == Conversation.State.CLOSED and is_member_of(actor, row):
        return Refusal(
            _("The moderators have closed this conversation."), _("You can begin another one at /mail/.")
        )
    return None


def why_not_close(actor: Actor, row: ConversationRow, forest: Forest) -> Refusal | None:
    """Why the actor may not close a conversation, or claim it."""
    if moderates(actor, row, forest):
        return None
    return Refusal(_("Only moderators of this forum can do this."), "", must_sign_in=not actor.is_member)
