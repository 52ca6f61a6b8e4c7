"""Which names an account may have."""

from confusable_homoglyphs import confusables
from django.utils.translation import gettext

from rostra.accounts.models import User
from rostra.kernel.text import name_key, tidy_name

LONGEST = 40
_RESERVED = {
    "admin",
    "administrator",
    "moderator",
    "mod",
    "root",
    "system",
    "support",
    "staff",
    "guest",
    "rostra",
    "anonymous",
}
_FORBIDDEN = set('/\\?#%@<>"&|:;,*[]{}`~^$!=+\t\n')


def why_not_name(text: str) -> str | None:
    """Why a new account may not have this name, in a sentence; None when it may."""
    name = tidy_name(text)
    fault: str | None = None
    bad = sorted(_FORBIDDEN & set(name))
    if not 2 <= len(name) <= LONGEST:
        fault = gettext("A name has 2 to %(most)s characters; this one has %(number)s.") % {
            "most": LONGEST,
            "number": len(name),
        }
    elif bad:
        fault = gettext("A name cannot hold “%(sign)s”. Letters, digits, spaces and . _ - ' are fine.") % {
            "sign": bad[0]
        }
    elif name.startswith(".") or not any(sign.isalnum() for sign in name):
        fault = gettext("A name needs a letter or a digit and cannot begin with a full stop.")
    elif name_key(name) in _RESERVED:
        fault = gettext("“%(name)s” is kept for the board itself. Please choose another name.") % {
            "name": name
        }
    elif confusables.is_dangerous(name):
        fault = gettext(
            "This name mixes alphabets in a way that can pass for another name. Use letters of one alphabet."
        )
    elif User.objects.filter(name_key=name_key(name)).exists():
        fault = gettext("“%(name)s” is taken, or looks like a name that is. Please choose another.") % {
            "name": name
        }
    return fault
