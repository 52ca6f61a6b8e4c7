"""Cases: every decision that restricts somebody, in one row that the database refuses to hold without its reasons.

The terms are those of article 17 of the EU's Digital Services Act (Regulation 2022/2065): restriction, facts and
circumstances, scope and duration, how it was found, whether automated means were used, and the ground.
"""

from django.db import models
from django.db.models import F, Q

from rostra.accounts.models import User
from rostra.forums.models import Forum
from rostra.houserules.models import RuleVersion
from rostra.topics.models import Held, Post, Topic


class Case(models.Model):
    """A decision with its statement of reasons. It is never changed but for what came of it."""

    class Kind(models.TextChoices):
        """What was decided."""

        REFUSE_TEXT = "refuse_text"
        REMOVE_POST = "remove_post"
        REMOVE_TOPIC = "remove_topic"
        LOCK_TOPIC = "lock_topic"
        LOCK_POST = "lock_post"
        EDIT_POST = "edit_post"
        MOVE_TOPIC = "move_topic"
        WARN = "warn"
        MUTE = "mute"
        BAN = "ban"
        BAN_FORUM = "ban_forum"
        SPAM = "spam"

    class Ground(models.TextChoices):
        """Why: against the rules of the board, or against a law."""

        RULES = "rules"
        LAW = "law"

    class Source(models.TextChoices):
        """How it was found."""

        OWN = "own"
        REPORT = "report"
        RULE = "rule"
        ORDER = "order"

    kind = models.CharField(max_length=12, choices=Kind)
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, db_index=False, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    held = models.OneToOneField(Held, on_delete=models.CASCADE, null=True, related_name="+")
    # Whom it concerns, and who decided. Names stay when accounts go.
    member = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")
    member_name = models.CharField(max_length=60)
    moderator = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    moderator_name = models.CharField(max_length=60)
    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="+")
    facts = models.TextField()
    quoted = models.TextField(blank=True, default="")
    ground = models.CharField(max_length=5, choices=Ground)
    source = models.CharField(max_length=6, choices=Source)
    is_automated = models.BooleanField(default=False)
    # Of a warning: they count together until each ends.
    points = models.PositiveSmallIntegerField(default=0)
    # How long it holds; without an end it holds until it is taken back.
    until = models.DateTimeField(null=True)
    decided_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    # When what was taken away was deleted for good.
    purged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["member", "id"], name="case_of_member"),
            models.Index(fields=["forum", "id"], name="case_of_forum"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="refuse_text", held__isnull=False)
                | Q(
                    kind__in=["remove_post", "lock_post", "edit_post", "warn", "mute", "ban", "ban_forum"],
                    post__isnull=False,
                )
                | Q(kind__in=["remove_topic", "lock_topic", "move_topic"], topic__isnull=False)
                | Q(kind="spam"),  # its objects are its hidings
                name="case_has_its_object",
            ),
            models.CheckConstraint(
                condition=~Q(facts="") & ~Q(member_name="") & ~Q(moderator_name=""), name="case_has_facts"
            ),
            models.CheckConstraint(condition=Q(ground__in=["rules", "law"]), name="case_has_a_ground"),
            models.CheckConstraint(
                condition=Q(source__in=["own", "report", "rule", "order"]), name="case_has_a_source"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("decided_at")), name="case_ends_after_it_began"
            ),
        ]


