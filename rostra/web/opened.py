"""Forums whose password was typed: a member's stand in the session, a guest's in a signed cookie.

Whoever brings that cookie gets no kept page of the guests', and leaves none (`web/front/application.py`).
"""

from dataclasses import replace

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from rostra.accounts.actors import GUEST, OPENED_KEY, Actor

COOKIE = "opened_forums"
_SALT = "rostra.opened"
_MOST = 50  # forums that one guest has opened


def guest_of(request: HttpRequest) -> Actor:
    """The guest who asks, with the locks that were opened before."""
    locks = _locks(request)
    return replace(GUEST, opened=frozenset(locks)) if locks else GUEST


def remember(request: HttpRequest, response: HttpResponse, lock: str, *, is_member: bool) -> None:
    """Note with whoever asks that a lock is open."""
    if is_member:
        request.session[OPENED_KEY] = sorted({*request.session.get(OPENED_KEY, []), lock})
        return
    locks = [*(each for each in _locks(request) if each != lock), lock][-_MOST:]
    response.set_cookie(
        COOKIE,
        signing.dumps(locks, salt=_SALT),
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def _locks(request: HttpRequest) -> list[str]:
    text = request.COOKIES.get(COOKIE)
    try:
        return [str(each) for each in signing.loads(text, salt=_SALT)] if text else []
    except signing.BadSignature:
        return []
