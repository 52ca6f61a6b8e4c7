"""Posts that were written, as the drafts they were, for trying house rules on them (`houserules/replay.py`)."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from rostra.board.queries import conventions_in_force
from rostra.forums.queries import Forest
from rostra.houserules.facts import Circumstances, Draft
from rostra.houserules.replay import Past
from rostra.kernel.statements import Statement
from rostra.markup import Conventions, Unfit
from rostra.markup import document as doc
from rostra.topics.renderings import document_of

WINDOW = 1_000  # posts read at once
EVERYTHING = 2**31
_HIGHEST = 2**63 - 1
_SECONDS_A_DAY = 86_400


class _PastRow(NamedTuple):
    id: int
    topic_id: int
    position: int
    created_at: datetime
    removed_at: datetime | None
    edit_count: int
    markup: str
    source: str
    author_id: int | None
    title: str
    forum_id: int
    joined_at: datetime | None
    author_posts: int | None


_PAST = Statement(
    "topics.past",
    _PastRow,
    """SELECT p.id, p.topic_id, p.position, p.created_at, p.removed_at, p.edit_count, p.markup, p.source, p.author_id,
              t.title, t.forum_id, u.joined_at, u.post_count
       FROM topics_post p JOIN topics_topic t ON t.id = p.topic_id LEFT JOIN accounts_user u ON u.id = p.author_id
       WHERE p.id < %s ORDER BY p.id DESC LIMIT %s""",
    sample=[1_000, 10],
)


def past_posts(
    forest: Forest, language: str, forum_id: int | None = None, most: int = EVERYTHING
) -> Iterator[Past]:
    """Posts of a forum, or of the board, the newest first, removed ones too: those among the `most` newest of the board,
    rounded up to thousands.

    What was known of an author then is not kept: the number of posts is today's, and groups are left out. The time since
    the author's last post, and replies in a row, are known as far as those posts are among the thousand before.
    Whoever withdrew a post is not told apart from the moderator who removed it.
    """
    before, conventions = _HIGHEST, conventions_in_force()
    while most > 0 and (rows := _PAST.all(before, WINDOW)):
        before, most = rows[-1].id, most - WINDOW
        rows.reverse()
        for row, known in reversed(list(zip(rows, _circumstances(rows, forest, language), strict=True))):
            if forum_id is None or row.forum_id == forum_id:
                yield Past(row.id, _draft(row, known, conventions), row.removed_at is not None)


def _circumstances(rows: list[_PastRow], forest: Forest, language: str) -> Iterator[Circumstances]:
    """What was known of each, the oldest first."""
    last: dict[int | None, datetime] = {}
    ends: dict[int, tuple[int | None, int]] = {}  # who wrote last in a topic, and how many posts in a row
    for row in rows:
        writer, in_a_row = ends.get(row.topic_id, (None, 0))
        is_same = row.author_id is not None and writer == row.author_id
        before = last.get(row.author_id) if row.author_id is not None else None
        yield Circumstances(
            kind="topic" if row.position == 1 else "reply",
            replies_in_a_row=in_a_row if is_same else 0,
            seconds_since_last=(row.created_at - before).total_seconds() if before else None,
            author_age_days=(row.created_at - row.joined_at).total_seconds() / _SECONDS_A_DAY
            if row.joined_at
            else 0.0,
            author_posts=row.author_posts or 0,
            is_first_post=row.position == 1,
            forums=_forums(row.forum_id, forest),
            language=language,
        )
        last[row.author_id] = row.created_at
        ends[row.topic_id] = row.author_id, in_a_row + 1 if is_same else 1


def _forums(forum_id: int, forest: Forest) -> frozenset[int]:
    node = forest.by_id.get(forum_id)
    return frozenset({forum_id, *(each.id for each in node.ancestors)} if node else {forum_id})


def _draft(row: _PastRow, known: Circumstances, conventions: Conventions) -> Draft:
    try:
        document = document_of(row.source, row.markup, conventions)
    except Unfit:  # it was taken once, and is shown as it was typed where no limit holds
        document = doc.Document([doc.Paragraph([doc.Words(row.source)])])
    return Draft(row.title if row.position == 1 else "", row.source, document, known)
