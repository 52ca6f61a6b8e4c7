"""Texts that are not posted yet: one for each member and place, on the server, so that no device can lose them."""

from django.db import models

from rostra.accounts.models import User


class Draft(models.Model):
    """What a member has typed so far. `place` is "forum:ID", "topic:ID" or "post:ID": what the text is for.

    `base` is what was there when the writing began: a topic's newest position, or a post's number of edits.
    `version` grows with every save, so that an older window cannot overwrite a newer text unseen.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    place = models.CharField(max_length=40)
    title = models.CharField(max_length=400, blank=True, default="")
    body = models.TextField()
    reason = models.CharField(max_length=400, blank=True, default="")
    base = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "place"], name="draft_once")]
        indexes = [
            models.Index(fields=["author", "saved_at"], name="draft_list"),
            models.Index(fields=["place"], name="draft_of_place"),
        ]
