"""What was taken away is deleted for good: the text, not the decision, which still says why."""

from django.db.models import Q

from rostra.accounts.actors import Actor
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, refuse
from rostra.moderation.actions import place_now
from rostra.moderation.events import TextPurged
from rostra.moderation.models import Case, Former
from rostra.moderation.policy import why_not_purge
from rostra.moderation.queries import case as case_row
from rostra.topics.purging import purge_post, purge_topic


def purge(*, moderator: Actor, forum: Node, case_id: int) -> None:
    """Delete for good what a decision took away. After that it cannot be taken back. Raises Refused by policy, Gone."""
    row = case_row(case_id)
    if row is None:
        raise Gone("")
    with change() as this:
        here = place_now(row, forum)
        found = Case.objects.select_for_update().get(id=case_id)
        seen = case_row(case_id)  # an appeal may have come meanwhile
        refuse(why_not_purge(moderator, seen or row, here))
        if found.kind == Case.Kind.REMOVE_TOPIC:
            purge_topic(topic_id=found.topic_id or 0)
        else:
            purge_post(post_id=found.post_id or 0)
        about = Q(case__post_id=found.post_id) if found.post_id else Q(case__post__topic_id=found.topic_id)
        Former.objects.filter(about, edit__gt=0).update(source="–", new_source="–", title="", new_title="")
        found.purged_at, found.quoted = now(), ""
        found.save(update_fields=["purged_at", "quoted"])
        this.record(TextPurged(case=case_id, moderator=moderator.id or 0))
