"""People and groups."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

KEY_LENGTH, SKELETON_LENGTH, ADDRESS_LENGTH = 120, 240, 254


class UserManager(BaseUserManager["User"]):
    """Finds people by the key of their name, so that nobody signs in as a look-alike by accident."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Django's hook for signing in by name."""
        from rostra.kernel.text import name_key

        return self.get(name_key=name_key(username or ""))


class User(AbstractBaseUser):
    """A person with an account.

    `name_key` is the name as it must be unique: compatibility forms and case folded. `name_skeleton` is what it looks
    like (UTS 39). `is_waiting`: signed up, but the e-mail address is not confirmed yet; nobody sees the account.
    """

    name = models.CharField(max_length=60)
    name_key = models.CharField(max_length=KEY_LENGTH, unique=True)
    name_skeleton = models.CharField(max_length=SKELETON_LENGTH, default="")
    email = models.EmailField(max_length=ADDRESS_LENGTH, blank=True, default="")
    title = models.CharField(max_length=60, blank=True, default="")
    location = models.CharField(max_length=60, blank=True, default="")
    about = models.TextField(blank=True, default="")
    joined_at = models.DateTimeField(default=timezone.now)
    post_count = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=12, blank=True, default="")
    time_zone = models.CharField(max_length=60, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_admin = models.BooleanField(default=False)
    is_waiting = models.BooleanField(default=False)
    last_seen_on = models.DateField(null=True)
    # Moves with every change of what the member filters out; 0: nothing ever was.
    filters_version = models.PositiveIntegerField(default=0, db_default=0)
    # A moderator decided on something of theirs, and they have not looked at it yet.
    # Until when the member may not write, and may not take part at all (`rostra/moderation`).
    muted_until = models.DateTimeField(null=True)
    banned_until = models.DateTimeField(null=True)
    # The forums in which the member is as a guest is, and until when (`accounts/barring.py`); empty: none.
    barred_from = models.TextField(blank=True, default="", db_default="")
    has_unseen_cases = models.BooleanField(default=False, db_default=False)
    # Moderators have written, and the member has not looked at it yet (`rostra/modmail`).
    has_unseen_mail = models.BooleanField(default=False, db_default=False)

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        indexes = [
            models.Index(fields=["email"], name="user_email"),
            # For what an address begins with, which PostgreSQL looks up sign by sign.
            models.Index(
                fields=["email"],
                name="user_email_begins",
                opclasses=["varchar_pattern_ops"],
                condition=~models.Q(email=""),
            ),
            models.Index(fields=["name_skeleton"], name="user_name_skeleton"),
            models.Index(fields=["joined_at"], name="user_waiting", condition=models.Q(is_waiting=True)),
        ]

    @property
    def is_staff(self) -> bool:
        """What Django's own parts ask for."""
        return self.is_admin


class Group(models.Model):
    """People who share rights, moderators for example. Of a hidden group only its members know."""

    class Joining(models.TextChoices):
        """How one becomes a member: put in by others, asked for and accepted, or by oneself."""

        CLOSED = "closed"
        REQUEST = "request"
        OPEN = "open"

    name = models.CharField(max_length=80, unique=True)
    about = models.TextField(blank=True, default="", db_default="")
    joining = models.CharField(max_length=7, choices=Joining, default=Joining.CLOSED, db_default="closed")
    is_hidden = models.BooleanField(default=False, db_default=False)
    members = models.ManyToManyField(User, through="Membership", related_name="groups")


class Membership(models.Model):
    """A person in a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    is_leader = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="membership_once")]


class JoinRequest(models.Model):
    """A person who asks to be taken into a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="requests")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="join_request_once")]


class SignIn(models.Model):
    """A session of a member, as the member's own list shows it. The session itself is Django's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=200, blank=True, default="")
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "id"], name="signin_of_user")]
