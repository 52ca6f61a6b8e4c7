"""What was taken away is deleted for good: the text, not the decision, which still says why."""

from typing import Any, NamedTuple

from django.db.models import Q

from rostra.accounts.actors import Actor
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, refuse
from rostra.moderation.actions import place_now
from rostra.moderation.events import TextPurged
from rostra.moderation.models import Case, Former, Hiding, LogEntry, Report, Timer
from rostra.moderation.policy import why_not_purge
from rostra.moderation.queries import case as case_row
from rostra.topics.models import Held, Post, Topic
from rostra.topics.purging import merged_into, purge_held, purge_post, purge_topic

_GONE = "–"  # where a column is not empty


class Away(NamedTuple):
    """What a decision took away: topics, posts with those of the topics, texts that waited. Each a query for numbers."""

    topics: Any
    posts: Any
    held: Any


def away_by(case_id: int) -> Away:
    """What a decision took away and keeps away."""
    hidings = Hiding.objects.filter(case_id=case_id)
    topics = Topic.objects.filter(id__in=hidings.exclude(topic=None).values("topic_id"))
    chosen = Q(id__in=hidings.exclude(post=None).values("post_id")) | Q(topic__in=topics.values("id"))
    posts = Post.objects.filter(chosen)
    waited = Q(id__in=hidings.exclude(held=None).values("held_id")) | Q(post__in=posts.values("id"))
    return Away(topics.values("id"), posts.values("id"), Held.objects.filter(waited).values("id"))


def purge(*, moderator: Actor, forum: Node, case_id: int) -> None:
    """Delete for good what a decision took away. After that it cannot be taken back. Raises Refused by policy, Gone."""
    row = case_row(case_id)
    if row is None:
        raise Gone("")
    away = away_by(case_id)
    about = Q(id=case_id) | Q(topic__in=away.topics) | Q(post__in=away.posts) | Q(held__in=away.held)
    with change() as this:
        here = place_now(row, forum)
        cases = Case.objects.filter(about)
        list(cases.select_for_update().order_by("id").values_list("id"))  # nobody appeals meanwhile
        refuse(why_not_purge(moderator, case_row(case_id) or row, here))
        _clear_traces(away)
        cases.update(quoted="")
        _purge_texts(case_id)
        Case.objects.filter(id=case_id).update(purged_at=now())
        this.record(TextPurged(case=case_id, moderator=moderator.id or 0))


def _clear_traces(away: Away) -> None:
    """What other decisions, reports and the log keep of the texts. What members say in an appeal is theirs."""
    formers = Former.objects.filter(case__post__in=away.posts, edit__gt=0)
    formers.update(source=_GONE, new_source=_GONE, title="", new_title="", edit_reason="")
    Report.objects.filter(post__in=away.posts).exclude(words="").update(words=_GONE)
    topics = [number for (number,) in away.topics.values_list("id")]
    topics += [number for topic in topics for number in merged_into(topic)]
    Timer.objects.filter(topic_id__in=topics).update(quoted="")
    LogEntry.objects.filter(topic_id__in=topics, post_id=None, case_id=None).update(words="")  # titles


def _purge_texts(case_id: int) -> None:
    for hiding in Hiding.objects.filter(case_id=case_id):
        if hiding.topic_id is not None:
            purge_topic(topic_id=hiding.topic_id)
        elif hiding.post_id is not None:
            purge_post(post_id=hiding.post_id)
        else:
            purge_held(held_id=hiding.held_id or 0)
