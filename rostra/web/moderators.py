"""What moderators are called where everybody reads it, and which of their pages about a member are offered to them."""

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rostra.accounts.models import User
from rostra.bans.policy import why_not_look_up
from rostra.forums.queries import forest_in
from rostra.moderation.models import Case
from rostra.moderation.policy import NEEDS
from rostra.moderation.spam import sweep_of, why_not_clean
from rostra.permissions.capabilities import May
from rostra.web.requests import Request

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def shown_name(moderator_id: int | None, name: str) -> str:
    """The name, or on a board that does not name its moderators a stable pseudonym such as “Moderator KR4T”."""
    if settings.ROSTRA.moderator_names == "names":
        return name
    number = int(
        salted_hmac("rostra.moderator", str(moderator_id or name), algorithm="sha256").hexdigest()[:12], 16
    )
    letters = "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(4))
    return _("Moderator %(letters)s") % {"letters": letters}


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
