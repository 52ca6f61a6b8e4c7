"""The lists that stand under the board's name on every page."""

from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rostra.web.languages import language

# Address, words, and whether a guest has it too.
_LISTS = (
    ("/", gettext_noop("Board index"), True),
    ("/unread/", gettext_noop("Unread"), False),
    ("/active/", gettext_noop("Active"), True),
    ("/new/", gettext_noop("New"), True),
    ("/unanswered/", gettext_noop("Unanswered"), True),
    ("/hot/", gettext_noop("Hot"), True),
    ("/mine/", gettext_noop("Mine"), False),
    ("/drafts/", gettext_noop("Drafts"), False),
)


def lists_of(is_member: bool) -> list[tuple[str, str]]:
    """Addresses and names of the lists that somebody has."""
    return _named(is_member, language())


@lru_cache(maxsize=64)
def _named(is_member: bool, _language: str) -> list[tuple[str, str]]:
    return [(address, _(words)) for address, words, is_for_guests in _LISTS if is_member or is_for_guests]
