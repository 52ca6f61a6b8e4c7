"""How far an import has come, so that it can go on after a stop."""

from django.db import models


class ImportRun(models.Model):
    """One file being imported; `fingerprint` is of the bytes read so far. Its row moves on in the same transaction as the records it counts."""

    kind = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=64)
    line = models.PositiveBigIntegerField(default=0)
    offset = models.PositiveBigIntegerField(default=0)
    is_finished = models.BooleanField(default=False)
    started_at = models.DateTimeField()
