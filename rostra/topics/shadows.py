"""Links that moved and merged topics left behind: reads."""

from datetime import datetime
from typing import NamedTuple

from rostra.kernel.clock import now
from rostra.kernel.statements import Statement

MOST_SHOWN = 20
_SAMPLE_TIME = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


class ShadowRow(NamedTuple):
    """Where a topic is now that was in this forum, and what it was called."""

    title: str
    id: int
    slug: str
    forum_id: int
    author_id: int | None


_SHADOWS = Statement(
    "topics.shadows",
    ShadowRow,
    """SELECT COALESCE(NULLIF(s.title, ''), t.title), t.id, t.slug, t.forum_id, t.author_id FROM topics_shadow s JOIN topics_topic t ON t.id = s.topic_id
       WHERE s.forum_id = %s AND s.until > %s AND t.forum_id <> s.forum_id AND t.removed_at IS NULL
       ORDER BY s.until DESC LIMIT %s""",
    sample=[1, _SAMPLE_TIME, MOST_SHOWN],
)


def shadows_in(forum_id: int) -> list[ShadowRow]:
    """The links that a forum shows now, those first that stay longest."""
    return _SHADOWS.all(forum_id, now(), MOST_SHOWN)
