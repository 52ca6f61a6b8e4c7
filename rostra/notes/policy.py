"""May I, with notes about members."""

from datetime import timedelta

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.queries import Forest, Node
from rostra.kernel.clock import now
from rostra.kernel.refusals import Refusal
from rostra.notes.models import MemberNote
from rostra.permissions.capabilities import May

UNDO_FOR = timedelta(days=1)


def forums_of_notes(actor: Actor, forest: Forest) -> list[Node]:
    """The forums about which somebody may write notes: where they have the capability, and may read."""
    visible = forest.seen_by(actor).by_id
    allowed = forest.book.rights(actor).where(May.MOD_NOTES)
    return [
        node for root in forest.roots for node in root.walk() if node.id in allowed and node.id in visible
    ]


def has_notes(actor: Actor, forest: Forest) -> bool:
    """Has somebody the capability in any forum?"""
    return actor.is_member and bool(forest.book.rights(actor).where(May.MOD_NOTES))


def why_not_read_notes(actor: Actor, member_id: int, forest: Forest) -> Refusal | None:
    """Why the actor may not read and write notes about a member: nobody does about themselves."""
    if not has_notes(actor, forest):
        return Refusal(
            _("Notes about members are for moderators."),
            "",
            must_sign_in=not (actor.is_member or actor.stands_for),
        )
    if actor.id == member_id:
        return Refusal(_("Notes about yourself are for other moderators."))
    return None


def why_not_withdraw_note(actor: Actor, note: MemberNote, forest: Forest) -> Refusal | None:
    """Why the actor may not take a note back: it must be their own, or they an administrator."""
    refusal = why_not_read_notes(actor, note.member_id, forest)
    if refusal is None and actor.id != note.author_id and not actor.is_admin:
        return Refusal(_("Only its author or an administrator can take a note back."))
    return refusal


def vanishes(note: MemberNote, actor: Actor) -> bool:
    """Is nothing left of a note that is taken back? Its author's is gone within a day; later it stays, struck out."""
    return note.author_id == actor.id and now() - note.written_at < UNDO_FOR
