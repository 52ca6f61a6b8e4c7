"""A list as it is kept: its entries are one text, a line for each."""

from django.db import models
from django.db.models import Q

from rostra.houserules.models import HouseRule


class WordList(models.Model):
    """Words or domains, and what follows where one of them is written. `name` is what authors are told."""

    class Kind(models.TextChoices):
        """What its entries are."""

        WORDS = "words"
        DOMAINS = "domains"

    class Effect(models.TextChoices):
        """What follows. `ALLOW`: links to all other domains are held."""

        HOLD = "hold"
        REFUSE = "refuse"
        ALLOW = "allow"

    class Scope(models.TextChoices):
        """Whose texts are looked at."""

        EVERYBODY = "everybody"
        NEWCOMERS = "newcomers"

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=7, choices=Kind)
    effect = models.CharField(max_length=6, choices=Effect)
    scope = models.CharField(max_length=9, choices=Scope, default=Scope.EVERYBODY)
    # The sentence that authors read; empty for the usual one.
    sentence = models.CharField(max_length=300, blank=True, default="")
    # The rule of the board that it is about: what is held or refused by the list is against this.
    rule = models.ForeignKey(HouseRule, on_delete=models.SET_NULL, null=True, related_name="+")
    entries = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="domains") | ~Q(effect="allow"), name="wordlist_allows_domains_only"
            ),
            models.CheckConstraint(condition=~Q(entries=""), name="wordlist_has_entries"),
        ]
