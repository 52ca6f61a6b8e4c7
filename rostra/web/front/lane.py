"""The reading lane: pages that are only read, answered without Django's handler and its ten middlewares.

A view enters it by `takes("GET", in_lane=True)`. The lane gives such a view what it needs (a checked host, the actor,
the CSRF secret) and sends what it returns. Whatever is out of the ordinary — an error, another method, a member's
first visit without a CSRF cookie — goes Django's way instead, from the beginning: a GET can be asked twice.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.urls import URLPattern, URLResolver, get_resolver

from rostra.web import showing
from rostra.web.languages import enter
from rostra.web.middleware import actor_of_request

View = Callable[..., HttpResponse]
_LISTS = ("/active/", "/new/", "/hot/", "/unanswered/", "/unread/", "/mine/")
# A request writes its path into the environment as text. Django's own would take that for bytes and decode it again.
_DECODED = ("PATH_INFO", "SCRIPT_NAME")
_PREFIXES = ("/t/", "/f/", "/u/", "/p/", "/feed", "/sitemap", *_LISTS)


class Lane:
    """Answers what it can; None means: ask Django."""

    def __init__(self) -> None:
        self._patterns = [
            (each.pattern, each.callback)
            for each in _flat(get_resolver().url_patterns)
            if getattr(each.callback, "in_lane", False)
        ]

    def answer(self, environ: dict[str, Any]) -> HttpResponse | None:
        """The page, or None when it needs Django's handler."""
        path = environ["PATH_INFO"]
        if not (path == "/" or path.startswith(_PREFIXES) or ".php" in path) or not _is_our_host(
            environ.get("HTTP_HOST", "")
        ):
            return None
        as_served = {name: environ[name] for name in _DECODED if name in environ}
        try:
            answer = self._view(WSGIRequest(environ))
        except Exception:
            answer = None  # Django's way meets the same fault, and says what it is
        if answer is None:
            environ.update(as_served)
        return answer

    def _view(self, request: WSGIRequest) -> HttpResponse | None:
        path = request.path_info[1:]
        for pattern, view in self._patterns:
            found = pattern.match(path)
            if found:
                return view(request, **found[2]) if _admit(request) else None
        return None


def _admit(request: WSGIRequest) -> bool:
    """Give the request what the middlewares give it; False when they are needed for it."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
        if len(secret) != CSRF_SECRET_LENGTH or not secret.isalnum():
            return False
        request.META["CSRF_COOKIE"] = secret
    request.actor = actor = actor_of_request(request)  # type: ignore[attr-defined]
    enter(request, actor)
    showing.enter(request)
    return True


@lru_cache(maxsize=64)
def _is_our_host(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _flat(patterns: list[Any]) -> Iterator[URLPattern]:
    for each in patterns:
        if isinstance(each, URLResolver):
            if not str(each.pattern):
                yield from _flat(each.url_patterns)
        else:
            yield each
