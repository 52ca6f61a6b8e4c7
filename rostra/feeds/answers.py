"""What all answers here have in common: read only, the same for everybody, sent again only when they changed."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.http import http_date

View = Callable[..., HttpResponse]


def only_read(view: View) -> View:
    """A view for GET and HEAD that needs none of Django's middlewares, so that the lane in front may call it."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return view(request, *args, **kwargs)

    checked.in_lane = True  # type: ignore[attr-defined]
    return checked


def document(
    request: HttpRequest, text: str, kind: str, *, changed_at: datetime | None = None, is_kept: bool = False
) -> HttpResponse:
    """XML with what a conditional request asks about; the front in front of Django answers 304.

    `is_kept`: guests may get it from the page cache for as long as nothing on the board changes.
    """
    body = text.encode()
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response.headers["ETag"] = f'W/"{blake2b(body, digest_size=9).hexdigest()}"'
    response.headers["X-Robots-Tag"] = "noindex"  # what is in it is for search engines, it is not
    if changed_at is not None:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    if is_kept:
        request.META["rostra.cacheable"], request.META["rostra.views_of"] = True, None
    return response
