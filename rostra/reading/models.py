"""What a reader has read: a high-water mark for each topic, and one for each forum below which all is read."""

from django.db import models

from rostra.accounts.models import User
from rostra.forums.models import Forum
from rostra.kernel.clock import now
from rostra.topics.models import Topic


class TopicMark(models.Model):
    """A reader has read a topic up to this position.

    A topic that is ignored is never unread. While it is, and afterwards until all of it was read, its forum's mark says
    nothing of it: that moves on as if the topic were not there, and what was unread before must be unread again.
    """

    class Standing(models.IntegerChoices):
        """What else counts besides the position."""

        WITH_FORUM = 0  # the forum's mark too
        APART = 1  # the position only
        IGNORED = 2

    reader = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE)
    position = models.PositiveIntegerField()
    standing = models.PositiveSmallIntegerField(choices=Standing, default=Standing.WITH_FORUM, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "topic"], name="topic_mark_once")]
        indexes = [
            models.Index(
                fields=["reader", "standing"], name="topic_mark_standing", condition=models.Q(standing__gt=0)
            )
        ]


class ForumMark(models.Model):
    """A reader has read everything in a forum that was posted up to this time."""

    reader = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE)
    read_at = models.DateTimeField()
    # When it was set: it says nothing of a topic that came into the forum later.
    marked_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "forum"], name="forum_mark_once")]
