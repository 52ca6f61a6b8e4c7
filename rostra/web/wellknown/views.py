"""The files that programs ask every site for: robots.txt, security.txt, where a password is changed."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from rostra.board.queries import profile
from rostra.kernel.clock import now, to_text
from rostra.web.methods import takes
from rostra.web.requests import stamp_of

TEXT = "text/plain; charset=utf-8"
# Pages with a form, not for reading. Rules are beginnings of addresses (RFC 9309); a star stands for anything.
FORMS = ("/sign-in/", "/sign-up/", "/t/*/reply", "/f/*/new$", "/f/*/new/$", "/p/*/edit")
# Crawlers that gather texts to train models; they heed their own names, and not all of them `Content-Usage` yet.
TRAINERS = (
    "GPTBot", "ClaudeBot", "CCBot", "Google-Extended", "Applebot-Extended", "Meta-ExternalAgent", "Bytespider",
    "Amazonbot",
)  # fmt: skip
_VALID_FOR = timedelta(days=180)
_PASSWORD_PAGES = ("account_change_password", "account_reset_password")


@takes("GET")
def robots(request: HttpRequest) -> HttpResponse:
    """The file `robots.txt` of the data directory, as it is; without one, everything may be read but forms."""
    own = settings.ROSTRA.data / "robots.txt"
    try:
        return HttpResponse(own.read_bytes(), content_type=TEXT)
    except FileNotFoundError:
        return HttpResponse("\n".join(_rules()), content_type=TEXT)


def _rules() -> list[str]:
    usage = settings.ROSTRA.content_usage
    forbidden = TRAINERS if "train-ai=n" in usage else ()
    return [
        "User-agent: *",
        *([f"Content-Usage: {usage}"] if usage else []),
        "Allow: /",
        *(f"Disallow: {form}" for form in FORMS),
        "",
        *(f"User-agent: {name}" for name in forbidden),
        *(["Disallow: /", ""] if forbidden else []),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]


@takes("GET")
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a security hole (RFC 9116). It expires half a year after the day it is read."""
    contact = settings.ROSTRA.security_contact
    if not contact:
        words = gettext(
            "This board names no contact for security reports: its owner has not set ROSTRA_SECURITY_CONTACT."
        )
        return HttpResponse(f"{words}\n", content_type=TEXT, status=404)
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {to_text(today + _VALID_FOR)}",
        f"Preferred-Languages: {profile(stamp_of(request).structure).language}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@takes("GET")
def change_password(request: HttpRequest) -> HttpResponse:
    """To the page where a password is changed (https://w3c.github.io/webappsec-change-password-url/)."""
    return HttpResponseRedirect(next(filter(None, map(_address, _PASSWORD_PAGES)), "/sign-in/"))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
