"""The box of recent topics: made once for each version of the board, language and time zone."""

from django.template import engines
from markupsafe import Markup

from rostra.topics.queries import recent_topics
from rostra.web.languages import here

NUMBER = 8
MOST = 200
_known: dict[tuple[int, str], Markup] = {}


def recent(version: int) -> Markup:
    """The box with the newest topics as of a version of the board's content."""
    key = (version, here().key)
    found = _known.get(key)
    if found is None:
        html = engines["board"].get_template("ui/recent.html").render({"recent": recent_topics(NUMBER)})
        if len(_known) > MOST:
            _known.clear()
        found = _known[key] = Markup(html)  # noqa: S704 - made by our own template
    return found


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _known.clear()
