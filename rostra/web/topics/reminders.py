"""What whoever writes a post is told beforehand: its limits, how old the talk is, that the last word was one's own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from rostra.accounts.actors import Actor
from rostra.board.queries import OwnTagRow, own_tags
from rostra.forums.queries import Node
from rostra.kernel.clock import now
from rostra.topics import policy
from rostra.topics.pacing import pace_of, told_paces
from rostra.topics.queries import PostRow, TopicRow
from rostra.web.requests import Request, stamp_of

_MONTH = timedelta(days=30.44)


class Limits(NamedTuple):
    """The fewest and the most characters of a post, the markup that it is written in, and the board's own tags in it."""

    least: int
    most: int
    markup: str
    tags: Sequence[OwnTagRow] = ()


class Reminders(NamedTuple):
    """When the last post was written, if that is long ago, and its number, if it is one's own and can be edited;
    the pace of a slow topic in words, and until when it holds."""

    last_post_at: datetime | None
    own_post: int | None
    pace: str = ""
    slow_until: datetime | None = None


def post_limits(request: Request, markup: str = "") -> Limits:
    """How short and how long a post may be, and how it is written: a new one as the board says."""
    own = settings.ROSTRA
    markup = markup or own.markup
    tags = own_tags(stamp_of(request).structure) if markup in ("bbcode", "both") else ()
    return Limits(own.post_minimum, own.post_characters, markup, tags)


def reminders(actor: Actor, topic: TopicRow, forum: Node, newest: PostRow | None) -> Reminders:
    """Before a reply. Nothing of it stops anybody. `newest` may also be an older post: then nothing is said of it."""
    months = settings.ROSTRA.old_topic_months
    is_old = bool(months) and now() - topic.last_post_at > months * _MONTH
    is_own = (
        newest is not None
        and actor.is_member
        and (newest.author_id, newest.position) == (actor.id, topic.newest_position)
        and policy.why_not_edit(actor, newest, topic, forum) is None
    )
    pace = pace_of(topic, forum)
    return Reminders(
        topic.last_post_at if is_old else None,
        newest.id if newest and is_own else None,
        told_paces()[pace.seconds] if pace else "",
        pace.until if pace else None,
    )
