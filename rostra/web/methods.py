"""Which methods a view takes; any other gets a page that says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from rostra.web import errors

View = Callable[..., HttpResponse]


def takes(*methods: str, in_lane: bool = False) -> Callable[[View], View]:
    """Decorate a view with the methods it takes; HEAD goes with GET.

    `in_lane`: a page that is only read and needs none of Django's middlewares (`web/front/lane.py`).
    """
    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return errors.wrong_method(request, allowed)
            return view(request, *args, **kwargs)

        checked.in_lane = in_lane  # type: ignore[attr-defined]
        return checked

    return decorate
