"""The accessibility statement that EN 301 549 and the European Accessibility Act (Annex V) ask of a service.

The words are about the software, so they are the same on every board. What only the owner knows comes from two
settings; where they are empty, the page says so. docs/accessibility.md says how each criterion is met and tested:
whoever changes that changes this page too, and the day.
"""

from datetime import date

from django.conf import settings
from django.http import HttpResponse
from markupsafe import Markup

from rostra import __version__
from rostra.markup import render as rendered
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, may_cache

ASSESSED_ON = date(2026, 11, 24)


@takes("GET")
def accessibility(request: Request) -> HttpResponse:
    """How far the board is accessible, how that is known, and whom to tell of a barrier."""
    may_cache(request)
    contact = settings.ROSTRA.accessibility_contact
    context = {
        "contact": contact,
        "contact_words": contact.removeprefix("mailto:").removeprefix("tel:"),
        "enforcement": Markup(rendered(settings.ROSTRA.accessibility_enforcement).html),  # noqa: S704 - cleaned
        "assessed_on": ASSESSED_ON,
        "version": __version__,
    }
    return render(request, "index/accessibility.html", context)
