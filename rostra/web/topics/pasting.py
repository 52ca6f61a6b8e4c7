"""What was copied elsewhere with its formatting becomes Markdown, for the text field."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rostra.markup.limits import TooMuchWork
from rostra.markup.pasted import markdown_of
from rostra.web.methods import takes
from rostra.web.ratelimits import TooMany, spend
from rostra.web.requests import Request

LARGEST = 200_000  # bytes


@takes("POST")
def paste(request: Request) -> HttpResponse:
    """Copied `html` as Markdown. Whatever is refused, the field has the plain text already: a line says why."""
    if not request.actor.is_member:
        return _plain(_("Only members can write here."), 403)
    html = request.POST.get("html", "")
    if len(html.encode("utf-8", "replace")) > LARGEST:
        return _plain(_("That is too much at once"), 413)
    try:
        spend("paste", request.actor.id)
    except TooMany as fast:
        answer = _plain(fast.refusal.reason, 429)
        answer.headers["Retry-After"] = str(fast.seconds)
        return answer
    try:
        markdown = markdown_of(html)
    except TooMuchWork:
        return _plain(_("That is too much at once"), 413)
    if len(markdown) > LARGEST:
        return _plain(_("That is too much at once"), 413)
    return _plain(markdown, 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, "text/plain; charset=utf-8", status)
