"""Conversations: one side is a member, the other the moderators of a forum, together."""

from django.db import models
from django.db.models import Q

from rostra.accounts.models import User
from rostra.forums.models import Forum
from rostra.moderation.models import Case
from rostra.topics.models import Post


class Conversation(models.Model):
    """A conversation. Without a forum it is with the administrators. It goes with the member's account."""

    class State(models.IntegerChoices):
        """Whose turn it is."""

        WAITING = 0, "waiting"  # for the moderators
        ANSWERED = 1, "answered"
        CLOSED = 2, "closed"

    member = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    forum = models.ForeignKey(Forum, on_delete=models.SET_NULL, null=True, related_name="+")
    # What it began from.
    post = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(max_length=120)
    is_by_member = models.BooleanField()
    state = models.PositiveSmallIntegerField(choices=State)
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_name = models.CharField(max_length=60)  # who wrote last
    # Something came that the member has not read.
    is_unseen = models.BooleanField(default=False)
    # Somebody is at it: others leave it alone for a while.
    claimer_name = models.CharField(max_length=60, blank=True, default="")
    claimed_at = models.DateTimeField(null=True)
    closer_name = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["state", "last_at", "id"], name="conversation_by_state"),
            models.Index(fields=["member", "id"], name="conversation_of_member"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(subject=""), name="conversation_has_subject")]


class Message(models.Model):
    """What somebody of either side wrote. Names stay when accounts go."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, db_index=False, related_name="+")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=60)
    is_by_member = models.BooleanField()
    words = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["conversation", "id"], name="message_of_conversation")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="message_has_words")]
