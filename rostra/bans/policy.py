"""May I, with bans of addresses and with the addresses of members."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
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
    if _is_moderator(tree, member):
        return Refusal(_("The addresses of moderators are looked up by administrators alone."), "")
    if not rights.may(May.MOD_ADDRESSES):
        places = rights.where(May.MOD_ADDRESSES)
        if not Participant.objects.filter(author=member, topic__forum_id__in=places).exists():
            return Refusal(
                _("%(name)s wrote nothing in your forums.") % {"name": member.name},
                _("Ask an administrator."),
            )
    return None


def looked_up_among(actor: Actor, members: Mapping[int, User]) -> frozenset[int]:
    """Whom of these members, by their ids, the actor may look up: as `why_not_look_up` says, at once for all."""
    tree = forest(stamp().structure)
    if not looks_up_anywhere(actor, tree) or actor.is_admin:
        return frozenset(members if actor.is_admin else ())
    found, rights = frozenset(members), tree.book.rights(actor)
    if not rights.may(May.MOD_ADDRESSES):
        wrote = Participant.objects.filter(
            author__in=found, topic__forum_id__in=rights.where(May.MOD_ADDRESSES)
        )
        found = frozenset(wrote.values_list("author_id", flat=True).distinct())
    staff = _perhaps_moderators(tree, found)
    return frozenset(each for each in found if each not in staff or not _is_moderator(tree, members[each]))


def _is_moderator(tree: Forest, member: User) -> bool:
    return member.is_admin or any(
        mask & MODERATING for mask in tree.book.rights(actor_of(member)).at.values()
    )


def _perhaps_moderators(tree: Forest, ids: frozenset[int]) -> frozenset[int]:
    """Those whose rights must be looked at one by one: few, where not everybody moderates something."""
    holders = {holder for (holder, _place), masks in tree.book.sheet.items() if masks.yes & MODERATING}
    if any(holder.kind == "circle" for holder in holders):
        return ids
    groups = [int(holder.key) for holder in holders if holder.kind == "group"]
    alone = {int(holder.key) for holder in holders if holder.kind == "member"}
    among = User.objects.filter(Q(is_admin=True) | Q(membership__group_id__in=groups), id__in=ids)
    return frozenset(among.values_list("id", flat=True)) | (alone & ids)


def why_not_see_look(actor: Actor, look: Look) -> Refusal | None:
    """Why what was looked up is not shown any more: it is there for whoever asked, and for an hour."""
    if actor.id is None or look.looker_id != actor.id:
        return Refusal(_("This was looked up by somebody else."), "", must_sign_in=not actor.is_member)
    if now() - look.made_at > LOOK_LASTS:
        return Refusal(
            _("This was looked up more than an hour ago."), _("Look it up again, with your reason for it.")
        )
    return None
