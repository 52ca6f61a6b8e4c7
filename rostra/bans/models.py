"""Banned addresses, and which members used which address: personal data, kept for days (docs/privacy.md)."""

from django.db import models
from django.db.models import F, Q

from rostra.accounts.models import User

LONGEST_TARGET = 254


class AddressBan(models.Model):
    """That nobody signs up from an address, or takes part. It concerns no known member, and so is no case."""

    class Kind(models.TextChoices):
        """What is banned: `*@example.org` is an e-mail address here."""

        NETWORK = "network"
        EMAIL = "email"

    class Stops(models.IntegerChoices):
        """What cannot be done, each with those before it. Reading stays free."""

        SIGN_UP = 1, "sign up"
        WRITING = 2, "write"
        SIGN_IN = 3, "sign in"

    kind = models.CharField(max_length=7, choices=Kind)
    # As `bans/targets.py` writes it: one form for each address.
    target = models.CharField(max_length=LONGEST_TARGET)
    stops = models.PositiveSmallIntegerField(choices=Stops)
    reason = models.TextField()
    setter = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    setter_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ender_name = models.CharField(max_length=60, blank=True, default="")
    # The case that it came with, by its number: cases stand above.
    case_number = models.PositiveBigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="address_ban_held", condition=Q(ended_at=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["target"], name="address_banned_once", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(setter_name=""), name="address_ban_says_why"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("made_at")), name="address_ban_ends_later"
            ),
            models.CheckConstraint(condition=Q(stops__in=[1, 2, 3]), name="address_ban_stops_something"),
        ]


class AddressUse(models.Model):
    """That a member posted or signed in from a network address: one row for both, not one for each post."""

    member = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    # Of IPv6 the network of 64 bits, which is what one connection has.
    address = models.CharField(max_length=45)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "address"], name="address_use_once")]
        indexes = [models.Index(fields=["address", "last_at"], name="address_use_of_address")]


class Look(models.Model):
    """That somebody was shown the addresses of a member, and why: so that it can be checked. It holds no address."""

    looker = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    looker_name = models.CharField(max_length=60)
    member = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    member_name = models.CharField(max_length=60)
    reason = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(looker_name="") & ~Q(member_name=""), name="look_says_why"
            )
        ]
