"""Cases as a file, for administrators: by period, without names unless they are asked for."""

from datetime import UTC, datetime
from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rostra.kernel.refusals import Invalid
from rostra.moderation.exporting import COLUMNS, FAR_AWAY, LONG_AGO, WRITERS, Asked, day_after
from rostra.web.membership import for_administrators
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

FIELDS = ("since", "until", "format", "names")
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@takes("GET")
@for_administrators
def cases(request: Request) -> HttpResponse:
    """What can be had, and a form for the period."""
    return _page(request, {})


@takes("GET")
@for_administrators
def file(request: Request) -> HttpResponse:
    """The cases of a period, sent while they are read."""
    try:
        asked, kind = _asked(request)
    except Invalid as invalid:
        return _page(request, invalid.faults)
    response = StreamingHttpResponse(WRITERS[kind](asked), content_type=_TYPES[kind])
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"cases.{kind}") or "attachment"
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return cast("HttpResponse", response)  # Django's two kinds of answers share no other name


def _asked(request: Request) -> tuple[Asked, str]:
    """What was asked for, and how it is written. Raises Invalid by field."""
    faults, days = {}, {"since": LONG_AGO, "until": FAR_AWAY}
    for name in days:
        typed = request.GET.get(name, "").strip()
        try:
            days[name] = datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC) if typed else days[name]
        except ValueError:
            faults[name] = _("Write a day like 2026-11-28, or leave the field empty.")
    kind = request.GET.get("format", "csv")
    if kind not in WRITERS:
        faults["format"] = _("Choose CSV or JSON.")
    if faults:
        raise Invalid(**faults)
    until = day_after(days["until"]) if days["until"] != FAR_AWAY else FAR_AWAY
    return Asked(days["since"], until, has_names=request.GET.get("names") == "yes"), kind


def _page(request: Request, faults: dict[str, str]) -> HttpResponse:
    typed = {name: request.GET.get(name, "").replace("\0", "␀") for name in FIELDS}
    context = {
        "typed": typed,
        "faults": faults,
        "columns": COLUMNS,
        "kinds": [("csv", "CSV"), ("json", "JSON")],
    }
    return render(request, "manage/cases.html", context, status=422 if faults else 200)
