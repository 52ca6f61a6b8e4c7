"""House rules, texts that wait, and what moderators decided."""

import json
from collections.abc import Iterator

from rostra.exporters.records import CHUNK, Record, slim, time
from rostra.houserules.models import HouseRule, RuleVersion
from rostra.kernel.clock import to_text
from rostra.moderation.models import Appeal, Case, Former, Hiding, Report
from rostra.topics.models import Held, PostMark


def rules() -> Iterator[Record]:
    """Rules by id, repealed ones too, each with all that it said."""
    for rule in HouseRule.objects.order_by("id"):
        versions = RuleVersion.objects.filter(rule=rule).order_by("version")
        yield slim({
            "type": "rule", "id": rule.pk, "forum": rule.forum_id, "number": rule.number,
            "active": None if rule.is_active else False, "observes": rule.mode == HouseRule.Mode.OBSERVE,
            "until": time(rule.observing_until), "fell_back": rule.fell_back,
            "versions": [_version(each) for each in versions],
        })  # fmt: skip


def _version(said: RuleVersion) -> Record:
    check = json.loads(said.checked) if said.checked else None
    return slim({"text": said.text, "check": check, "author": said.author_id, "made": to_text(said.made_at)})


def held_texts() -> Iterator[Record]:
    """Texts that wait or waited, by id."""
    for held in Held.objects.order_by("id").iterator(CHUNK):
        yield slim({
            "type": "held", "id": held.pk, "kind": held.kind, "forum": held.forum_id, "topic": held.topic_id,
            "post": held.post_id, "base": held.base, "author": held.author_id, "title": held.title,
            "markup": held.markup, "findings": json.loads(held.findings) if held.findings else [],
            "contested": held.is_contested, "held": to_text(held.held_at), "state": held.get_state_display(),
            "decided": time(held.decided_at), "decider": held.decider_id, "body": held.source,
        })  # fmt: skip


def marks() -> Iterator[Record]:
    """What moderators put beside posts, by post."""
    for mark in PostMark.objects.order_by("post_id").iterator(CHUNK):
        yield slim({
            "type": "mark", "post": mark.post_id, "notice": mark.notice, "noticed": time(mark.noticed_at),
            "noticer": mark.noticer_id, "noticer_name": mark.noticer_name, "locked": mark.is_locked,
        })  # fmt: skip


def cases() -> Iterator[Record]:
    """Cases by id, then what is away by which, appeals by case, reports by id."""
    for case in Case.objects.select_related("rule").order_by("id").iterator(CHUNK):
        yield slim({
            "type": "case", "id": case.pk, "kind": case.kind, "forum": case.forum_id, "topic": case.topic_id,
            "post": case.post_id, "held": case.held_id, "member": case.member_id, "member_name": case.member_name,
            "moderator": case.moderator_id, "moderator_name": case.moderator_name, "rule": case.rule.rule_id,
            "version": case.rule.version, "facts": case.facts, "quoted": case.quoted, "ground": case.ground,
            "source": case.source, "automated": case.is_automated, "points": case.points, "until": time(case.until),
            "decided": time(case.decided_at), "reversed": time(case.reversed_at), "seen": time(case.seen_at), "purged": time(case.purged_at),
        })  # fmt: skip
    for away in Hiding.objects.order_by("case_id", "id").iterator(CHUNK):
        about = {"post": away.post_id, "topic": away.topic_id, "held": away.held_id}
        yield slim({"type": "hiding", "case": away.case_id, **about})
    for former in Former.objects.order_by("case_id").iterator(CHUNK):
        yield slim({
            "type": "former", "case": former.case_id, "edit": former.edit, "body": former.source, "new_body": former.new_source,
            "title": former.title, "new_title": former.new_title, "edited": time(former.edited_at), "editor": former.editor_name,
            "reason": former.edit_reason, "forum": former.forum_id, "new_forum": former.new_forum_id, "moved": time(former.moved_at),
        })  # fmt: skip
    for appeal in Appeal.objects.order_by("case_id").iterator(CHUNK):
        yield slim({
            "type": "appeal", "case": appeal.case_id, "words": appeal.words, "made": to_text(appeal.made_at),
            "first_decider": appeal.first_decider, "decider": appeal.decider_id, "decider_name": appeal.decider_name,
            "outcome": appeal.outcome, "reasons": appeal.reasons, "decided": time(appeal.decided_at),
        })  # fmt: skip


def reports() -> Iterator[Record]:
    """Reports by id."""
    for report in Report.objects.select_related("rule").order_by("id").iterator(CHUNK):
        yield slim({
            "type": "report", "id": report.pk, "post": report.post_id, "forum": report.forum_id,
            "reporter": report.reporter_id, "rule": report.rule.rule_id if report.rule else None,
            "version": report.rule.version if report.rule else None, "words": report.words,
            "made": to_text(report.made_at), "claimer": report.claimer_name, "claimed": time(report.claimed_at),
            "outcome": report.outcome, "closed": time(report.closed_at), "case": report.case_id,
        })  # fmt: skip
