"""What moderators are called where everybody reads it, and which of their pages about a member are offered to them."""

from django.conf import settings
from django.utils.translation import gettext as _

from rostra.accounts.models import User
from rostra.bans.policy import why_not_look_up
from rostra.forums.queries import forest_in
from rostra.moderation.models import Case
from rostra.moderation.policy import NEEDS
from rostra.moderation.pseudonyms import letters_of
from rostra.moderation.spam import sweep_of, why_not_clean
from rostra.permissions.capabilities import May
from rostra.web.requests import Request


def shown_name(name: str) -> str:
    """The name, or on a board that does not name its moderators a stable pseudonym such as “Moderator KR4T”.

    It is made of the name that is kept with what was decided, and so stays when the account goes.
    """
    if settings.ROSTRA.moderator_names == "names":
        return name
    return _("Moderator %(letters)s") % {"letters": letters_of("moderator", name, 4)}


def editor_shown(name: str, *authors: str | None) -> str:
    """Who edited a post: its author by name (under any of these), a moderator as they are called here."""
    return name if name in authors else shown_name(name)


def what_moderators_do(request: Request, member_id: int) -> dict[str, bool]:
    """Which pages about a member are offered: those that would not refuse. Members without such rights cost no query."""
    actor, rights = request.actor, forest_in(request.META).book.rights(request.actor)
    looks, cleans = bool(rights.where(May.MOD_ADDRESSES)), rights.may(NEEDS[Case.Kind.SPAM])
    if not actor.is_member or actor.id == member_id or not (looks or cleans):
        return {"may_look_up": False, "may_clean": False}
    member = User.objects.get(id=member_id)
    return {
        "may_look_up": looks and why_not_look_up(actor, member) is None,
        "may_clean": cleans and why_not_clean(actor, member, sweep_of(member)) is None,
    }
