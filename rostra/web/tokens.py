"""The token of a page's forms against forgery (CSRF): Django's own, masked in a tenth of the time.

A mask makes it another text on each page, so that its length once compressed tells nobody what it is
(https://breachattack.com). Django draws each letter of the mask on its own, which costs a page more than its rows do.
"""

import os
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from django.utils.functional import SimpleLazyObject

_NUMBER = len(CSRF_ALLOWED_CHARS)
_PLACES = {letter: place for place, letter in enumerate(CSRF_ALLOWED_CHARS)}
_FAIR = 256 - 256 % _NUMBER  # bytes from here on would make some letters likelier than others


def form_token(request: HttpRequest, *, is_member: bool) -> Any:
    """The token for the forms of a page. Every page of a member has one; for guests it is made when a form asks."""
    secret = request.META.get("CSRF_COOKIE")
    if secret is None or not is_member:
        return SimpleLazyObject(lambda: get_token(request))
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return masked(secret)


def masked(secret: str) -> str:
    """A mask, and the secret shifted by it, as Django reads them back (`django.middleware.csrf`)."""
    shifts = [byte % _NUMBER for byte in os.urandom(2 * CSRF_SECRET_LENGTH) if byte < _FAIR][
        :CSRF_SECRET_LENGTH
    ]
    if len(shifts) < CSRF_SECRET_LENGTH:
        return masked(secret)
    mask = [CSRF_ALLOWED_CHARS[shift] for shift in shifts]
    cipher = [
        CSRF_ALLOWED_CHARS[(_PLACES[letter] + shift) % _NUMBER]
        for letter, shift in zip(secret, shifts, strict=True)
    ]
    return "".join(mask + cipher)
