"""The language of the page being made: set once for each request, asked for by every piece of the page."""

import threading

_local = threading.local()
SOURCE = "en"


def language() -> str:
    """The language in force in this thread."""
    found: str = getattr(_local, "language", SOURCE)
    return found
