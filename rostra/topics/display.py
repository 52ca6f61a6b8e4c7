"""How texts are shown on this board: its settings, and the words that it does not want to see."""

from django.conf import settings

from rostra.board.queries import censored_words
from rostra.kernel.latest import Latest
from rostra.markup.censoring import Censored
from rostra.markup.display import Display

_display: Latest[Display] = Latest()


def display_at(structure: int) -> Display:
    """What holds as of a structure version; read once for each version."""
    return _display.at(structure, _read)


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _display.forget()


def _read() -> Display:
    board = settings.ROSTRA
    return Display(
        links_bare=board.bare_links,
        draws_faces=board.smilies,
        shows_pictures=board.pictures == "shown",
        censored=tuple(Censored(row.word, row.instead) for row in censored_words()),
    )
