"""Reads of texts that wait for a moderator."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from rostra.kernel.statements import Statement, listed

MOST = 50
AT_ONCE = 20  # texts on a page of the queue


class HeldRow(NamedTuple):
    """A text that waits, or waited, with its author and what it is for."""

    id: int
    kind: str
    forum_id: int
    topic_id: int | None
    post_id: int | None
    author_id: int
    author_name: str
    author_posts: int
    title: str
    markup: str
    source: str
    findings: str
    is_contested: bool
    held_at: datetime
    state: int
    topic_title: str | None
    topic_slug: str | None

    @property
    def told(self) -> list[dict[str, Any]]:
        """What the rules said of it."""
        found: list[dict[str, Any]] = json.loads(self.findings) if self.findings else []
        return found


_FIELDS = """h.id, h.kind, h.forum_id, h.topic_id, h.post_id, h.author_id, u.name, u.post_count, h.title, h.markup, h.source,
    h.findings, h.is_contested, h.held_at, h.state, t.title, t.slug"""
_FROM = "FROM topics_held h JOIN accounts_user u ON u.id = h.author_id LEFT JOIN topics_topic t ON t.id = h.topic_id"
_WAITING = Statement(
    "topics.held_in_forums",
    HeldRow,
    f"""SELECT {_FIELDS} {_FROM} WHERE h.state = 0 AND h.id > %s AND %s LIKE '%%,' || h.forum_id || ',%%'
        ORDER BY h.id LIMIT {AT_ONCE + 1}""",
    sample=[1, ",1,"],
)
_OWN = Statement(
    "topics.held_of_author",
    HeldRow,
    f"SELECT {_FIELDS} {_FROM} WHERE h.author_id = %s ORDER BY h.held_at DESC LIMIT {MOST}",
    sample=[1],
)


def waiting_in(forum_ids: Iterable[int], after: int = 0) -> list[HeldRow]:
    """The texts that wait longest in these forums, of those behind the one with this id; one more than a page holds."""
    return _WAITING.all(after, listed(forum_ids))


def held_of(author_id: int) -> list[HeldRow]:
    """One's own texts that wait or waited, the newest first."""
    return _OWN.all(author_id)


def rule_named(findings: str) -> str:
    """The id of the first rule that found something in a text that waits, as a form has it; empty for none."""
    told: list[dict[str, Any]] = json.loads(findings) if findings else []
    return next((str(each["rule"]) for each in told if isinstance(each["rule"], int)), "")
