"""What rules found, counted by the hour; and rules that fall back to observing, for what they did."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from django.db import connection
from django.db.models import Count, Sum

from rostra.houserules.events import RuleFellBack
from rostra.houserules.models import HouseRule, RuleFound, RuleHit, RuleVersion
from rostra.houserules.rules import Fault, Rule, Verdict
from rostra.kernel.changes import Change, change
from rostra.kernel.clock import now
from rostra.kernel.statements import adapted

YOUNG = timedelta(hours=24)
LEAST_JUDGED, MOST_SHARE = 40, 0.05
LEAST_MEMBERS, MOST_OF_ONE = (
    5,
    3,
)  # nobody switches a rule off alone: whose texts, and how many of each, weigh
KEPT = timedelta(days=30)
_COUNT = """INSERT INTO houserules_rulehit (rule_id, version, hour_at, judged, hits) VALUES ROWS
    ON CONFLICT (rule_id, version, hour_at) DO UPDATE
    SET judged = houserules_rulehit.judged + 1, hits = houserules_rulehit.hits + excluded.hits"""


def note_hits(*, verdict: Verdict, rules: Iterable[Rule], author: int | None, text: str) -> None:
    """Count a text that was sent, whatever came of it. A rule that failed or was slow falls back, and so does a young one,
    of a version less than a day old, that found something in more than 5 per cent of at least 40 texts by five members
    or more; of one member three texts at most weigh against it.

    Call it once for each text that is sent, never for a preview. `text` says which text it is and where: one in which
    something was found is counted once, though its author sends it again.
    """
    versions = {rule.id: rule.version for rule in rules}
    found = {each.rule for each in (*verdict.findings, *verdict.observed) if not each.list}
    faults = {fault.rule: fault for fault in verdict.faults}
    counted = sorted(id for id in verdict.asked if isinstance(id, int) and id in versions)
    digest = blake2b(
        repr((text, [(id, versions[id]) for id in counted])).encode("utf-8", "replace"), digest_size=16
    )
    with change(is_visible=False) as this:
        hits = [(id, versions[id]) for id in counted if id in found]
        if not _was_counted(author, digest.hexdigest()):
            _count([(id, versions[id], id in found) for id in counted])
            _remember(author, digest.hexdigest(), hits)
            for id, version in hits:
                if _hits_too_much(id, version):
                    _fall_back(this, id, version, "hits")
        _fall_back_for_faults(this, faults, versions)


def forget_old_hits() -> int:
    """Drop the counts of more than 30 days ago, and in whose texts something was found more than a day ago; returns how
    many hours of rules the counts were."""
    with change(is_visible=False):
        RuleFound.objects.filter(found_at__lt=now() - YOUNG).delete()
        number, _ = RuleHit.objects.filter(hour_at__lt=now() - KEPT).delete()
    return number


def _count(posts: Sequence[tuple[int, int, bool]]) -> None:
    """Add a post to the counts of each rule and version, as a hit or not: one statement. The rows come in the order of
    their rules, so that two posts that are sent at once do not wait for each other in a circle."""
    if not posts:
        return
    hour = adapted(now().replace(minute=0, second=0, microsecond=0))
    rows = ", ".join(["(%s, %s, %s, 1, %s)"] * len(posts))
    values = [each for rule, version, is_hit in posts for each in (rule, version, hour, int(is_hit))]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.replace("ROWS", rows), values)


def _hits_too_much(rule_id: int, version: int) -> bool:
    made_at: datetime | None = (
        RuleVersion.objects.filter(rule_id=rule_id, version=version).values_list("made_at", flat=True).first()
    )
    if made_at is None or now() - made_at >= YOUNG:
        return False
    sums = RuleHit.objects.filter(rule_id=rule_id, version=version).aggregate(
        judged=Sum("judged"), hits=Sum("hits")
    )
    by_member = RuleFound.objects.filter(rule_id=rule_id, version=version).values("author_id")
    numbers = list(by_member.annotate(number=Count("id")).values_list("number", flat=True))
    judged, hits = sums["judged"] or 0, sum(min(number, MOST_OF_ONE) for number in numbers)
    weighed = judged - (sums["hits"] or 0) + hits
    return judged >= LEAST_JUDGED and len(numbers) >= LEAST_MEMBERS and hits > MOST_SHARE * weighed


def _was_counted(author: int | None, text: str) -> bool:
    return author is not None and RuleFound.objects.filter(author_id=author, text=text).exists()


def _remember(author: int | None, text: str, hits: Sequence[tuple[int, int]]) -> None:
    if author is None:
        return
    moment = now()
    rows = [
        RuleFound(rule_id=rule, version=version, author_id=author, text=text, found_at=moment)
        for rule, version in hits
    ]
    RuleFound.objects.bulk_create(rows, ignore_conflicts=True)


def _fall_back_for_faults(
    this: Change, faults: Mapping[int | str, Fault], versions: Mapping[int | str, int]
) -> None:
    for id, fault in faults.items():
        if isinstance(id, int) and id in versions:
            _fall_back(this, id, versions[id], fault.why)


def _fall_back(this: Change, rule_id: int, version: int, reason: str) -> None:
    """Have a rule observe until somebody decides; once, and not when it has a newer version."""
    rule = HouseRule.objects.filter(id=rule_id, version=version, is_active=True)
    stays = rule.exclude(mode=HouseRule.Mode.OBSERVE, observing_until=None)
    if stays.update(mode=HouseRule.Mode.OBSERVE, observing_until=None, fell_back=reason):
        this.is_visible = this.is_structural = True
        this.record(RuleFellBack(rule=rule_id, version=version, reason=reason))
