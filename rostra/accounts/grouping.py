"""Writes to groups: making and describing them, who is in them, who leads them, who asks to be taken in.

Who is in a group has its rights, so each of these makes another tree (`forums/rights.py`). The caller has asked who may.
"""

from django.utils.translation import gettext

from rostra.accounts.models import Group, JoinRequest, Membership, User
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.kernel.text import one_line

NAME_LENGTH, ABOUT_LENGTH = 80, 2_000


def found_group(*, name: str, about: str = "", joining: str = "closed", is_hidden: bool = False) -> Group:
    """Make a group. Raises Invalid."""
    return _saved(Group(), name, about, joining, is_hidden=is_hidden)


def describe_group(*, group_id: int, name: str, about: str, joining: str, is_hidden: bool) -> Group:
    """Change what a group is called, what is said of it, how one joins, and who knows of it. Raises Invalid."""
    group = Group.objects.filter(id=group_id).first()
    if group is None:
        raise Invalid(group=gettext("There is no such group any more."))
    return _saved(group, name, about, joining, is_hidden=is_hidden)


def _saved(group: Group, name: str, about: str, joining: str, *, is_hidden: bool) -> Group:
    good, told = one_line(name), about.replace("\r\n", "\n").strip()
    if not good or len(good) > NAME_LENGTH or "\0" in name:
        raise Invalid(
            name=gettext("A group needs a name of at most %(most)s characters.") % {"most": NAME_LENGTH}
        )
    if len(told) > ABOUT_LENGTH or "\0" in told:
        raise Invalid(
            about=gettext("The description has at most %(most)s characters.") % {"most": ABOUT_LENGTH}
        )
    if joining not in Group.Joining.values:
        raise Invalid(joining=gettext("Choose how one joins."))
    with change(is_structural=True):
        if Group.objects.filter(name=good).exclude(id=group.pk).exists():
            raise Invalid(name=gettext("There is a group “%(name)s” already.") % {"name": good})
        group.name, group.about, group.joining, group.is_hidden = good, told, joining, is_hidden
        group.save()
    return group


def enter_group(*, member_id: int, group_id: int) -> None:
    """Go into an open group; twice is once. Raises Refused for one that is not open."""
    with change(is_structural=True):
        group = Group.objects.filter(id=group_id, joining=Group.Joining.OPEN).first()
        if group is None:
            refuse(
                Refusal(gettext("One cannot join this group by oneself."), gettext("Ask one of its leaders."))
            )
        Membership.objects.get_or_create(group_id=group_id, user_id=member_id)
        JoinRequest.objects.filter(group_id=group_id, user_id=member_id).delete()


def ask_to_join(*, member_id: int, group_id: int) -> None:
    """Ask to be taken in; twice is once, and of a member nothing. Raises Refused where nobody can ask."""
    with change(is_visible=False):
        if not Group.objects.filter(id=group_id, joining=Group.Joining.REQUEST).exists():
            refuse(Refusal(gettext("One cannot ask to join this group."), gettext("Ask an administrator.")))
        if not Membership.objects.filter(group_id=group_id, user_id=member_id).exists():
            JoinRequest.objects.get_or_create(
                group_id=group_id, user_id=member_id, defaults={"asked_at": now()}
            )


def forget_request(*, member_id: int, group_id: int) -> None:
    """Take a request back, or refuse it; of one that is not there, nothing."""
    with change(is_visible=False):
        JoinRequest.objects.filter(group_id=group_id, user_id=member_id).delete()


def accept_request(*, member_id: int, group_id: int) -> None:
    """Take in somebody who asks. Raises Invalid when the request was taken back meanwhile."""
    with change(is_structural=True):
        if not JoinRequest.objects.filter(group_id=group_id, user_id=member_id).delete()[0]:
            raise Invalid(member=gettext("This member does not ask to join any more."))
        Membership.objects.get_or_create(group_id=group_id, user_id=member_id)


def put_in(*, member_id: int, group_id: int) -> None:
    """Put a member into a group; twice is once. Raises Invalid for an account that is none."""
    with change(is_structural=True):
        if not User.objects.filter(id=member_id, is_waiting=False).exists():
            raise Invalid(member=gettext("There is no such member."))
        Membership.objects.get_or_create(group_id=group_id, user_id=member_id)
        JoinRequest.objects.filter(group_id=group_id, user_id=member_id).delete()


def leave_group(*, member_id: int, group_id: int) -> None:
    """Leave a group. Raises Refused for a closed one: it may be there to take rights from its members."""
    if Group.objects.filter(id=group_id, joining=Group.Joining.CLOSED).exists():
        told = gettext("Administrators take members out of this group.")
        refuse(Refusal(told, gettext("Ask an administrator.")))
    take_out(member_id=member_id, group_id=group_id)


def take_out(*, member_id: int, group_id: int) -> None:
    """Take a member out of a group; of somebody who is not in it, nothing."""
    with change(is_structural=True):
        Membership.objects.filter(group_id=group_id, user_id=member_id).delete()


def appoint(*, member_id: int, group_id: int, is_leader: bool) -> None:
    """Make a member of a group its leader, or no leader any more."""
    with change(is_visible=False):
        Membership.objects.filter(group_id=group_id, user_id=member_id).update(is_leader=is_leader)
