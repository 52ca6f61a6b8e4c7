"""Pages for what cannot be answered: each names the thing and the remedy."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy

from rostra.accounts.actors import GUEST
from rostra.kernel.refusals import Refusal
from rostra.web.languages import enter
from rostra.web.ratelimits import in_words

TITLES = {
    400: gettext_lazy("This request cannot be understood"),
    403: gettext_lazy("You may not do this"),
    404: gettext_lazy("There is no such page"),
    405: gettext_lazy("Not this way"),
    410: gettext_lazy("It was here, and was removed"),
    422: gettext_lazy("This cannot be taken as it is"),
    413: gettext_lazy("That is too much at once"),
    429: gettext_lazy("Too fast"),
    500: gettext_lazy("Something broke on our side"),
}
_KEPT = (
    "title",
    "body",
    "subject",
    "words",
    "reason",
    "username",
    "login",
    "email",
    "location",
    "about",
)  # no passwords


def page(
    request: HttpRequest, status: int, reason: str = "", remedy: str = "", **context: object
) -> HttpResponse:
    """An error page with its reason and, where something was typed, that text to copy."""
    if not hasattr(request, "actor"):
        request.actor = GUEST  # type: ignore[attr-defined]
        enter(request, GUEST)
    known = {
        "status": status,
        "title": str(TITLES[status]),
        "reason": reason,
        "ended_at": None,
        "begins_at": None,
        "remedy": remedy,
        "kept": typed_in(request),
        "again": [],
        **context,
    }
    return HttpResponse(render_to_string("errors/error.html", known, request), status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """403 with the reason; who only followed a link is led to the page that opens it, a guest to sign in, and back."""
    is_oneself = not getattr(request, "actor", GUEST).stands_for
    if refusal.leads_to and request.method == "GET" and is_oneself:
        return HttpResponseRedirect(f"{refusal.leads_to}?{urlencode({'next': request.get_full_path()})}")
    if refusal.must_sign_in and request.method == "GET" and is_oneself:
        return HttpResponseRedirect(f"/sign-in/?{urlencode({'next': request.get_full_path()})}")
    times = {"ended_at": refusal.ended_at, "begins_at": refusal.begins_at}
    return page(request, 403, refusal.reason, refusal.remedy, **times)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body over the limit."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024
        remedy = gettext(
            "Go back: your text is still in the form. Shorten it, or split it into several posts."
        )
        return page(
            request,
            413,
            gettext("What was sent is larger than %(limit)s KiB, the most this board takes at once.")
            % {"limit": limit},
            remedy,
        )
    if isinstance(exception, TooManyFieldsSent):
        return page(request, 400, gettext("The form has more fields than this board takes."))
    return page(
        request,
        400,
        gettext("The address or the form holds something that is not valid."),
        gettext("Go back and try once more."),
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
        told or gettext("Nothing is at %(path)s") % {"path": request.path[:200]},
        gettext("Check the address, or start from the board index."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing that could fail again is asked for."""
    try:
        remedy = gettext(
            "It has been logged. Try again in a moment; if you were writing, your text is below or in the form you came from."
        )
        return page(request, 500, gettext("The page could not be made."), remedy)
    except Exception:
        words = gettext("Something broke on our side. It has been logged. Try again in a moment.")
        return HttpResponse(words, "text/plain; charset=utf-8", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form could not be recognised as sent by this person; what was typed is shown again.

    Signing in, in another tab say, makes older forms expire. The browser itself vouches that the form came from
    this board (Sec-Fetch-Site): then it can be sent again with one press. Without that word it could be an
    attack that asks for a press, and the text is there only to copy.
    """
    told = gettext("This form has expired, or your browser did not send its cookie with it.")
    has_secret = any("password" in name for name in request.POST)
    if request.headers.get("Sec-Fetch-Site") == "same-origin" and not has_secret:
        fields = [
            (name, str(text).replace("\0", "␀"))
            for name, text in request.POST.items()
            if name != "csrfmiddlewaretoken" and "password" not in name
        ]
        return page(
            request, 403, told, gettext("Signing in does that to older forms. Nothing is lost."), again=fields
        )
    remedy = gettext(
        "Copy what you typed from below, load the page again and send it once more. Cookies must be allowed for this board."
    )
    return page(request, 403, told, remedy)


def wrong_method(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """405 with what is allowed."""
    response = page(
        request,
        405,
        gettext("This address does not take %(method)s; it takes %(methods)s.")
        % {"method": request.method, "methods": ", ".join(allowed)},
    )
    response.headers["Allow"] = HttpResponseNotAllowed(allowed).headers["Allow"]
    return response


def too_many(request: HttpRequest, reason: str, seconds: int) -> HttpResponse:
    """429 with when to come back."""
    wait = gettext("Try again in %(time)s.") % {"time": in_words(seconds)}
    kept = gettext("What you typed is below.") if typed_in(request) else ""
    response = page(request, 429, reason, f"{wait} {kept}".strip())
    response.headers["Retry-After"] = str(seconds)
    return response


def typed_in(request: HttpRequest) -> list[str]:
    """What the person typed, so that no error loses it."""
    if request.method != "POST":
        return []
    try:
        return [text.replace("\0", "␀") for name in _KEPT if (text := request.POST.get(name, ""))]
    except Exception:  # the body itself may be what could not be read
        return []
