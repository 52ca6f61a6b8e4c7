"""The order of posts when some come from another topic: pure functions.

Posts of a topic stand in the order in which they were written, and what was read of a topic is kept as a position. Posts
that come into it are put where they belong by their time; the order that each topic had in itself stays as it was.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple


class Stood(NamedTuple):
    """A post, and where it stood."""

    id: int
    topic_id: int
    position: int
    created_at: datetime
    is_there: bool


class Move(NamedTuple):
    """A post that gets another position, in this topic or in another."""

    position: int
    id: int


def joined(own: Sequence[Stood], coming: Sequence[Stood]) -> list[Move]:
    """The moves that put `coming` among the posts of a topic, the last one first.

    Both are in the order of their positions. Posts before the first that comes stay where they are, gaps included; from
    there on posts only move up, so that, done in this order, no two are ever at one position.
    """
    moves: list[Move] = []
    position = shift = at = 0
    for post in own:
        while at < len(coming) and coming[at].created_at < post.created_at:
            position, shift = position + 1, shift + 1
            moves.append(Move(position, coming[at].id))
            at += 1
        position = post.position + shift
        if shift:
            moves.append(Move(position, post.id))
    moves += [Move(position + number, post.id) for number, post in enumerate(coming[at:], 1)]
    return moves[::-1]


def opening_move(left: Iterable[Stood]) -> Move | None:
    """What is left of a topic begins with an opening post: the first that is there comes to position 1."""
    first = next((post for post in left if post.is_there), None)
    return Move(1, first.id) if first is not None and first.position != 1 else None
