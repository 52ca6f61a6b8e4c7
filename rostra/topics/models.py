"""Topics, posts, revisions and submissions: one package, because they share invariants.

A post keeps its `position` in the topic for ever. A removed post leaves a gap instead of moving all that came
after it, so the page of a post, and the address of that page, never changes (docs/decisions/0004).
"""

from django.db import models
from django.db.models import Q

from rostra.accounts.models import User
from rostra.forums.models import Forum


class Topic(models.Model):
    """A discussion. What lists show of it is kept in its row."""

    class Kind(models.IntegerChoices):
        """Where a topic stands in its forum's list."""

        NORMAL = 0, "normal"
        STICKY = 1, "sticky"
        ANNOUNCEMENT = 2, "announcement"

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, db_index=False)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="topics")
    author_name = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=60)
    kind = models.PositiveSmallIntegerField(choices=Kind, default=Kind.NORMAL)
    is_locked = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    post_count = models.PositiveIntegerField(default=0)
    last_position = models.PositiveIntegerField(default=0)
    # Of the newest post that is there: what a reader must have seen to have read all.
    newest_position = models.PositiveIntegerField(default=0, db_default=0)
    moved_at = models.DateTimeField(null=True)
    # Of a topic that went into another one: what was its opening post, which leads to where all of it is now.
    merged_post_id = models.BigIntegerField(null=True)
    view_count = models.PositiveBigIntegerField(default=0)
    last_post_id = models.BigIntegerField(null=True)
    last_post_at = models.DateTimeField()
    last_author_name = models.CharField(max_length=60, blank=True, default="")
    last_excerpt = models.CharField(max_length=1000, blank=True, default="")
    # Slow mode (`pacing.py`): seconds between two posts of one member, and until when.
    slow_seconds = models.PositiveIntegerField(default=0, db_default=0)
    slow_until = models.DateTimeField(null=True)
    # Something will be done to it at a time (`moderation/timers.py`): other topics need no look at that table.
    is_timed = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["forum", "kind", "last_post_at", "id"],
                name="topic_list",
                condition=Q(removed_at=None),
            ),
            models.Index(fields=["last_post_at", "id"], name="topic_recent", condition=Q(removed_at=None)),
            models.Index(
                fields=["forum", "moved_at"],
                name="topic_moved",
                condition=Q(removed_at=None, moved_at__isnull=False),
            ),
            models.Index(
                fields=["last_post_at", "id"],
                name="topic_unanswered",
                condition=Q(removed_at=None, post_count=1),
            ),
            models.Index(fields=["author", "id"], name="topic_by_author", condition=Q(removed_at=None)),
            models.Index(fields=["forum", "id"], name="topic_begun"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[0, 1, 2]), name="topic_kind_known"),
            models.CheckConstraint(
                condition=Q(post_count__lte=models.F("last_position")), name="topic_counts_its_posts"
            ),
        ]


class Shadow(models.Model):
    """A link that a topic left behind in the forum it was in, for some days. `title`: of one that was merged, its own."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, db_index=False, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forum", "topic"], name="shadow_once")]
        indexes = [models.Index(fields=["forum", "until"], name="shadow_shown")]


class Post(models.Model):
    """One contribution. `html` is rendered once, when it is written; what no page reads stands behind it."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, db_index=False)
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, db_index=False, related_name="posts"
    )
    author_name = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    edit_count = models.PositiveIntegerField(default=0)
    editor_name = models.CharField(max_length=60, blank=True, default="")
    edit_reason = models.CharField(max_length=200, blank=True, default="")
    removed_at = models.DateTimeField(null=True)
    markup = models.CharField(max_length=10, default="markdown")
    parser_version = models.PositiveSmallIntegerField(default=0)
    html = models.TextField()
    source = models.TextField()
    # All words, and the facts as JSON (`renderings.py`): for search and rules, not for pages.
    text = models.TextField(blank=True, default="", db_default="")
    facts = models.TextField(blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["author", "id"], name="post_by_author", condition=Q(removed_at=None)),
            models.Index(
                fields=["topic", "author", "position"],
                name="post_by_author_in_topic",
                condition=Q(removed_at=None),
            ),
            models.Index(fields=["author", "id"], name="post_removed", condition=Q(removed_at__isnull=False)),
            models.Index(
                fields=["topic", "removed_at"],
                name="post_removed_in_topic",
                condition=Q(removed_at__isnull=False),
            ),
            models.Index(
                fields=["topic", "edited_at"], name="post_edited", condition=Q(edited_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["topic", "position"], name="post_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="post_position_from_one"),
        ]

    @property
    def is_locked(self) -> bool:
        """Did moderators decide that its author leaves it as it is?"""
        return PostMark.objects.filter(post_id=self.pk, is_locked=True).exists()


class PostMark(models.Model):
    """What moderators put beside a post: a notice for all readers, that its author leaves it as it is.

    Few posts have one. It is a row of its own because columns behind the texts of a post are slow to reach.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True, related_name="mark")
    notice = models.CharField(max_length=500, blank=True, default="")
    noticed_at = models.DateTimeField(null=True)
    noticer = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    noticer_name = models.CharField(max_length=60, blank=True, default="")
    is_locked = models.BooleanField(default=False)


class Participant(models.Model):
    """Somebody with posts in a topic, so that the list of one's own topics needs no look at the posts."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, db_index=False)
    author = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    post_count = models.PositiveIntegerField()
    last_post_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "author"], name="participant_once")]
        indexes = [models.Index(fields=["author", "last_post_id"], name="participant_topics")]


class Revision(models.Model):
    """What a post said before an edit: number 1 is the text as it was first posted."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    markup = models.CharField(max_length=10)
    source = models.TextField()
    title = models.CharField(max_length=200, blank=True, default="")
    written_at = models.DateTimeField()
    writer_name = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revision_number_once")]


class Submission(models.Model):
    """A form that made a post: sent again, it finds that post instead of making another."""

    token = models.CharField(max_length=64)
    author = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "token"], name="submission_once")]


class Held(models.Model):
    """A text that a moderator looks at before it is posted. It is no post yet: nothing counts or shows it."""

    class Kind(models.TextChoices):
        """What it will be."""

        TOPIC = "topic"
        REPLY = "reply"
        EDIT = "edit"

    class State(models.IntegerChoices):
        """What became of it."""

        WAITING = 0, "waiting"
        APPROVED = 1, "approved"
        REFUSED = 2, "refused"
        WITHDRAWN = 3, "withdrawn"

    kind = models.CharField(max_length=5, choices=Kind)
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, db_index=False, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    # An edit: how often the post had been edited when this was written.
    base = models.PositiveIntegerField(default=0, db_default=0)
    author = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    token = models.CharField(max_length=64, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    markup = models.CharField(max_length=10)
    source = models.TextField()
    # Which rules said what, as JSON; empty where everything of the author waits.
    findings = models.TextField(blank=True, default="")
    is_contested = models.BooleanField(default=False)
    held_at = models.DateTimeField()
    state = models.PositiveSmallIntegerField(choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    decider = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="held_in_turn", condition=Q(state=0)),
            models.Index(fields=["author", "held_at"], name="held_of_author"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "token"], name="held_once", condition=~Q(token="")),
            models.CheckConstraint(
                condition=Q(state=0, decided_at=None) | Q(state__gt=0, decided_at__isnull=False),
                name="held_until_decided",
            ),
            models.CheckConstraint(
                condition=Q(kind="topic", topic=None)
                | Q(kind="reply", topic__isnull=False)
                | Q(kind="edit", topic__isnull=False),
                name="held_for_a_place",
            ),
        ]