class Hiding(models.Model):
    """A post, a topic or a text that waited which is away by a decision, and by which: exactly one.

    It goes when the decision is taken back. A decision about spam has many.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, null=True, related_name="hiding")
    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, null=True, related_name="hiding")
    held = models.OneToOneField(Held, on_delete=models.CASCADE, null=True, related_name="hiding")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hidings")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, topic=None, held=None)
                | Q(post=None, topic__isnull=False, held=None)
                | Q(post=None, topic=None, held__isnull=False),
                name="hiding_of_one_thing",
            )
        ]


class Timer(models.Model):
    """What will be done to a topic at a time: once, or never when it was done by hand or called off before.

    A lock states its reasons when the timer is set; its case is opened when it acts.
    """

    class Deed(models.TextChoices):
        """What will be done."""

        LOCK = "lock"
        OPEN = "open"
        UNPIN = "unpin"

    class Outcome(models.TextChoices):
        """What came of it; `MOOT`: it was so already, or whoever set it may not do so any more."""

        DONE = "done"
        DROPPED = "dropped"
        MOOT = "moot"

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, db_index=False, related_name="timers")
    deed = models.CharField(max_length=5, choices=Deed)
    due_at = models.DateTimeField()
    moderator = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    moderator_name = models.CharField(max_length=60)
    set_at = models.DateTimeField()
    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.TextField(blank=True, default="")
    quoted = models.TextField(blank=True, default="")
    ground = models.CharField(max_length=5, choices=Case.Ground, blank=True, default="")
    source = models.CharField(max_length=6, choices=Case.Source, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="timer_due", condition=Q(ended_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["topic", "deed"], name="timer_once", condition=Q(ended_at=None)),
            models.CheckConstraint(condition=Q(deed__in=["lock", "open", "unpin"]), name="timer_deed_known"),
            models.CheckConstraint(
                condition=~Q(deed="lock")
                | Q(
                    rule__isnull=False,
                    ground__in=["rules", "law"],
                    source__in=["own", "report", "rule", "order"],
                )
                & ~Q(facts=""),
                name="timer_lock_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | Q(ended_at__isnull=False, outcome__in=["done", "dropped", "moot"]),
                name="timer_ended_with_outcome",
            ),
        ]


class Former(models.Model):
    """What a post or a topic was before a decision changed it: to show what was done, and to take it back exactly."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="former")
    # An edit: which one of the post's it was, both texts, both titles of an opening post, and how it was marked as edited.
    edit = models.PositiveIntegerField(default=0)
    source = models.TextField(blank=True, default="")
    new_source = models.TextField(blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    new_title = models.CharField(max_length=200, blank=True, default="")
    edited_at = models.DateTimeField(null=True)
    editor_name = models.CharField(max_length=60, blank=True, default="")
    edit_reason = models.CharField(max_length=200, blank=True, default="")
    # A move: from where to where, and when the topic had come to the first, if it was not begun there.
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    new_forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(edit__gt=0, forum=None, new_forum=None) & ~Q(source="") & ~Q(new_source="")
                | Q(edit=0, forum__isnull=False, new_forum__isnull=False),
                name="former_of_an_edit_or_a_move",
            )
        ]


class Appeal(models.Model):
    """That somebody wants a case to be looked at again: once, and by somebody who took no part in it."""

    class Outcome(models.TextChoices):
        """What came of it."""

        UPHELD = "upheld"
        REVERSED = "reversed"

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField()
    made_at = models.DateTimeField()
    # Who decided the case: kept here so that the database can refuse the same person.
    first_decider = models.PositiveBigIntegerField(default=0)
    decider = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decider_name = models.CharField(max_length=60, blank=True, default="")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="appeal_open", condition=Q(decided_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("first_decider")), name="appeal_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="")
                | Q(decided_at__isnull=False, outcome__in=["upheld", "reversed"])
                & ~Q(reasons="")
                & ~Q(decider_name=""),
                name="appeal_decided_with_reasons",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="appeal_has_words"),
        ]


class Report(models.Model):
    """That somebody thinks a post is against a rule. All open reports of a post are decided together."""

    class Outcome(models.TextChoices):
        """What came of it."""

        AGREED = "agreed"
        DECLINED = "declined"
        GONE = "gone"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, db_index=False, related_name="+")
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, db_index=False, related_name="+")
    reporter = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    # Somebody is at it: others leave it alone for a while.
    claimer_name = models.CharField(max_length=60, blank=True, default="")
    claimed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="report_open", condition=Q(closed_at=None)),
            models.Index(fields=["reporter", "id"], name="report_of_reporter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"], name="report_once", condition=Q(closed_at=None)
            ),
            models.CheckConstraint(condition=Q(rule__isnull=False) | ~Q(words=""), name="report_says_why"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | Q(closed_at__isnull=False, outcome__in=["agreed", "declined", "gone"]),
                name="report_closed_with_outcome",
            ),
        ]


class LogEntry(models.Model):
    """What a moderator did, whether it restricts somebody or not. It is never changed, but for titles that are deleted for good."""

    at = models.DateTimeField()
    moderator = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    moderator_name = models.CharField(max_length=60)
    what = models.CharField(max_length=30)
    # Where: of what went from one forum to another there are two, one for the moderators of each.
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, db_index=False, related_name="+")
    topic_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["forum", "id"], name="log_of_forum")]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="log_says_what")]
