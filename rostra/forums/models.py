"""The tree of categories and forums. Counts and last posts are kept here, so that no page counts."""

from django.db import models

from rostra.accounts.models import Group, User


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
    # As Django's hashers keep it; empty: none.
    password = models.CharField(max_length=200, blank=True, default="", db_default="")
    # Slow mode of its topics (`topics/pacing.py`): seconds between two posts of one member, and until when.
    slow_seconds = models.PositiveIntegerField(default=0, db_default=0)
    slow_until = models.DateTimeField(null=True)
    # Do the house rules of the forums above hold here too?
    inherits_rules = models.BooleanField(default=True, db_default=True)
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


class Role(models.Model):
    """A named set of values, given as one: change the role, and everybody who has it has the change."""

    name = models.CharField(max_length=60, unique=True)
    about = models.CharField(max_length=300, blank=True, default="")


class RoleValue(models.Model):
    """What a role gives of one capability: yes, no or never (`permissions/resolution.py`)."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="values")
    capability = models.CharField(max_length=30)
    value = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "capability"], name="role_value_once"),
            models.CheckConstraint(
                condition=models.Q(value__in=["yes", "no", "never"]), name="role_value_known"
            ),
        ]


class Grant(models.Model):
    """What a circle, a group or a member is given, in a forum or, without one, on the board: a value, or a role.

    A value stands before what a role gives at the same place. `key` says in one text what is given to whom and where,
    because a constraint over columns that may be NULL holds nothing.
    """

    key = models.CharField(max_length=120, unique=True)
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, null=True, related_name="grants")
    circle = models.CharField(max_length=10, blank=True, default="")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, related_name="+")
    member = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    capability = models.CharField(max_length=30, blank=True, default="")
    value = models.CharField(max_length=5, blank=True, default="")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, related_name="uses")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(circle="", group__isnull=False, member=None)
                | models.Q(circle="", group=None, member__isnull=False)
                | models.Q(circle__in=["guests", "members", "newcomers"], group=None, member=None),
                name="grant_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(role__isnull=False, capability="", value="")
                | models.Q(role=None, value__in=["yes", "no", "never"]) & ~models.Q(capability=""),
                name="grant_is_value_or_role",
            ),
        ]
