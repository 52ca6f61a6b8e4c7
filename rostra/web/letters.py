"""Letters of the board: plain text out of a template, whose first line is the subject."""

from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.template import engines

from rostra.board.queries import profile, stamp
from rostra.mail.actions import can_send, post_letter
from rostra.web import languages
from rostra.web.templating import LocaleJinja

_LOCAL = ("localhost", "127.0.0.1", "::1")


def site_of(request: HttpRequest) -> str:
    """The address that links in letters begin with: the board's own, whatever Host the request named.

    A board on one's own machine may run at another port than its settings say: there the request's is taken.
    """
    if urlsplit(settings.SITE_URL).hostname in _LOCAL:
        asked = f"{request.scheme}://{request.get_host()}"
        if urlsplit(asked).hostname in _LOCAL:
            return asked
    return str(settings.SITE_URL)


def write_letter(request: HttpRequest, to: str, template: str, *, language: str = "", **context: Any) -> None:
    """Put a letter made from `letters/<template>.txt` on its way to somebody.

    `language` is the receiver's own choice; without one that the board offers, the letter is in that of the request.
    """
    if not can_send():
        return
    chosen = language if language in settings.BOARD_LANGUAGES else languages.language()
    subject, body = render_letter(template, chosen, site=site_of(request), **context)
    post_letter(to=to, subject=subject, body=body)


def render_letter(template: str, language: str, **context: Any) -> tuple[str, str]:
    """Subject and text of a letter in a language."""
    environment = cast("LocaleJinja", engines["board"]).environment(language, escapes=False)
    known = {"board": profile(stamp().structure), **context}
    subject, _, body = (
        environment.get_template(f"letters/{template}.txt").render(known).strip().partition("\n")
    )
    return subject.strip(), body.strip() + "\n"
