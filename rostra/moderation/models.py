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
        EDIT_POST = "edit_post"
        MOVE_TOPIC = "move_topic"
        WARN = "warn"
        MUTE = "mute"
        BAN = "ban"

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

    class Meta:
        indexes = [
            models.Index(fields=["member", "id"], name="case_of_member"),
            models.Index(fields=["forum", "id"], name="case_of_forum"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="refuse_text", held__isnull=False)
                | Q(kind__in=["remove_post", "edit_post", "warn", "mute", "ban"], post__isnull=False)
                | Q(kind__in=["remove_topic", "lock_topic", "move_topic"], topic__isnull=False),
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
    """A post or topic that is away by a decision, and which: exactly one. It goes when the decision is taken back."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, null=True, related_name="hiding")
    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, null=True, related_name="hiding")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="hiding")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, topic=None) | Q(post=None, topic__isnull=False),
                name="hiding_of_one_thing",
            )
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
