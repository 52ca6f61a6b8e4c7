"""Pages for what cannot be answered: each names the thing and the remedy."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.http import urlencode

from rostra.accounts.actors import GUEST
from rostra.kernel.refusals import Refusal

TITLES = {
    400: "This request cannot be understood",
    403: "You may not do this",
    404: "There is no such page",
    405: "Not this way",
    410: "It was here, and was removed",
    422: "This cannot be taken as it is",
    413: "That is too much at once",
    429: "Too fast",
    500: "Something broke on our side",
}
_KEPT = ("title", "body", "reason", "username", "login", "email", "location", "about")  # no passwords


def page(
    request: HttpRequest, status: int, reason: str = "", remedy: str = "", **context: object
) -> HttpResponse:
    """An error page with its reason and, where something was typed, that text to copy."""
    if not hasattr(request, "actor"):
        request.actor = GUEST  # type: ignore[attr-defined]
    known = {
        "status": status,
        "title": TITLES[status],
        "reason": reason,
        "remedy": remedy,
        "kept": _typed(request),
        "again": [],
        **context,
    }
    return HttpResponse(render_to_string("errors/error.html", known, request), status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """403 with the reason; a guest who only followed a link is led to the sign-in page and back."""
    if refusal.must_sign_in and request.method == "GET":
        return HttpResponseRedirect(f"/sign-in/?{urlencode({'next': request.get_full_path()})}")
    return page(request, 403, refusal.reason, refusal.remedy)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body over the limit."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024
        remedy = "Go back: your text is still in the form. Shorten it, or split it into several posts."
        return page(
            request,
            413,
            f"What was sent is larger than {limit} KiB, the most this board takes at once.",
            remedy,
        )
    if isinstance(exception, TooManyFieldsSent):
        return page(request, 400, "The form has more fields than this board takes.")
    return page(
        request,
        400,
        "The address or the form holds something that is not valid.",
        "Go back and try once more.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return page(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with what was looked for."""
    told = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return page(
        request,
        404,
        told or f"Nothing is at {request.path[:200]}",
        "Check the address, or start from the board index.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing that could fail again is asked for."""
    try:
        remedy = "It has been logged. Try again in a moment; if you were writing, your text is below or in the form you came from."
        return page(request, 500, "The page could not be made.", remedy)
    except Exception:
        return HttpResponse(
            "Something broke on our side. It has been logged. Try again in a moment.", "text/plain", 500
        )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form could not be recognised as sent by this person; what was typed is shown again.

    Signing in, in another tab say, makes older forms expire. The browser itself vouches that the form came from
    this board (Sec-Fetch-Site): then it can be sent again with one press. Without that word it could be an
    attack that asks for a press, and the text is there only to copy.
    """
    told = "This form has expired, or your browser did not send its cookie with it."
    has_secret = any("password" in name for name in request.POST)
    if request.headers.get("Sec-Fetch-Site") == "same-origin" and not has_secret:
        fields = [
            (name, str(text).replace("\0", "␀"))
            for name, text in request.POST.items()
            if name != "csrfmiddlewaretoken" and "password" not in name
        ]
        return page(request, 403, told, "Signing in does that to older forms. Nothing is lost.", again=fields)
    remedy = "Copy what you typed from below, load the page again and send it once more. Cookies must be allowed for this board."
    return page(request, 403, told, remedy)


def wrong_method(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """405 with what is allowed."""
    response = page(
        request, 405, f"This address does not take {request.method}; it takes {', '.join(allowed)}."
    )
    response.headers["Allow"] = HttpResponseNotAllowed(allowed).headers["Allow"]
    return response


def too_many(request: HttpRequest, reason: str, seconds: int) -> HttpResponse:
    """429 with when to come back."""
    wait = f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
    kept = " What you typed is below." if _typed(request) else ""
    response = page(request, 429, reason, f"Try again in {wait}.{kept}")
    response.headers["Retry-After"] = str(seconds)
    return response


def _typed(request: HttpRequest) -> list[str]:
    """What the person typed, so that no error loses it."""
    if request.method != "POST":
        return []
    try:
        return [text.replace("\0", "␀") for name in _KEPT if (text := request.POST.get(name, ""))]
    except Exception:  # the body itself may be what could not be read
        return []
