"""What moderators note about members."""

from django.db import models
from django.db.models import Q

from rostra.accounts.models import User
from rostra.forums.models import Forum


class MemberNote(models.Model):
    """A note about a member. It goes with the account, and with the forum that it is about; its author's name stays."""

    member = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=60)
    # With a forum it is for those who may read there.
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, null=True, related_name="+")
    words = models.TextField()
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "id"], name="note_of_member")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="note_has_words")]
