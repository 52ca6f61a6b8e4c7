"""The living style page: every token and every component in every state. Only in development (ROSTRA_DEBUG)."""

from django.conf import settings
from django.http import Http404, HttpResponse

from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.web.style.tokens import colours, contrasts, tokens

HUES = 12


@takes("GET")
def style(request: Request) -> HttpResponse:
    """Tokens with their figures, then the components."""
    if not settings.DEBUG:
        raise Http404
    known = tokens()
    context = {
        "colours": colours(),
        "contrasts": contrasts(),
        "sizes": {name: value for name, value in known.items() if name.startswith("size-")},
        "spaces": {name: value for name, value in known.items() if name.startswith("space-")},
        "hues": range(HUES),
    }
    return render(request, "style/style.html", context)
