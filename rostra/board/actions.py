"""Writes to the board itself."""

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from rostra.board.models import THE_BOARD, Board, Stamp
from rostra.board.queries import profile
from rostra.board.queries import stamp as stamp_row
from rostra.kernel.changes import Change, change
from rostra.kernel.refusals import Refusal, Refused
from rostra.kernel.text import one_line

_COUNTS = ("posts", "topics", "members")


def stamp(this: Change) -> None:
    """Move the board's version on: the last statement of every visible change."""
    if not this.is_visible and not this.tallies:
        return
    moves = {
        "content": 1,
        "structure": int(this.is_structural),
        **{name: this.tallies[name] for name in _COUNTS},
    }
    terms = ", ".join(f"{name} = {name} + {int(step)}" for name, step in moves.items() if step)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE board_stamp SET {terms} WHERE id = 1")  # noqa: S608 - column names and integers of ours


def describe_board(*, name: str, short_name: str, tagline: str, language: str = "en") -> None:
    """Give the board its name."""
    with change(is_structural=True):
        Board.objects.filter(id=THE_BOARD).update(
            name=name, short_name=short_name, tagline=tagline, language=language
        )


def close_for_writing(*, reason: str) -> None:
    """Make the board read-only: from now on every change is refused with this reason. Empty opens it again."""
    with change(is_structural=True, passes_gates=True):
        Board.objects.filter(id=THE_BOARD).update(read_only=one_line(reason)[:200])


def refuse_when_closed() -> None:
    """The gate of every change. Raises Refused while the board is read-only."""
    reason = profile(stamp_row().structure).read_only
    if reason:
        told = _("The board is read-only for now: %(reason)s") % {"reason": reason}
        raise Refused(
            Refusal(told, _("You can read everything. Keep what you have typed and try again later."))
        )


def greet_newest_member(name: str) -> None:
    """Remember who joined last, for the board's statistics."""
    Stamp.objects.filter(id=THE_BOARD).update(newest_member=name)


def recount(*, posts: int, topics: int, members: int, newest_member: str) -> None:
    """Set the kept counts, after a bulk load."""
    with change(is_structural=True):
        Stamp.objects.filter(id=THE_BOARD).update(
            posts=posts, topics=topics, members=members, newest_member=newest_member, content=F("content") + 1
        )


def note_parser_version(*, version: int) -> None:
    """Note that every post was rendered by this version of the parser, or a later one."""
    with change(is_visible=False):
        Board.objects.filter(id=THE_BOARD).update(parser_version=version)
