"""Cases as CSV and JSON for authorities, in the terms of article 17 of the DSA (Regulation (EU) 2022/2065).

Columns in small letters with the values in capitals are attributes of statements of reasons as the Commission's DSA
Transparency Database takes them (https://transparency.dsa.ec.europa.eu/page/api-documentation); docs/case-export.md says
what each holds here, and which attributes a board must add by hand.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from rostra.kernel.clock import to_text
from rostra.kernel.statements import Statement
from rostra.moderation.models import Case
from rostra.moderation.pseudonyms import letters_of
from rostra.moderation.queries import FIELDS, FROM, CaseRow

AT_ONCE = 500  # rows that are read together: what an export holds in memory
LONG_AGO, FAR_AWAY = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
Record = dict[str, Any]


class Asked(NamedTuple):
    """Which cases: decided from `since` on and before `until`; and whether with names, addresses and ids of posts."""

    since: datetime = LONG_AGO
    until: datetime = FAR_AWAY
    has_names: bool = False


class _Row(NamedTuple):
    case: CaseRow
    topic_begun: datetime | None
    posted: datetime | None
    held: datetime | None


_OWN = len(CaseRow._fields)
_AFTER = Statement(
    "moderation.cases_to_export",
    _Row,
    f"""SELECT {FIELDS}, t.created_at, p.created_at, h.held_at {FROM} LEFT JOIN topics_topic t ON t.id = c.topic_id
        LEFT JOIN topics_post p ON p.id = c.post_id LEFT JOIN topics_held h ON h.id = c.held_id
        WHERE c.id > %s AND c.decided_at >= %s AND c.decided_at < %s ORDER BY c.id LIMIT %s""",
    sample=[1, LONG_AGO, FAR_AWAY, AT_ONCE],
    make=lambda columns: _Row(CaseRow._make(columns[:_OWN]), *columns[_OWN:]),
)

COLUMNS = (
    "puid", "kind", "decision_visibility", "decision_visibility_other", "decision_provision", "decision_account",
    "end_date_visibility_restriction", "end_date_service_restriction", "end_date_account_restriction", "decision_ground",
    "illegal_content_legal_ground", "illegal_content_explanation", "incompatible_content_ground",
    "incompatible_content_explanation", "category", "content_type", "content_date", "application_date", "decision_facts",
    "source_type", "automated_detection", "automated_decision", "quoted", "rule_number", "rule_version", "points",
    "decided_at", "until", "reversed_at", "appealed_at", "appeal_decided_at", "appeal_outcome", "forum", "member",
    "moderator", "topic", "post",
)  # fmt: skip
_VISIBILITY: dict[str, str] = {
    Case.Kind.REFUSE_TEXT: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Case.Kind.REMOVE_POST: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Case.Kind.REMOVE_TOPIC: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Case.Kind.LOCK_TOPIC: "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
    Case.Kind.LOCK_POST: "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
    Case.Kind.SPAM: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Case.Kind.MOVE_TOPIC: "DECISION_VISIBILITY_CONTENT_DISABLED",
}
_OTHER = "DECISION_VISIBILITY_OTHER"
_ELSEWHERE = {
    Case.Kind.WARN,
    Case.Kind.MUTE,
    Case.Kind.BAN,
    Case.Kind.BAN_FORUM,
}  # what they restrict is not the text
_PARTIAL = {Case.Kind.MUTE, Case.Kind.BAN_FORUM}
_SUSPENDED = {Case.Kind.BAN, Case.Kind.SPAM}
_SOURCES = {"own": "SOURCE_VOLUNTARY", "rule": "SOURCE_VOLUNTARY", "order": "SOURCE_TYPE_OTHER_NOTIFICATION"}


def _decision(row: CaseRow) -> Record:
    """What is restricted; a kind that none of their values fits is one of the others, by its name here."""
    until = _day(row.until)
    visibility = "" if row.kind in _ELSEWHERE else _VISIBILITY.get(row.kind, _OTHER)
    return {
        "decision_visibility": [visibility] if visibility else [],
        "decision_visibility_other": row.kind if visibility == _OTHER else "",
        "decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION" if row.kind in _PARTIAL else "",
        "decision_account": "DECISION_ACCOUNT_SUSPENDED" if row.kind in _SUSPENDED else "",
        "end_date_visibility_restriction": until if visibility else "",
        "end_date_service_restriction": until if row.kind in _PARTIAL else "",
        "end_date_account_restriction": until if row.kind in _SUSPENDED else "",
    }  # fmt: skip


def _ground(row: CaseRow, facts: str) -> Record:
    is_law = row.ground == Case.Ground.LAW
    return {
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT" if is_law else "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "illegal_content_legal_ground": row.rule_text if is_law else "",
        "illegal_content_explanation": facts if is_law else "",
        "incompatible_content_ground": "" if is_law else row.rule_text,
        "incompatible_content_explanation": "" if is_law else facts,
        "category": "" if is_law else "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    }  # fmt: skip


def _finding(row: CaseRow) -> Record:
    by_notice = "SOURCE_ARTICLE_16" if row.ground == Case.Ground.LAW else "SOURCE_TYPE_OTHER_NOTIFICATION"
    is_found_by_machine = row.source == Case.Source.RULE
    return {
        "source_type": _SOURCES.get(row.source, by_notice),
        "automated_detection": "Yes" if is_found_by_machine else "No",
        "automated_decision": "AUTOMATED_DECISION_PARTIALLY" if row.is_automated else "AUTOMATED_DECISION_NOT_AUTOMATED",
    }  # fmt: skip


def _record(row: _Row, *, has_names: bool) -> Record:
    case = row.case
    says = _Speech(case, has_names=has_names)
    facts = says.masked(case.facts)
    return {
        "puid": f"case-{case.id}",
        "kind": case.kind,
        **_decision(case),
        **_ground(case, facts),
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_date": _day(row.held or row.posted or row.topic_begun),
        "application_date": _day(case.decided_at),
        "decision_facts": facts,
        **_finding(case),
        "quoted": says.masked(case.quoted),
        "rule_number": case.rule_number,
        "rule_version": case.rule_version,
        "points": case.points,
        "decided_at": _time(case.decided_at),
        "until": _time(case.until),
        "reversed_at": _time(case.reversed_at),
        "appealed_at": _time(case.appealed_at),
        "appeal_decided_at": _time(case.appeal_decided_at),
        "appeal_outcome": case.appeal_outcome or "",
        "forum": case.forum_id,
        "member": says.member,
        "moderator": says.moderator,
        "topic": case.topic_id if has_names else None,
        "post": case.post_id if has_names else None,
    }


class _Speech:
    """What people are called in an export: without names the same letters for the same person, in free text too."""

    def __init__(self, case: CaseRow, *, has_names: bool) -> None:
        self.member, self.moderator = case.member_name, case.moderator_name
        self._instead: dict[str, str] = {}
        if not has_names:
            self.member = f"Member {letters_of('member', case.member_name, 8)}"
            self.moderator = f"Moderator {letters_of('moderator', case.moderator_name, 4)}"
            self._instead = {
                case.moderator_name.casefold(): self.moderator, case.member_name.casefold(): self.member,
            }  # fmt: skip

    def masked(self, text: str) -> str:
        """Without the names of both sides; others that a moderator wrote down stay."""
        if not self._instead:
            return text
        names = "|".join(map(re.escape, sorted(self._instead, key=len, reverse=True)))
        return re.sub(
            rf"(?<!\w)(?:{names})(?!\w)",
            lambda found: self._instead.get(found[0].casefold(), self.member),
            text,
            flags=re.IGNORECASE,
        )


def records(asked: Asked) -> Iterator[Record]:
    """The cases, in the order in which they were decided; at most AT_ONCE of them are in memory."""
    after = 0
    while rows := _AFTER.all(after, asked.since, asked.until, AT_ONCE):
        yield from (_record(row, has_names=asked.has_names) for row in rows)
        after = rows[-1].case.id


def as_csv(asked: Asked) -> Iterator[str]:
    """Lines of CSV (RFC 4180), the names of the columns first. No cell is a formula to a spreadsheet."""
    yield _line(list(COLUMNS))
    for record in records(asked):
        yield _line([record[name] for name in COLUMNS])


def as_json(asked: Asked) -> Iterator[str]:
    """One array of objects, in pieces."""
    before = "[\n"
    for record in records(asked):
        yield before + json.dumps(record, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


WRITERS: dict[str, Callable[[Asked], Iterator[str]]] = {"csv": as_csv, "json": as_json}


def day_after(day: datetime) -> datetime:
    """The end of a period that has this day in it."""
    return day + timedelta(days=1)


def _line(cells: list[Any]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([_cell(cell) for cell in cells])
    return written.getvalue()


# What spreadsheets take for the beginning of a formula, also behind space and in full width (OWASP, “CSV Injection”).
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def _cell(value: Any) -> str:
    text = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _day(moment: datetime | None) -> str:
    return moment.astimezone(UTC).date().isoformat() if moment is not None else ""


def _time(moment: datetime | None) -> str:
    return to_text(moment) if moment is not None else ""
