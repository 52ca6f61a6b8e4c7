"""What moderators are called where everybody reads it, and which of their pages about a member are offered to them."""

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rostra.accounts.models import User
from rostra.accounts.queries import Person
from rostra.bans.policy import looks_up_anywhere
from rostra.forums.queries import forest_in
from rostra.kernel.clock import now
from rostra.moderation.models import Case
from rostra.moderation.policy import NEEDS
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


def what_moderators_do(request: Request, person: Person | User) -> dict[str, bool]:
    """What moderators can do about this member; whether they may is asked again there."""
    actor, board = request.actor, settings.ROSTRA
    if not actor.is_member or actor.id == person.id:
        return {"may_look_up": False, "may_clean": False}
    tree = forest_in(request.META)
    age = now() - person.joined_at
    is_new = person.post_count < board.spam_posts and age.days < board.spam_days
    return {
        "may_look_up": bool(board.address_days) and looks_up_anywhere(actor, tree),
        "may_clean": is_new and tree.book.rights(actor).may(NEEDS[Case.Kind.SPAM]),
    }
