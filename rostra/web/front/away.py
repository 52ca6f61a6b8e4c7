"""The page for when the database cannot be read: in the reader's language, and without asking the database."""

import logging
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.template import engines

from rostra.web.errors import typed_in
from rostra.web.languages import locality, negotiated
from rostra.web.middleware import security_headers

logger = logging.getLogger(__name__)
_PLAIN = (
    "<!doctype html><title>503</title><h1>The board cannot be read just now</h1><p>Try again in a minute.</p>"
)


def away(environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
    """503 with when to come back, and what was typed.

    A member's own choice of a language is in the database too: here the browser is asked.
    """
    offered: tuple[str, ...] = settings.BOARD_LANGUAGES
    language = negotiated(environ.get("HTTP_ACCEPT_LANGUAGE", ""), offered) or offered[0]
    headers = [
        *security_headers().items(),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Vary", "Accept-Language"),
        ("Retry-After", "60"),
    ]
    try:
        template: Any = engines["board"].environment(language).get_template("errors/away.html")  # type: ignore[attr-defined]
        words = template.render(place=locality(language, "UTC"), kept=typed_in(WSGIRequest(environ)))
    except Exception:
        logger.exception("the page for a board that is away could not be made")
        words = _PLAIN
    return "503 Service Unavailable", headers, words.encode()
