"""The box of recent topics: made once for each version of the board and language."""

from django.template import engines
from markupsafe import Markup

from rostra.topics.queries import recent_topics
from rostra.web.languages import language

NUMBER = 8
_known: dict[tuple[int, str | None], Markup] = {}


def recent(version: int) -> Markup:
    """The box with the newest topics as of a version of the board's content."""
    key = (version, language())
    found = _known.get(key)
    if found is None:
        html = engines["board"].get_template("ui/recent.html").render({"recent": recent_topics(NUMBER)})
        if len(_known) > 20:
            _known.clear()
        found = _known[key] = Markup(html)  # noqa: S704 - made by our own template
    return found


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _known.clear()
