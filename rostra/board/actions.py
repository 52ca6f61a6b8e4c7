"""Writes to the board itself."""

from django.db import connection
from django.db.models import F

from rostra.board.models import THE_BOARD, Board, Stamp
from rostra.kernel.changes import Change, change

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


def greet_newest_member(name: str) -> None:
    """Remember who joined last, for the board's statistics."""
    Stamp.objects.filter(id=THE_BOARD).update(newest_member=name)


def recount(*, posts: int, topics: int, members: int, newest_member: str) -> None:
    """Set the kept counts, after a bulk load."""
    with change(is_structural=True):
        Stamp.objects.filter(id=THE_BOARD).update(
            posts=posts, topics=topics, members=members, newest_member=newest_member, content=F("content") + 1
        )
