"""Reads of quoted posts: which of them say something else by now."""

from datetime import datetime
from typing import NamedTuple

from rostra.kernel.statements import Statement

_AT_ONCE = 40


class EditedPost(NamedTuple):
    """A post that was edited, and when last."""

    id: int
    edited_at: datetime


_EDITED = Statement(
    "topics.edited_among",
    EditedPost,
    f"""SELECT id, edited_at FROM topics_post
        WHERE id IN ({", ".join(["%s"] * _AT_ONCE)}) AND edited_at IS NOT NULL AND removed_at IS NULL""",  # noqa: S608 - marks of ours
    sample=[1] * _AT_ONCE,
)


def edited_among(posts: list[int]) -> dict[int, datetime]:
    """Of these posts those that were edited, with the time of the last edit; a query for forty of them."""
    found: dict[int, datetime] = {}
    for start in range(0, len(posts), _AT_ONCE):
        asked = posts[start : start + _AT_ONCE]
        found.update(_EDITED.all(*asked, *[0] * (_AT_ONCE - len(asked))))
    return found
