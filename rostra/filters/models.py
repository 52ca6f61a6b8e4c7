"""What a reader does not want to see: members, forums, words. Ignored topics are marks of `reading`, which counts what is new."""

from django.db import models

from rostra.accounts.models import User
from rostra.forums.models import Forum


class IgnoredMember(models.Model):
    """A member whose posts a reader wants folded."""

    reader = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "member"], name="ignored_member_once"),
            models.CheckConstraint(
                condition=~models.Q(reader=models.F("member")), name="ignored_member_is_another"
            ),
        ]


class IgnoredForum(models.Model):
    """A forum whose topics, and those of the forums below it, a reader wants in no list but its own."""

    reader = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "forum"], name="ignored_forum_once")]


class FilteredWord(models.Model):
    """A word whose topics a reader wants in no list. `key` is the word as it is compared (`filters/words.py`)."""

    reader = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    word = models.CharField(max_length=60)
    key = models.CharField(max_length=240)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "key"], name="filtered_word_once")]
