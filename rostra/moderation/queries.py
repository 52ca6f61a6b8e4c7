"""Reads of cases."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from rostra.kernel.statements import Statement, listed

MOST = 50
AT_ONCE = 20  # appeals on a page of the queue
FIRST = 2**62


class CaseRow(NamedTuple):
    """A case with its rule as it was worded then, and what came of an appeal."""

    id: int
    kind: str
    forum_id: int
    topic_id: int | None
    post_id: int | None
    held_id: int | None
    member_id: int | None
    member_name: str
    moderator_id: int | None
    moderator_name: str
    rule_number: int
    rule_version: int
    rule_text: str
    facts: str
    quoted: str
    ground: str
    source: str
    is_automated: bool
    points: int
    until: datetime | None
    decided_at: datetime
    reversed_at: datetime | None
    seen_at: datetime | None
    purged_at: datetime | None
    appealed_at: datetime | None
    appeal_words: str | None
    appeal_decided_at: datetime | None
    appeal_outcome: str | None
    appeal_reasons: str | None
    appeal_decider: str | None


FIELDS = """c.id, c.kind, c.forum_id, c.topic_id, c.post_id, c.held_id, c.member_id, c.member_name, c.moderator_id,
    c.moderator_name, r.number, v.version, v.text, c.facts, c.quoted, c.ground, c.source, c.is_automated, c.points, c.until,
    c.decided_at, c.reversed_at, c.seen_at, c.purged_at, a.made_at, a.words, a.decided_at, a.outcome, a.reasons, a.decider_name"""
FROM = """FROM moderation_case c JOIN houserules_ruleversion v ON v.id = c.rule_id JOIN houserules_houserule r ON r.id = v.rule_id
    LEFT JOIN moderation_appeal a ON a.case_id = c.id"""
_ONE = Statement("moderation.case", CaseRow, f"SELECT {FIELDS} {FROM} WHERE c.id = %s", sample=[1])
_OF_MEMBER = Statement(
    "moderation.cases_of_member",
    CaseRow,
    f"SELECT {FIELDS} {FROM} WHERE c.member_id = %s ORDER BY c.id DESC LIMIT {MOST}",
    sample=[1],
)
_LOG = Statement(
    "moderation.log",
    CaseRow,
    f"SELECT {FIELDS} {FROM} WHERE c.id < %s AND %s NOT LIKE '%%,' || c.forum_id || ',%%' ORDER BY c.id DESC LIMIT %s",
    sample=[FIRST, ",", MOST + 1],
)
_APPEALED = Statement(
    "moderation.appeals",
    CaseRow,
    f"""SELECT {FIELDS} FROM moderation_appeal a JOIN moderation_case c ON c.id = a.case_id
        JOIN houserules_ruleversion v ON v.id = c.rule_id JOIN houserules_houserule r ON r.id = v.rule_id
        WHERE a.decided_at IS NULL AND a.id > COALESCE((SELECT b.id FROM moderation_appeal b WHERE b.case_id = %s), 0)
        AND %s LIKE '%%,' || c.kind || ':' || c.forum_id || ',%%' ORDER BY a.id LIMIT {AT_ONCE + 1}""",  # noqa: S608 - names of ours
    sample=[1, ",ban:1,"],
)


class TextRow(NamedTuple):
    """The text that a case is about, whose it is, and the forum where it is now."""

    source: str
    markup: str
    forum_id: int
    author_id: int | None


_TEXT = Statement(
    "moderation.text_of_case",
    TextRow,
    """SELECT COALESCE(h.source, p.source), COALESCE(h.markup, p.markup), COALESCE(t.forum_id, c.forum_id),
           CASE WHEN h.id IS NULL THEN p.author_id ELSE h.author_id END
       FROM moderation_case c LEFT JOIN topics_topic t ON t.id = c.topic_id
       LEFT JOIN topics_held h ON h.id = c.held_id
       LEFT JOIN topics_post p ON p.id = COALESCE(
           c.post_id, (SELECT o.id FROM topics_post o WHERE o.topic_id = c.topic_id AND o.position = 1))
       WHERE c.id = %s AND (h.id IS NOT NULL OR p.id IS NOT NULL)""",
    sample=[1],
)


class GoneRow(NamedTuple):
    """A post that is away by a decision, as everybody may know: where it stood, by which case and rule."""

    position: int
    post_id: int
    case_id: int
    rule_number: int
    rule_text: str
    decided_at: datetime


_GONE = Statement(
    "moderation.gone",
    GoneRow,
    """SELECT p.position, p.id, c.id, r.number, v.text, c.decided_at FROM topics_post p
       JOIN moderation_hiding h ON h.post_id = p.id JOIN moderation_case c ON c.id = h.case_id
       JOIN houserules_ruleversion v ON v.id = c.rule_id JOIN houserules_houserule r ON r.id = v.rule_id
       WHERE p.topic_id = %s AND p.position > %s AND p.position <= %s AND p.removed_at IS NOT NULL ORDER BY p.position""",
    sample=[1, 0, 20],
)


def gone_between(topic_id: int, after: int, last: int) -> list[GoneRow]:
    """The posts of a topic behind a position, up to another one, that are away by a decision."""
    return _GONE.all(topic_id, after, last)


def text_of(case_id: int) -> TextRow | None:
    """The text that a case is about, also one that is away."""
    return _TEXT.first(case_id)


class NumberRow(NamedTuple):
    """The number of a case."""

    id: int


# What a decision took away: its topic with all posts, its post, or what its hidings name. Few appeals are open.
_NEEDED = Statement(
    "moderation.appeals_that_need_a_text",
    NumberRow,
    """SELECT b.id FROM moderation_appeal a JOIN moderation_case b ON b.id = a.case_id
       LEFT JOIN topics_held h ON h.id = b.held_id
       LEFT JOIN topics_post p ON p.id = COALESCE(b.post_id, h.post_id)
       JOIN moderation_hiding g ON g.topic_id = COALESCE(b.topic_id, p.topic_id) OR g.post_id = p.id OR g.held_id = b.held_id
       WHERE a.decided_at IS NULL AND b.id <> %s AND g.case_id = %s LIMIT 1""",
    sample=[1, 1],
)


def appeal_needs(case_id: int) -> int | None:
    """Another case whose open appeal is about a text that this one took away."""
    found = _NEEDED.first(case_id, case_id)
    return found.id if found else None


class FormerRow(NamedTuple):
    """What a case changed: the texts of an edit, the titles of an opening post."""

    source: str
    new_source: str
    title: str
    new_title: str


_FORMER = Statement(
    "moderation.former_of_case",
    FormerRow,
    "SELECT source, new_source, title, new_title FROM moderation_former WHERE case_id = %s",
    sample=[1],
)


def former_of(case_id: int) -> FormerRow | None:
    """What a case changed; None for one that changed no text and no place."""
    return _FORMER.first(case_id)


def case(case_id: int) -> CaseRow | None:
    """A case."""
    return _ONE.first(case_id)


def cases_of(member_id: int) -> list[CaseRow]:
    """The cases that concern a member, the newest first."""
    return _OF_MEMBER.all(member_id)


def log(before: int, closed: str, number: int = MOST) -> list[CaseRow]:
    """The newest cases with ids below `before`, none of the forums `closed`; one more than `number`, to know of more."""
    return _LOG.all(before, closed, number + 1)


def open_appeals(places: Iterable[tuple[str, int]], after: int = 0) -> list[CaseRow]:
    """The cases of these kinds in these forums that somebody must look at again, those that wait longest first, of those
    behind the case with this id; one more than a page holds."""
    return _APPEALED.all(after, f",{','.join(f'{kind}:{forum}' for kind, forum in places)},")


class EntryRow(NamedTuple):
    """A line of the moderators' log."""

    id: int
    at: datetime
    moderator_name: str
    what: str
    forum_id: int
    topic_id: int | None
    post_id: int | None
    case_id: int | None
    words: str


_ENTRIES = Statement(
    "moderation.entries",
    EntryRow,
    f"""SELECT {", ".join(EntryRow._fields)} FROM moderation_logentry WHERE id < %s AND %s LIKE '%%,' || forum_id || ',%%'
        ORDER BY id DESC LIMIT %s""",  # noqa: S608 - names of ours
    sample=[FIRST, ",", MOST + 1],
)
_ENTRIES_OF_FORUM = Statement(
    "moderation.entries_of_forum",
    EntryRow,
    f"""SELECT {", ".join(EntryRow._fields)} FROM moderation_logentry WHERE forum_id = %s AND id < %s
        ORDER BY id DESC LIMIT %s""",  # noqa: S608 - names of ours
    sample=[1, FIRST, MOST + 1],
)


def entries(before: int, forums: Iterable[int]) -> list[EntryRow]:
    """The newest lines with ids below `before` of these forums; one more than are shown, to know of more."""
    chosen = list(forums)
    if len(chosen) == 1:
        return _ENTRIES_OF_FORUM.all(chosen[0], before, MOST + 1)
    return _ENTRIES.all(before, listed(chosen), MOST + 1)
