"""Writes to accounts and groups."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from rostra.accounts.events import MemberJoined
from rostra.accounts.models import Group, Membership, User
from rostra.board.actions import greet_newest_member
from rostra.kernel.changes import change
from rostra.kernel.clock import known_zones, now
from rostra.kernel.refusals import Invalid
from rostra.kernel.text import name_key, tidy_name


def join(
    *, name: str, email: str, password: str | None, joined_at: datetime | None = None, is_admin: bool = False
) -> User:
    """Make an account. The caller has asked `why_not_name`; the database refuses a name that is taken."""
    user = User(
        name=tidy_name(name),
        name_key=name_key(name),
        email=email,
        joined_at=joined_at or now(),
        is_admin=is_admin,
    )
    user.set_password(password)
    return welcome(user=user)


def welcome(*, user: User) -> User:
    """Save a new account whose name and password are set."""
    user.name, user.name_key = tidy_name(user.name), name_key(user.name)
    with change() as this:
        user.save()
        greet_newest_member(user.name)
        this.tally("members")
        this.record(MemberJoined(member=user.pk))
    return user


def set_password(*, user: User, password: str) -> None:
    """Give an account a new password."""
    user.set_password(password)
    with change(is_visible=False):
        user.save(update_fields=["password"])


def join_group(*, user: User, group: Group) -> None:
    """Put a person into a group; twice is once."""
    with change(is_structural=True):
        Membership.objects.get_or_create(user=user, group=group)


def choose_language_and_zone(*, member_id: int, language: str, time_zone: str) -> None:
    """Set how a member reads the board; empty means: as the browser asks, and in the board's zone.

    Raises Invalid for a language that the board does not offer, or a zone that does not exist.
    """
    if language and language not in settings.BOARD_LANGUAGES:
        raise Invalid(language=gettext("The board is not there in this language. Choose one of the list."))
    if time_zone and time_zone not in known_zones():
        raise Invalid(time_zone=gettext("There is no such time zone. Choose one of the list."))
    with change(is_visible=False):
        User.objects.filter(id=member_id).update(language=language, time_zone=time_zone)
