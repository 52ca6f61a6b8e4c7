"""Rules as they are kept: each with all its versions, and how often it found something in each hour, lately in whose texts."""

from django.db import models

from rostra.accounts.models import User
from rostra.forums.models import Forum


class HouseRule(models.Model):
    """A rule of a forum, or with no forum of the whole board. `number` is what people call it; a repealed one is kept."""

    class Mode(models.TextChoices):
        """Whether anything follows from what a rule finds."""

        ENFORCE = "enforce"
        OBSERVE = "observe"

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.ENFORCE)
    # Until then it observes, afterwards it is enforced; without it, it observes until somebody decides.
    observing_until = models.DateTimeField(null=True)
    # Why it fell back to observing (`RuleFellBack.reason`), until somebody decides; otherwise empty.
    fell_back = models.CharField(max_length=8, default="")


class RuleVersion(models.Model):
    """What a rule said from one time to the next; never changed. `checked` is the check as JSON, empty without one."""

    rule = models.ForeignKey(HouseRule, on_delete=models.CASCADE, db_index=False, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField()
    checked = models.TextField(default="")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "version"], name="rule_version_once")]


class RuleHit(models.Model):
    """In an hour: how many posts a version of a rule judged, and in how many it found something."""

    rule = models.ForeignKey(HouseRule, on_delete=models.CASCADE, db_index=False, related_name="+")
    version = models.PositiveIntegerField()
    hour_at = models.DateTimeField()
    judged = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "version", "hour_at"], name="rule_hit_once")]


class RuleFound(models.Model):
    """A text in which a version of a rule found something, for a day: so that it is counted once, however often it is sent,
    and that no member alone makes a rule fall back. `text` is a digest; what was written is not kept."""

    rule = models.ForeignKey(HouseRule, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    text = models.CharField(max_length=32)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "text", "rule", "version"], name="rule_found_once")
        ]
