"""Which names an account may have."""

from functools import lru_cache

from confusable_homoglyphs import categories
from django.utils.translation import gettext

from rostra.accounts.models import KEY_LENGTH, SKELETON_LENGTH, User
from rostra.accounts.skeletons import skeleton
from rostra.kernel.text import name_key, tidy_name

LONGEST = 40
RESERVED = (
    "admin", "administrator", "administrators", "admins", "anonymous", "bot", "deleted", "everyone", "guest", "help",
    "info", "mailer-daemon", "me", "mod", "moderator", "moderators", "mods", "no-reply", "nobody", "noreply", "null",
    "official", "owner", "postmaster", "root", "rostra", "security", "staff", "support", "sysop", "system", "team",
    "undefined", "webmaster",
)  # fmt: skip
_FORBIDDEN = set('/\\?#%@<>"&|:;,*[]{}`~^$!=+\t\n')
_NEUTRAL = {"COMMON", "INHERITED"}
# The "highly restrictive" level of UTS 39: one script, or what is written together every day.
_TOGETHER = (
    {"LATIN", "HAN", "HIRAGANA", "KATAKANA"},
    {"LATIN", "HAN", "BOPOMOFO"},
    {"LATIN", "HAN", "HANGUL"},
)


def why_not_name(text: str) -> str | None:
    """Why a new account may not have this name, in a sentence; None when it may."""
    name = tidy_name(text)
    fault: str | None = None
    if (
        len(name_key(name)) > KEY_LENGTH or len(skeleton(name)) > SKELETON_LENGTH
    ):  # one sign can become eighteen
        return gettext("This name becomes too long when it is compared with others. Please choose another.")
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
    elif {skeleton(name), skeleton(name_key(name))} & _reserved():
        fault = gettext(
            "“%(name)s” is kept for the board itself, or looks like a name that is. Please choose another name."
        ) % {"name": name}
    elif _mixes_scripts(name):
        fault = gettext(
            "This name mixes alphabets in a way that can pass for another name. Use letters of one alphabet."
        )
    elif _is_taken(name):
        fault = gettext("“%(name)s” is taken, or looks like a name that is. Please choose another.") % {
            "name": name
        }
    return fault


def _is_taken(name: str) -> bool:
    return (
        User.objects.filter(name_key=name_key(name)).exists()
        or User.objects.filter(name_skeleton=skeleton(name)).exists()
    )


def _mixes_scripts(name: str) -> bool:
    scripts = categories.unique_aliases(name) - _NEUTRAL
    return len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)


@lru_cache(maxsize=1)
def _reserved() -> frozenset[str]:
    """Their skeletons, also of the names in capitals: I looks like l, and i does not."""
    return frozenset(skeleton(look) for name in RESERVED for look in (name, name.title(), name.upper()))
