"""May I, with bans of addresses and with the addresses of members."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import User
from rostra.bans.models import Look
from rostra.board.queries import stamp
from rostra.forums.queries import Forest, forest
from rostra.kernel.clock import now
from rostra.kernel.refusals import Refusal
from rostra.permissions.capabilities import MODERATING, May
from rostra.topics.models import Participant

LOOK_LASTS = timedelta(hours=1)


def manages_members(actor: Actor) -> bool:
    """Was the actor given this for the whole board?"""
    return actor.is_member and forest(stamp().structure).book.rights(actor).may(May.MANAGE_MEMBERS)


def why_not_manage_bans(actor: Actor) -> Refusal | None:
    """Why the actor may not ban addresses."""
    if manages_members(actor):
        return None
    return Refusal(
        _("You may not ban addresses."), _("Administrators can."), must_sign_in=not actor.is_member
    )


def is_never_kept_out(actor: Actor) -> bool:
    """Do bans of addresses leave the actor alone? What moderators may not do any more, a case about them says."""
    rights = forest(stamp().structure).book.rights(actor)
    return actor.is_admin or (actor.is_member and any(mask & MODERATING for mask in rights.at.values()))


def looks_up_anywhere(actor: Actor, tree: Forest) -> bool:
    """Was the actor given anywhere to look up addresses?"""
    return actor.is_member and bool(tree.book.rights(actor).where(May.MOD_ADDRESSES))


def why_not_look_up(actor: Actor, member: User) -> Refusal | None:
    """Why the actor may not look up the addresses of a member.

    Who has the right in some forums looks up those who wrote there; moderators are looked up by administrators alone.
    """
    tree = forest(stamp().structure)
    if not looks_up_anywhere(actor, tree):
        return Refusal(
            _("You may not look up addresses."), _("Ask an administrator."), must_sign_in=not actor.is_member
        )
    if not settings.ROSTRA.address_days:
        return Refusal(_("This board keeps no addresses."), "")
    if actor.is_admin:
        return None
    rights = tree.book.rights(actor)
    if member.is_admin or any(mask & MODERATING for mask in tree.book.rights(actor_of(member)).at.values()):
        return Refusal(_("The addresses of moderators are looked up by administrators alone."), "")
    if not rights.may(May.MOD_ADDRESSES):
        places = rights.where(May.MOD_ADDRESSES)
        if not Participant.objects.filter(author=member, topic__forum_id__in=places).exists():
            return Refusal(
                _("%(name)s wrote nothing in your forums.") % {"name": member.name},
                _("Ask an administrator."),
            )
    return None


def why_not_see_look(actor: Actor, look: Look) -> Refusal | None:
    """Why what was looked up is not shown any more: it is there for whoever asked, and for an hour."""
    if actor.id is None or look.looker_id != actor.id:
        return Refusal(_("This was looked up by somebody else."), "", must_sign_in=not actor.is_member)
    if now() - look.made_at > LOOK_LASTS:
        return Refusal(
            _("This was looked up more than an hour ago."), _("Look it up again, with your reason for it.")
        )
    return None
