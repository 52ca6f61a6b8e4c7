"""Writes to accounts and groups."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.formats import number_format
from django.utils.translation import gettext

from rostra.accounts.events import MemberJoined
from rostra.accounts.models import Group, Membership, SignIn, User
from rostra.accounts.skeletons import skeleton
from rostra.board.actions import greet_newest_member
from rostra.kernel.changes import Change, change
from rostra.kernel.clock import known_zones, now
from rostra.kernel.refusals import Invalid
from rostra.kernel.text import name_key, one_line, tidy_name

WAITING_KEPT = timedelta(days=7)
LOCATION_LENGTH, ABOUT_LENGTH = 60, 2000


def join(
    *, name: str, email: str, password: str | None, joined_at: datetime | None = None, is_admin: bool = False
) -> User:
    """Make an account. The caller has asked `why_not_name`; the database refuses a name that is taken."""
    user = User(name=name, email=email, joined_at=joined_at or now(), is_admin=is_admin)
    user.set_password(password)
    return welcome(user=user)


def welcome(*, user: User) -> User:
    """Save a new account whose name and password are set.

    One that waits for the confirmation of its e-mail address is not a member yet: nobody sees or counts it.
    """
    user.name, user.name_key = tidy_name(user.name), name_key(user.name)
    user.name_skeleton, user.email = skeleton(user.name), user.email.lower()
    with change(is_visible=not user.is_waiting) as this:
        user.save()
        if not user.is_waiting:
            _greet(this, user)
    return user


def admit(*, user_id: int) -> None:
    """Make a member of an account that waited; of a member, twice is once."""
    with change(is_visible=False) as this:
        if User.objects.filter(id=user_id, is_waiting=True).update(is_waiting=False, joined_at=now()):
            this.is_visible = True
            _greet(this, User.objects.get(id=user_id))


def _greet(this: Change, user: User) -> None:
    greet_newest_member(user.name)
    this.tally("members")
    this.record(MemberJoined(member=user.pk))


def forget_waiting() -> int:
    """Forget accounts whose address was not confirmed in a week; their names are free again. Returns how many."""
    late = User.objects.filter(is_waiting=True, joined_at__lt=now() - WAITING_KEPT)
    with change(is_visible=False):
        # Locked: who confirms at this moment is a member before, or finds nothing to confirm after.
        ids = list(late.select_for_update().values_list("id", flat=True))
        User.objects.filter(id__in=ids).delete()
    return len(ids)


def set_password(*, user: User, password: str) -> None:
    """Give an account a new password. All its sessions end."""
    user.set_password(password)
    with change(is_visible=False):
        user.save(update_fields=["password"])
        keys = list(SignIn.objects.filter(user=user).values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        SignIn.objects.filter(user=user).delete()


def change_address(*, user_id: int, address: str) -> None:
    """Give an account another e-mail address, on a board that cannot ask for a confirmation."""
    with change(is_visible=False):
        User.objects.filter(id=user_id).update(email=address.lower())


def describe_oneself(*, member_id: int, location: str, about: str) -> None:
    """Change what a member says in the profile. Raises Invalid."""
    location, about = one_line(location), about.replace("\r\n", "\n").strip()
    faults = {}
    if len(location) > LOCATION_LENGTH:
        faults["location"] = gettext(
            "The location has at most %(most)s characters; this one has %(number)s."
        ) % {"most": LOCATION_LENGTH, "number": len(location)}
    if len(about) > ABOUT_LENGTH:
        faults["about"] = gettext("This text has at most %(most)s characters; yours has %(number)s.") % {
            "most": number_format(ABOUT_LENGTH, force_grouping=True),
            "number": number_format(len(about), force_grouping=True),
        }
    for name, text in (("location", location), ("about", about)):
        if "\0" in text:
            faults[name] = gettext("The text holds NUL characters, which cannot be kept. Take them out.")
    if faults:
        raise Invalid(**faults)
    with change():
        User.objects.filter(id=member_id).update(location=location, about=about)


def note_sign_in(*, user: User, session_key: str, browser: str) -> None:
    """Put a session that begins into its member's list, and the day into the profile."""
    moment = now()
    with change(is_visible=False, passes_gates=True):
        SignIn.objects.update_or_create(
            session_key=session_key,
            defaults={"user": user, "browser": browser[:200], "began_at": moment, "used_at": moment},
        )
        User.objects.filter(id=user.pk).update(last_seen_on=moment.date())


def note_uses(*, session_keys: Collection[str], members: Collection[int]) -> None:
    """Members were here: one write for many visits."""
    moment = now()
    with change(is_visible=False, passes_gates=True):
        SignIn.objects.filter(session_key__in=session_keys).update(used_at=moment)
        User.objects.filter(id__in=members).update(last_seen_on=moment.date())


def end_session(*, member_id: int, sign_in: int) -> bool:
    """Sign a member out in another browser. False when there is no such session of this member."""
    with change(is_visible=False, passes_gates=True):
        found = SignIn.objects.filter(id=sign_in, user_id=member_id).first()
        if found is None:
            return False
        Session.objects.filter(session_key=found.session_key).delete()
        found.delete()
    return True


def end_other_sessions(*, member_id: int, but: str) -> int:
    """Sign a member out everywhere else. Returns in how many browsers."""
    with change(is_visible=False, passes_gates=True):
        others = SignIn.objects.filter(user_id=member_id).exclude(session_key=but)
        keys = list(others.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        others.delete()
    return len(keys)


def forget_sign_ins() -> int:
    """Forget what is left of sessions that ended. Returns how many."""
    with change(is_visible=False):
        ended = SignIn.objects.exclude(session_key__in=Session.objects.values("session_key"))
        number, _ = ended.delete()
    return number


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
