"""What moderators are called where everybody reads it: a name that stays the same and says nothing of who it is."""

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

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
