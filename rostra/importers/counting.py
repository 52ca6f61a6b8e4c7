"""Setting every kept count from the rows themselves, after a bulk load."""

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Sum

from rostra.accounts.models import Group, User
from rostra.board.actions import recount
from rostra.forums.models import Forum, ForumModerators
from rostra.houserules.models import HouseRule
from rostra.kernel.changes import change
from rostra.moderation.models import Case, Report
from rostra.topics.counts import refresh_forum
from rostra.topics.models import Held, Participant, Post, Topic

_STATEMENTS = (
    """UPDATE forums_forum SET topic_count = (SELECT COUNT(*) FROM topics_topic
       WHERE topics_topic.forum_id = forums_forum.id AND topics_topic.removed_at IS NULL),
       post_count = (SELECT COALESCE(SUM(topics_topic.post_count), 0) FROM topics_topic
       WHERE topics_topic.forum_id = forums_forum.id AND topics_topic.removed_at IS NULL)""",
    """UPDATE accounts_user SET post_count = (SELECT COUNT(*) FROM topics_post
       WHERE topics_post.author_id = accounts_user.id AND topics_post.removed_at IS NULL)""",
    """UPDATE topics_topic SET newest_position = COALESCE(
       (SELECT position FROM topics_post WHERE topics_post.id = topics_topic.last_post_id), last_position)""",
    "DELETE FROM topics_participant",
    """INSERT INTO topics_participant (topic_id, author_id, post_count, last_post_id)
       SELECT topic_id, author_id, COUNT(*), MAX(id) FROM topics_post
       WHERE removed_at IS NULL AND author_id IS NOT NULL GROUP BY topic_id, author_id""",
)

# Their rows come with their ids: the database counts on from the highest.
_WITH_IDS = [
    Group, User, Forum, ForumModerators, Topic, Post, Participant, HouseRule, Held, Case, Report,
]  # fmt: skip


def drop_empty_topics() -> None:
    """Topics that never got a post go when their file is finished: nothing could be shown of them."""
    with change(is_structural=True):
        Topic.objects.filter(last_position=0, merged_post_id=None).delete()


def recount_everything() -> None:
    """Counts of people, forums and the board, and the next ids."""
    with change(is_structural=True):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ANALYZE")  # or it plans for the empty tables of a moment ago
            next_ids = connection.ops.sequence_reset_sql(no_style(), _WITH_IDS)
            for statement in (*_STATEMENTS, *next_ids):
                cursor.execute(statement)
        for forum_id in Forum.objects.values_list("id", flat=True):
            refresh_forum(forum_id=forum_id)
        topics = Topic.objects.filter(removed_at=None)
        newest = (
            User.objects.filter(is_waiting=False)
            .order_by("-joined_at", "-id")
            .values_list("name", flat=True)
            .first()
            or ""
        )
        recount(
            posts=topics.aggregate(sum=Sum("post_count"))["sum"] or 0,
            topics=topics.filter(last_position__gt=0).count(),
            members=User.objects.filter(is_active=True, is_waiting=False).count(),
            newest_member=newest,
        )
