"""The box of recent topics: made once for each version of the board, language and time zone.

Who filters topics gets a box of those that remain, made once for each such choice of rows.
"""

from django.template import engines
from markupsafe import Markup

from rostra.filters.sieve import OPEN, Sieve
from rostra.topics.queries import RecentRow, recent_topics
from rostra.web import showing
from rostra.web.fragments import Fragments
from rostra.web.languages import here

NUMBER, LOOKED_AT = 8, 24
MOST = 200
_known: dict[tuple[int, str, str, int], Markup] = {}
_rows: dict[tuple[int, str], list[RecentRow]] = {}
_BOXES = Fragments("ui/recent.html", most=500)


def recent(version: int, closed: str, sieve: Sieve = OPEN) -> Markup:
    """The box with the newest topics as of a version of the board's content, without what the reader leaves out.

    `closed`: the forums that are not for the reader.
    """
    if (
        sieve is not OPEN
        and (rows := _rows_for(version, closed, sieve)) != _rows_of(version, closed)[:NUMBER]
    ):
        return _BOXES.piece(tuple(rows), lambda: {"recent": rows})
    return _shared(version, closed)


def _rows_for(version: int, closed: str, sieve: Sieve) -> list[RecentRow]:
    """In a topic that stays, the words of an ignored member are left out."""
    ignored = set(sieve.members.values())
    return [
        row._replace(last_excerpt="") if row.last_author_name in ignored else row
        for row in _rows_of(version, closed)
        if not sieve.leaves_out(row)
    ][:NUMBER]


def _rows_of(version: int, closed: str) -> list[RecentRow]:
    found = _rows.get((version, closed))
    if found is None:
        found = recent_topics(LOOKED_AT, closed)
        if any(known != version for known, _closed in list(_rows)) or len(_rows) > MOST:
            _rows.clear()
        _rows[version, closed] = found
    return found


def _shared(version: int, closed: str) -> Markup:
    key = (version, closed, here().key, showing.key())
    found = _known.get(key)
    if found is None:
        html = (
            engines["board"]
            .get_template("ui/recent.html")
            .render({"recent": _rows_of(version, closed)[:NUMBER]})
        )
        if len(_known) > MOST:
            _known.clear()
        found = _known[key] = Markup(html)  # noqa: S704 - made by our own template
    return found


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _known.clear()
    _rows.clear()
