"""Reads of quoted posts: which of them say something else by now."""

from datetime import datetime
from typing import NamedTuple

from rostra.kernel.statements import Statement

AT_ONCE = 40


class EditedPost(NamedTuple):
    """A post that was edited, and when last."""

    id: int
    edited_at: datetime


# An edit of the title alone leaves the text as it was: the newest revision says the same as the post.
_EDITED = Statement(
    "topics.edited_among",
    EditedPost,
    f"""SELECT p.id, p.edited_at FROM topics_post p JOIN topics_topic t ON t.id = p.topic_id
        WHERE p.id IN ({", ".join(["%s"] * AT_ONCE)}) AND p.edited_at IS NOT NULL AND p.removed_at IS NULL
          AND t.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM topics_revision r
              WHERE r.post_id = p.id AND r.number = p.edit_count AND r.source = p.source)""",  # noqa: S608 - marks of ours
    sample=[1] * AT_ONCE,
)


def edited_among(posts: list[int]) -> dict[int, datetime]:
    """Of these posts, at most AT_ONCE, those whose text was edited, with the time of the last edit."""
    return dict(_EDITED.all(*posts, *[0] * (AT_ONCE - len(posts))))
