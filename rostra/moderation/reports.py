"""Reports: made by members, seen by the moderators of the forum, decided for all who reported a post at once."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Node
from rostra.houserules.models import RuleVersion
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.kernel.statements import Statement, listed
from rostra.kernel.text import is_visible
from rostra.moderation.events import PostReported, ReportsClosed
from rostra.moderation.models import Case, Report
from rostra.moderation.reasons import rules_for
from rostra.permissions.capabilities import May
from rostra.topics.queries import PostSource

LONGEST_WORDS, MOST = 1_000, 50
AT_ONCE = 20  # reported posts on a page of the queue
CLAIMED_FOR = timedelta(minutes=30)


class _Head(NamedTuple):
    id: int
    post_id: int


class ReportRow(NamedTuple):
    """An open report with its post, or one's own with its outcome."""

    id: int
    post_id: int
    forum_id: int
    reporter_id: int
    reporter_name: str
    rule_id: int | None
    rule_number: int | None
    rule_text: str | None
    words: str
    made_at: datetime
    claimer_name: str
    claimed_at: datetime | None
    outcome: str
    closed_at: datetime | None
    case_id: int | None
    author_id: int | None
    author_name: str
    html: str

    @property
    def is_claimed(self) -> bool:
        """Is somebody at it now?"""
        return self.claimed_at is not None and now() - self.claimed_at < CLAIMED_FOR


_FIELDS = """e.id, e.post_id, e.forum_id, e.reporter_id, u.name, r.id, r.number, v.text, e.words, e.made_at, e.claimer_name, e.claimed_at,
    e.outcome, e.closed_at, e.case_id, p.author_id, p.author_name, p.html"""
_FROM = """FROM moderation_report e JOIN accounts_user u ON u.id = e.reporter_id JOIN topics_post p ON p.id = e.post_id
    LEFT JOIN houserules_ruleversion v ON v.id = e.rule_id LEFT JOIN houserules_houserule r ON r.id = v.rule_id"""
_HEADS = Statement(
    "moderation.reports_open",
    _Head,
    f"""SELECT e.id, e.post_id FROM moderation_report e
        WHERE e.closed_at IS NULL AND e.id > %s AND %s LIKE '%%,' || e.forum_id || ',%%' AND NOT EXISTS (
            SELECT 1 FROM moderation_report f WHERE f.post_id = e.post_id AND f.closed_at IS NULL AND f.id < e.id)
        ORDER BY e.id LIMIT {AT_ONCE + 1}""",  # noqa: S608 - a number of ours
    sample=[1, ",1,"],
)
_OPEN = Statement(
    "moderation.reports_of_posts",
    ReportRow,
    f"""SELECT {_FIELDS} {_FROM} WHERE e.closed_at IS NULL AND %s LIKE '%%,' || e.post_id || ',%%'
        ORDER BY e.id LIMIT {AT_ONCE * MOST}""",
    sample=[",1,"],
)
_OWN = Statement(
    "moderation.reports_of",
    ReportRow,
    f"SELECT {_FIELDS} {_FROM} WHERE e.reporter_id = %s ORDER BY e.id DESC LIMIT {MOST}",
    sample=[1],
)


class Reported(NamedTuple):
    """A post with its open reports, the oldest first; `turn` is the id of that one."""

    turn: int
    post_id: int
    reports: list[ReportRow]

    @property
    def rule(self) -> int | None:
        """The rule that most of the reports name, by its id."""
        named = Counter(row.rule_id for row in self.reports if row.rule_id is not None)
        return named.most_common(1)[0][0] if named else None


def reported_posts(forum_ids: Iterable[int], after: int = 0) -> list[Reported]:
    """The posts with open reports in these forums, those that wait longest first, of those whose turn is behind `after`;
    one more than a page holds."""
    heads = _HEADS.all(after, listed(forum_ids))
    found: dict[int, list[ReportRow]] = {head.post_id: [] for head in heads}
    for row in _OPEN.all(listed(found)) if found else ():
        found[row.post_id].append(row)
    return [Reported(head.id, head.post_id, found[head.post_id]) for head in heads]


