"""Slow mode: the least time between two posts of one member in a topic, set for the topic or for all of a forum.

Where both are set, the longer one holds. Moderators of the forum are not slowed. A post that was removed, or taken
back, counts like any other: otherwise it could be followed by another at once.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums import policy as forum_policy
from rostra.forums.models import Forum
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refusal, refuse
from rostra.kernel.statements import Statement
from rostra.permissions.capabilities import May
from rostra.topics.events import ForumSlowed, TopicSlowed
from rostra.topics.models import Topic
from rostra.topics.queries import TopicRow

PACES = (0, 5 * 60, 15 * 60, 60 * 60, 4 * 60 * 60, 24 * 60 * 60)


class Pace(NamedTuple):
    """The seconds between two posts of one member, and until when that holds."""

    seconds: int
    until: datetime | None = None


class _Written(NamedTuple):
    created_at: datetime


_THERE = Statement(
    "topics.last_written_by",
    _Written,
    """SELECT created_at FROM topics_post WHERE topic_id = %s AND author_id = %s AND removed_at IS NULL
       ORDER BY position DESC LIMIT 1""",
    sample=[1, 1],
)
_AWAY = Statement(
    "topics.removed_of",
    _Written,
    "SELECT created_at FROM topics_post WHERE topic_id = %s AND removed_at > %s AND author_id = %s LIMIT 200",
    sample=[1, datetime.fromisoformat("2026-01-01T00:00:00+00:00"), 1],
)


def told_paces() -> dict[int, str]:
    """The paces that can be chosen, in words."""
    return {
        0: _("off"), 300: _("one post every 5 minutes"), 900: _("one post every 15 minutes"), 3600: _("one post an hour"),
        14_400: _("one post every 4 hours"), 86_400: _("one post a day"),
    }  # fmt: skip


def pace_of(topic: TopicRow, forum: Node) -> Pace | None:
    """The pace that holds in a topic now; None where nobody is slowed."""
    at = now()
    known = (Pace(topic.slow_seconds, topic.slow_until), Pace(*forum.slow))
    return max((each for each in known if each.seconds and (each.until is None or at < each.until)), default=None,
               key=lambda each: each.seconds)  # fmt: skip


def why_not_yet(actor: Actor, topic: TopicRow, forum: Node) -> Refusal | None:
    """Why a member who wrote in a slow topic must wait. It asks the database where a topic is slow, and only there."""
    pace = pace_of(topic, forum)
    if pace is None or actor.id is None or forum_policy.is_moderator(actor, forum):
        return None
    wait = timedelta(seconds=pace.seconds)
    last = _last_written_at(topic.id, actor.id, now() - wait)
    if last is None or now() >= last + wait:
        return None
    return Refusal(
        _("This topic is in slow mode: %(pace)s.") % {"pace": told_paces()[pace.seconds]},
        _("Your drafts stay."),
        begins_at=min(last + wait, pace.until) if pace.until else last + wait,
    )


def _last_written_at(topic_id: int, author_id: int, since: datetime) -> datetime | None:
    """When somebody last wrote in a topic; what was removed after `since` counts too."""
    found = (*_THERE.all(topic_id, author_id), *_AWAY.all(topic_id, since, author_id))
    return max((row.created_at for row in found), default=None)


def slow_topic(*, moderator: Actor, topic: TopicRow, forum: Node, pace: Pace) -> None:
    """Set the pace of a topic, or end it with 0 seconds. Raises Refused by policy, Invalid by field, Gone."""
    refuse(forum_policy.why_not_moderate(moderator, forum, May.MOD_LOCK))
    fields = _checked(pace)
    with change() as this:
        if not Topic.objects.filter(id=topic.id, forum_id=forum.id).update(**fields):
            raise Gone(_("This topic was moved to another forum meanwhile. Open it again."))
        this.record(TopicSlowed(topic=topic.id, seconds=pace.seconds, moderator=moderator.id or 0))


def slow_forum(*, moderator: Actor, forum: Node, pace: Pace) -> None:
    """Set the pace of all topics of a forum, not of those below it. Raises Refused by policy, Invalid by field."""
    refuse(forum_policy.why_not_moderate(moderator, forum, May.MOD_LOCK))
    fields = _checked(pace)
    if forum.kind != Forum.Kind.FORUM:
        raise Invalid(pace=_("“%(forum)s” holds no topics of its own.") % {"forum": forum.name})
    with change(is_structural=True) as this:
        Forum.objects.filter(id=forum.id).update(**fields)
        this.record(ForumSlowed(forum=forum.id, seconds=pace.seconds, moderator=moderator.id or 0))


def _checked(pace: Pace) -> dict[str, object]:
    if pace.seconds not in PACES:
        raise Invalid(pace=_("Choose one of the paces of the list."))
    if pace.seconds and pace.until is not None and pace.until <= now():
        raise Invalid(until=_("This time is over: name a later one, or leave the field empty."))
    return {"slow_seconds": pace.seconds, "slow_until": pace.until if pace.seconds else None}
