"""Cases follow the posts that they are about."""

from rostra.accounts.models import User
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.moderation.models import Case


def follow_posts(*, source: int, target: int, is_whole: bool) -> None:
    """Posts came into another topic: cases about them are about that one now. With a topic goes the lock on it."""
    with change(is_visible=False):
        Case.objects.filter(post__topic_id=target).exclude(topic_id=target).update(topic_id=target)
        Case.objects.filter(held__topic_id=target).exclude(topic_id=target).update(topic_id=target)
        if is_whole:
            locks = Case.objects.filter(kind=Case.Kind.LOCK_TOPIC, topic_id=source, reversed_at=None)
            members = list(locks.exclude(member=None).values_list("member_id", flat=True))
            locks.update(reversed_at=now())
            User.objects.filter(id__in=members).update(has_unseen_cases=True)