def rule_reported(post_id: int) -> int | None:
    """The rule that most of the open reports of a post name, by its id."""
    return Reported(0, post_id, _OPEN.all(listed([post_id]))).rule


def reports_of(reporter_id: int) -> list[ReportRow]:
    """What a member reported, the newest first."""
    return _OWN.all(reporter_id)


def why_not_report(actor: Actor, post: PostSource, forum: Node) -> Refusal | None:
    """Why the actor may not report a post: nobody reports what is their own."""
    if not actor.is_member:
        return Refusal(_("Only members can report posts."), _("Sign in first."), must_sign_in=True)
    if post.author_id == actor.id:
        return Refusal(_("This post is your own."), _("You can edit it, or take it back."))
    if not forum_policy.may(actor, forum, May.REPORT):
        return Refusal(_("You may not report posts here."), "")
    return forum_policy.why_not_change(forum)


def report_post(*, reporter: Actor, post: PostSource, forum: Node, rule: int, words: str) -> Report:
    """Report a post, by a rule's id or in words; a second report of the same post replaces the first. Raises Refused, Invalid."""
    refuse(why_not_report(reporter, post, forum))
    known = next((row for row in rules_for(forum) if row.id == rule), None)
    good = words.replace("\r\n", "\n").replace("\0", "").strip()
    if known is None and not is_visible(good):
        raise Invalid(words=_("Say what is wrong with the post, or name a rule."))
    if len(good) > LONGEST_WORDS:
        raise Invalid(words=_("At most %(most)s characters, please.") % {"most": f"{LONGEST_WORDS:,}"})
    version = RuleVersion.objects.get(rule_id=known.id, version=known.version) if known else None
    with change(is_visible=False) as this:
        report, _is_new = Report.objects.update_or_create(
            post_id=post.id, reporter_id=reporter.id, closed_at=None,
            defaults={"forum_id": forum.id, "rule": version, "words": good, "made_at": now()},
        )  # fmt: skip
        this.record(PostReported(report=report.pk, post=post.id, reporter=reporter.id or 0))
    return report


def claim_reports(*, moderator: Actor, forum: Node, post_id: int) -> None:
    """Say that one is at it. Raises Refused."""
    refuse(forum_policy.why_not_moderate(moderator, forum, May.MOD_REPORTS))
    with change(is_visible=False):
        Report.objects.filter(post_id=post_id, forum_id=forum.id, closed_at=None).update(
            claimer_name=moderator.name, claimed_at=now()
        )


def decline_reports(*, moderator: Actor, forum: Node, post_id: int) -> int:
    """Close the open reports of a post without a decision against it; returns how many. Raises Refused."""
    refuse(forum_policy.why_not_moderate(moderator, forum, May.MOD_REPORTS))
    return close_reports(post_id=post_id, outcome=Report.Outcome.DECLINED, case=None)


def close_reports(*, post_id: int, outcome: Report.Outcome, case: Case | None) -> int:
    """Close the open reports of a post, and have those who made them told."""
    with change(is_visible=False) as this:
        found = list(Report.objects.select_for_update().filter(post_id=post_id, closed_at=None))
        Report.objects.filter(id__in=[report.pk for report in found]).update(
            outcome=outcome, closed_at=now(), case=case
        )
        User.objects.filter(id__in=[report.reporter_id for report in found]).update(has_unseen_cases=True)
        if found:
            this.record(ReportsClosed(post=post_id, is_agreed=outcome == Report.Outcome.AGREED))
    return len(found)


def follow_topic(*, topic_id: int, to: int) -> None:
    """A topic was moved: open reports of its posts are for the moderators of where it is now."""
    with change(is_visible=False):
        Report.objects.filter(post__topic_id=topic_id, closed_at=None).update(forum_id=to)


def close_for_gone(*, post_id: int = 0, topic_id: int = 0) -> None:
    """A post, or a topic with all its posts, is away: nothing is left to decide on."""
    posts = Report.objects.filter(closed_at=None).filter(Q(post_id=post_id) | Q(post__topic_id=topic_id))
    for post in sorted(set(posts.values_list("post_id", flat=True))):
        close_reports(post_id=post, outcome=Report.Outcome.GONE, case=None)
