"""Conditional requests (RFC 9110, section 13): has the asker what would be sent?"""

from typing import Any

from django.utils.http import parse_http_date_safe

from rostra.web.front.coding import Headers


def is_unchanged(environ: dict[str, Any], etag: str, headers: Headers) -> bool:
    """May the answer be 304? The tag goes before the time; a time counts where the answer has one itself."""
    if "HTTP_IF_NONE_MATCH" in environ:
        return etag in environ["HTTP_IF_NONE_MATCH"]
    if "HTTP_IF_MODIFIED_SINCE" not in environ:
        return False
    changed_at = parse_http_date_safe(next((value for name, value in headers if name == "Last-Modified"), ""))
    since = parse_http_date_safe(environ["HTTP_IF_MODIFIED_SINCE"])
    return changed_at is not None and since is not None and changed_at <= since
