"""May I keep lists of words and domains."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.board.queries import stamp
from rostra.forums.queries import forest
from rostra.kernel.refusals import Refusal
from rostra.permissions.capabilities import May


def why_not_keep_lists(actor: Actor) -> Refusal | None:
    """Why the actor may not say which words and domains are not taken, or not shown: it holds for the whole board."""
    if forest(stamp().structure).book.rights(actor).may(May.MANAGE_BOARD):
        return None
    return Refusal(
        _("You may not change the lists of words and domains."),
        _("Administrators can."),
        must_sign_in=not actor.is_member,
    )
