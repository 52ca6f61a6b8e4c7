"""The outer door: what the page server calls, without Django's test client."""

from io import BytesIO
from typing import Any

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from rostra.web.front import front


def environ_of(path: str, **more: Any) -> dict[str, Any]:
    """What the page server says of a GET."""
    path, _, query = path.partition("?")
    path = path.encode().decode("latin-1")  # as WSGI has it (PEP 3333)
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": "localhost", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http", **more,
    }  # fmt: skip


def keep_the_connection() -> None:
    """Requests do not end the test's own transaction; Django's test client undoes this after each of its own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)


class Guest:
    """Somebody at the outer door, without Django's test client."""

    def __init__(self) -> None:
        self.made = 0
        made: Any = front(get_wsgi_application())
        self.application = made
        make = made._made

        def counted(environ: dict[str, Any]) -> Any:
            self.made += 1
            return make(environ)

        made._made = counted

    def get(self, path: str, **more: Any) -> tuple[str, dict[str, str], bytes]:
        """Status, headers and body of a page."""
        keep_the_connection()
        told: list[Any] = []
        environ = environ_of(path, **more)
        body = b"".join(self.application(environ, lambda *args: told.extend(args)))
        return told[0], dict(told[1]), body
