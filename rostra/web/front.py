"""The guests' page cache in front of Django, the assets beside it, compression behind both.

A cached page is served only while the board's version is the one it was made under. On SQLite the check is
`PRAGMA data_version` (did anybody else commit since?), and only after a yes the stamp's row; on PostgreSQL it is
the row. The version is read before a page is made, so a write in the middle makes the page stale at once.
"""

import gzip
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

import brotli
from django.conf import settings
from django.db import connection
from whitenoise import WhiteNoise

from rostra.board.queries import StampRow, stamp
from rostra.web.viewcounts import VIEWS

Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
_SMALL = 1200
_COMPRESSIBLE = ("text/", "application/json", "application/xml", "image/svg")


@dataclass
class Entry:
    """A guest's page as it was sent, plain and in each coding that was asked for."""

    version: int
    headers: Headers
    etag: str
    views_of: int | None
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes it keeps in memory, about."""
        return sum(map(len, self.bodies.values())) + 1500


class Pages:
    """Least recently used pages within a limit of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: str, version: int) -> Entry | None:
        """The page, when it was made under this version."""
        entry = self._entries.get(key)
        if entry is None or entry.version != version:
            return None
        with self._guard:
            if key in self._entries:
                self._entries.move_to_end(key)
        return entry

    def put(self, key: str, entry: Entry) -> None:
        """Keep a page, dropping the oldest for it."""
        with self._guard:
            old = self._entries.pop(key, None)
            self._size += entry.size - (old.size if old else 0)
            self._entries[key] = entry
            while self._size > self._limit and self._entries:
                _, dropped = self._entries.popitem(last=False)
                self._size -= dropped.size

    def add_body(self, key: str, entry: Entry, coding: str, body: bytes) -> None:
        """Keep a compressed form with its page, while the page itself is kept."""
        with self._guard:
            if self._entries.get(key) is entry and coding not in entry.bodies:
                entry.bodies[coding] = body
                self._size += len(body)


class StampWatch:
    """The board's stamp, exact at every call and nearly free while nobody writes."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._is_sqlite = connection.vendor == "sqlite"

    def now(self) -> StampRow:
        """The stamp in force."""
        if not self._is_sqlite:
            return stamp()
        local = self._local
        if not hasattr(local, "reader"):
            local.reader = sqlite3.connect(
                f"file:{quote(str(connection.settings_dict['NAME']))}?mode=ro", uri=True, isolation_level=None
            )
            local.data_version, local.stamp = -1, None
        (data_version,) = local.reader.execute("PRAGMA data_version").fetchone()
        if data_version != local.data_version:
            row = local.reader.execute(
                "SELECT content, structure, posts, topics, members, newest_member FROM board_stamp WHERE id = 1"
            ).fetchone()
            local.data_version, local.stamp = data_version, StampRow(*row)
        found: StampRow = local.stamp
        return found


def front(django: Application) -> Application:
    """The application that the page server runs."""
    return _Front(django)


class _Front:
    def __init__(self, django: Application) -> None:
        self._django = django
        self._pages = Pages(settings.ROSTRA.guest_cache_megabytes * 1024 * 1024)
        self._watch = StampWatch()
        self._assets = WhiteNoise(
            self._missing, root=settings.STATIC_ROOT, prefix="static", max_age=31_536_000,
            immutable_file_test=lambda *_: True, add_headers_function=_asset_headers,
        )  # fmt: skip
        self._cookie = settings.SESSION_COOKIE_NAME + "="

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/static/"):
            answer: Iterable[bytes] = self._assets(environ, start)
            return answer
        if path.startswith("/-/"):
            return self._answer(environ, start, None)
        environ["rostra.stamp"] = now = self._watch.now()
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self._cookie in environ.get("HTTP_COOKIE", ""):
            return self._answer(environ, start, None)
        key = f"{environ.get('HTTP_HOST', '')} {path}?{environ.get('QUERY_STRING', '')}"
        entry = self._pages.get(key, now.content)
        if entry is None:
            return self._answer(environ, start, key)
        return self._serve(environ, start, key, entry)

    def _serve(self, environ: dict[str, Any], start: Start, key: str, entry: Entry) -> Iterable[bytes]:
        if entry.views_of is not None:
            VIEWS.count(entry.views_of, environ.get("HTTP_USER_AGENT", ""))
        if entry.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start("304 Not Modified", [pair for pair in entry.headers if pair[0] not in ("Content-Type",)])
            return []
        coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = entry.bodies.get(coding)
        if body is None:
            body = _compress(coding, entry.bodies[""], thorough=True)
            self._pages.add_body(key, entry, coding, body)
        extra = [("Content-Encoding", coding)] if coding else []
        start("200 OK", [*entry.headers, *extra, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: dict[str, Any], start: Start, key: str | None) -> Iterable[bytes]:
        """Django's answer, kept when it may be, compressed when the browser asks."""
        told: list[Any] = []
        answer = self._django(environ, lambda *args, **_: told.extend(args[:2]))
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status: str = told[0]
        headers: Headers = [pair for pair in told[1] if pair[0] != "Content-Length"]
        if key is not None and environ.get("rostra.cacheable") and status.startswith("200"):
            return self._serve(environ, start, key, self._keep(environ, key, headers, body))
        coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", "")) if _is_worth_it(headers, body) else ""
        if coding:
            body = _compress(coding, body, thorough=False)
            headers += [("Content-Encoding", coding), ("Vary", "Accept-Encoding")]
        start(status, [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _keep(self, environ: dict[str, Any], key: str, headers: Headers, body: bytes) -> Entry:
        etag = f'W/"{blake2b(body, digest_size=9).hexdigest()}"'
        kept = [pair for pair in headers if pair[0] not in ("Vary", "Set-Cookie")]
        kept += [("ETag", etag), ("Vary", "Accept-Encoding, Cookie")]
        entry = Entry(environ["rostra.stamp"].content, kept, etag, environ.get("rostra.views_of"), {"": body})
        if not any(name == "Set-Cookie" for name, _ in headers):
            self._pages.put(key, entry)
        return entry

    @staticmethod
    def _missing(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"There is no such asset.\n"]


def _asset_headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _is_worth_it(headers: Headers, body: bytes) -> bool:
    kind = next((value for name, value in headers if name == "Content-Type"), "")
    return len(body) > _SMALL and kind.startswith(_COMPRESSIBLE)


def _coding(accepted: str) -> str:
    if "br" in accepted:
        return "br"
    return "gzip" if "gzip" in accepted else ""


def _compress(coding: str, body: bytes, *, thorough: bool) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(body, quality=5 if thorough else 4))
    return gzip.compress(body, 6 if thorough else 4, mtime=0) if coding else body
