"""What moderators are called where everybody reads it: a name that stays the same and says nothing of who it is."""

from django.conf import settings
from django.utils.translation import gettext as _

from rostra.moderation.pseudonyms import letters_of


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
