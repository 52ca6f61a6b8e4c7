"""The tree of categories and forums. Counts and last posts are kept here, so that no page counts."""

from django.db import models

from rostra.accounts.models import Group


class Forum(models.Model):
    """A node of the tree: a category holds forums, a forum holds topics and forums, a link leads elsewhere."""

    class Kind(models.TextChoices):
        """What a node is."""

        CATEGORY = "category"
        FORUM = "forum"
        LINK = "link"

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FORUM)
    place = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=60)
    description = models.TextField(blank=True, default="")
    rules = models.TextField(blank=True, default="")
    link = models.URLField(max_length=500, blank=True, default="")
    is_closed = models.BooleanField(default=False)
    moderator_groups = models.ManyToManyField(
        Group, through="ForumModerators", related_name="moderated_forums"
    )

    topic_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    # The last post, kept as plain values: topics stand above forums, so no foreign key may point there.
    last_post_id = models.BigIntegerField(null=True)
    last_post_at = models.DateTimeField(null=True)
    last_topic_id = models.BigIntegerField(null=True)
    last_topic_title = models.CharField(max_length=200, blank=True, default="")
    last_author_name = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["place", "id"]


class ForumModerators(models.Model):
    """A group that moderates a forum."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forum", "group"], name="forum_moderators_once")]
