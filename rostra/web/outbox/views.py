"""A mailbox that everybody can open, on a demo board."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from rostra.mail.queries import letter as letter_with_id
from rostra.mail.queries import newest_letters
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

NUMBER = 50


@takes("GET")
def letters(request: Request) -> HttpResponse:
    """The letters written last."""
    _refuse_real_boards()
    return render(request, "outbox/letters.html", {"letters": newest_letters(NUMBER)})


@takes("GET")
def letter(request: Request, number: str) -> HttpResponse:
    """One letter; its links can be followed."""
    _refuse_real_boards()
    found = letter_with_id(int(number))
    if found is None:
        raise Http404(gettext("There is no mail %(number)s.") % {"number": number})
    return render(request, "outbox/letter.html", {"letter": found})


def _refuse_real_boards() -> None:
    if not settings.ROSTRA.demo_mail:
        raise Http404(gettext("This board shows no mail to anybody but those whom it is for."))
