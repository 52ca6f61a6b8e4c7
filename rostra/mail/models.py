"""Letters on their way out."""

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """A plain text mail. It holds links that open accounts: once sent, the row goes (on a demo board it stays)."""

    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["written_at"], name="letter_waiting", condition=Q(sent_at=None, given_up_at=None)
            )
        ]
