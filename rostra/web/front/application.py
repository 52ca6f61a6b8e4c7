"""The application that the page server runs: assets, guests' kept pages, the reading lane, and Django behind them.

A kept page is served only while the board's version is the one it was made under. The version is read before a page
is made, so a write in the middle makes the page stale at once.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from whitenoise import WhiteNoise

from rostra.web import opened
from rostra.web.front.away import away
from rostra.web.front.coding import Headers, coding_for, compress, is_worth_it
from rostra.web.front.conditional import is_unchanged
from rostra.web.front.kept import Entry, Pages
from rostra.web.front.lane import Lane
from rostra.web.front.tracking import without_tracking
from rostra.web.front.watch import StampWatch
from rostra.web.languages import language_of_guest
from rostra.web.middleware import security_headers
from rostra.web.viewcounts import VIEWS

logger = logging.getLogger(__name__)
_KNOWN_QUERY = {"page", "before", "after"}
_LONGEST_QUERY = 120
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
Answer = tuple[str, Headers, bytes]
_MADE_ANEW = ("Vary", "Content-Length", "ETag")


def front(django: Application) -> Application:
    """The application that the page server runs."""
    return _Front(django)


class _Front:
    def __init__(self, django: Application) -> None:
        self._django = django
        self._pages = Pages(settings.ROSTRA.guest_cache_megabytes * 1024 * 1024)
        self._watch = StampWatch()
        self._lane = Lane()
        self._assets = WhiteNoise(
            self._missing, root=settings.STATIC_ROOT, prefix="static", max_age=31_536_000,
            immutable_file_test=lambda *_: True, add_headers_function=_asset_headers,
        )  # fmt: skip
        self._cookie = settings.SESSION_COOKIE_NAME
        self._has_pool = connection.vendor != "sqlite"
        self._vary = "Cookie, Accept-Language" if len(settings.BOARD_LANGUAGES) > 1 else "Cookie"
        self._common = [*security_headers().items(), ("Vary", self._vary)]

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/static/"):
            answer: Iterable[bytes] = self._assets(environ, start)
            return answer
        if path.startswith("/-/"):
            return self._send(environ, start, self._by_django(environ))
        try:
            return self._page(environ, start, path)
        except (DatabaseError, sqlite3.Error):
            logger.exception("the database cannot be read")
            return self._send(environ, start, away(environ))
        finally:
            if self._has_pool:  # a thread that keeps its connection starves the others
                close_old_connections()

    def _page(self, environ: dict[str, Any], start: Start, path: str) -> Iterable[bytes]:
        environ["rostra.stamp"] = now = self._watch.now()
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._send(environ, start, self._by_django(environ))
        environ["QUERY_STRING"] = without_tracking(environ.get("QUERY_STRING", ""))
        cookies = environ.get("HTTP_COOKIE", "")
        if self._cookie in cookies or opened.COOKIE in cookies:
            return self._send(environ, start, self._made(environ))
        language = language_of_guest(environ.get("HTTP_ACCEPT_LANGUAGE", ""), now.structure)
        key = f"{language} {environ.get('HTTP_HOST', '')} {path}?{environ['QUERY_STRING']}"
        entry = self._pages.get(key, now.content)
        if entry is None:
            return self._first(environ, start, key)
        return self._serve(environ, start, key, entry)

    def _serve(self, environ: dict[str, Any], start: Start, key: str, entry: Entry) -> Iterable[bytes]:
        if entry.views_of is not None:
            VIEWS.count(entry.views_of, environ.get("HTTP_USER_AGENT", ""))
        if is_unchanged(environ, entry.etag, entry.headers):
            start("304 Not Modified", [pair for pair in entry.headers if pair[0] != "Content-Type"])
            return []
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        coding = coding_for(accepted, is_kept=True) if accepted else ""
        headers, body = entry.sent.get(coding) or self._pages.as_sent(key, entry, coding)
        start("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _first(self, environ: dict[str, Any], start: Start, key: str) -> Iterable[bytes]:
        """A guest's page that is not kept yet, kept from now on when it may be."""
        status, headers, body = made = self._made(environ)
        is_for_one = any(name == "Set-Cookie" for name, _ in headers)
        if is_for_one or not self._may_keep(environ) or not status.startswith("200"):
            return self._send(environ, start, made)
        etag = f'W/"{blake2b(body, digest_size=9).hexdigest()}"'
        kept = [pair for pair in headers if pair[0] not in _MADE_ANEW]
        kept += [("ETag", etag), ("Vary", f"Accept-Encoding, {self._vary}")]
        entry = Entry(environ["rostra.stamp"].content, kept, etag, environ.get("rostra.views_of"), {"": body})
        self._pages.put(key, entry)
        return self._serve(environ, start, key, entry)

    def _may_keep(self, environ: dict[str, Any]) -> bool:
        """Only what a view gave to guests, and only under a query that the page knows: others are without number."""
        query = environ.get("QUERY_STRING", "")
        is_short = len(query) < _LONGEST_QUERY
        names = {name for name, _ in parse_qsl(query, keep_blank_values=True)} if is_short else {""}
        known = set(environ.get("rostra.names", _KNOWN_QUERY))
        return not self._pages.is_off and environ.get("rostra.cacheable", False) and names <= known

    def _made(self, environ: dict[str, Any]) -> Answer:
        response = self._lane.answer(environ)
        if response is None:
            return self._by_django(environ)
        status = f"{response.status_code} {response.reason_phrase}"
        return status, [*response.items(), *self._common], response.content

    def _by_django(self, environ: dict[str, Any]) -> Answer:
        told: list[Any] = []
        answer = self._django(environ, lambda *args, **_: told.extend(args[:2]))
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        return told[0], [pair for pair in told[1] if pair[0] != "Content-Length"], body

    def _send(self, environ: dict[str, Any], start: Start, answer: Answer) -> Iterable[bytes]:
        """Send what was made for one reader, packed when the browser asks."""
        status, headers, body = answer
        etag = next((value for name, value in headers if name == "ETag"), "")
        if etag and status.startswith("200") and is_unchanged(environ, etag, headers):
            start("304 Not Modified", [pair for pair in headers if pair[0] != "Content-Type"])
            return []
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        if accepted and is_worth_it(headers, body):
            coding = coding_for(accepted, is_kept=False)
            body = compress(coding, body, is_kept=False)
            headers += [("Content-Encoding", coding)] if coding else []
        if is_worth_it(headers, body):
            headers.append(("Vary", "Accept-Encoding"))
        start(status, [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    @staticmethod
    def _missing(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"There is no such asset.\n"]


def _asset_headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
