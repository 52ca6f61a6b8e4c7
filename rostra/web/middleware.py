"""What goes around every page: who asks, what goes wrong, what browsers are told."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from rostra.accounts.actors import GUEST, Actor, actor_with_session
from rostra.bans.present import coming_from
from rostra.forums.policy import why_not_as_others
from rostra.kernel.refusals import Gone, Invalid, Refusal, Refused
from rostra.web import errors, opened, showing, viewing
from rostra.web.banned import why_not_write_from
from rostra.web.clients import client_network
from rostra.web.languages import enter
from rostra.web.lastseen import PRESENT
from rostra.web.ratelimits import TooMany

Answer = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}


def security_headers() -> dict[str, str]:
    """What every page tells the browser."""
    headers = {
        "Content-Security-Policy": "; ".join(map(_for_pictures, POLICY)),
        **HEADERS,
        "Cache-Control": "private, no-cache",
    }
    if settings.ROSTRA.content_usage:
        headers["Content-Usage"] = settings.ROSTRA.content_usage
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return headers


def _for_pictures(rule: str) -> str:
    """Where the board shows pictures of other hosts, browsers may ask for them; for nothing else."""
    is_wider = rule.startswith("img-src") and settings.ROSTRA.pictures == "shown"
    return f"{rule} https: http:" if is_wider else rule


class SecurityHeaders:
    """The same headers on every answer of Django."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._headers = security_headers()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        for name, value in self._headers.items():
            response.headers.setdefault(name, value)
        return response


class Faults:
    """Turns what the board refuses into pages that say why."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """403 with the reason, 410 for what was removed; anything else goes on to Django."""
        if isinstance(fault, Refused):
            return errors.refused(request, fault.refusal)
        if isinstance(fault, Invalid):
            return errors.page(request, 422, str(fault))
        if isinstance(fault, Gone):
            return errors.page(request, 410, str(fault))
        if isinstance(fault, TooMany):
            return errors.too_many(request, fault.refusal.reason, fault.seconds)
        return None


class Viewer:
    """Gives the request its actor and the language of its page. Without a session cookie that is a guest, and nothing is read."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor = actor_of_request(request)  # type: ignore[attr-defined]
        enter(request, actor)
        showing.enter(request)
        is_looking = bool(actor.stands_for) and viewing.only_looks(request)
        refusal = why_not_as_others() if is_looking else why_not_take_part(request, actor)
        response = errors.refused(request, refusal) if refusal else self._answered(request)
        if len(settings.BOARD_LANGUAGES) > 1:
            patch_vary_headers(response, ["Accept-Language"])
        return response

    def _answered(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return self._answer(request)
        with coming_from(client_network(request)):
            return self._answer(request)


# What somebody who is banned still does: answer for themselves, and look after the account.
_STAYS_OPEN = (
    "/case/",
    "/sign-in/",
    "/sign-out/",
    "/settings/account",
    "/settings/sessions",
    "/settings/language",
)
_IS_ANSWER = re.compile(r"/mail/[0-9]+/answer")  # to the moderators who wrote; a new letter waits


def why_not_take_part(request: HttpRequest, actor: Actor) -> Refusal | None:
    """Why a member who is banned, or comes from a banned address, may not do this; reading is left to the forums."""
    if not actor.is_member or request.method in ("GET", "HEAD"):
        return None
    if request.path.startswith(_STAYS_OPEN) or _IS_ANSWER.fullmatch(request.path):
        return None
    if not actor.is_banned:
        return why_not_write_from(request, actor)
    return Refusal(
        gettext("You may not take part for now, by a decision of the moderators."),
        gettext("The decision with its reasons, and how to appeal, is at /cases/."),
    )


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks: the member of the session whose cookie came along, or a guest; or whom the member looks at the board as."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    actor = actor_with_session(key) if key else GUEST
    if not key or actor.id is None:
        return opened.guest_of(request)
    PRESENT.note(key, actor.id)
    return viewing.as_seen(request, actor)
