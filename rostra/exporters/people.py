"""Groups, people, who is in which group, who asks to be, and what they are given."""

from collections.abc import Iterator

from rostra.accounts.models import Group, JoinRequest, Membership, User
from rostra.exporters.records import CHUNK, Record, slim, time
from rostra.forums.models import Grant, Role, RoleValue
from rostra.kernel.clock import to_text
from rostra.permissions.capabilities import BY_NAME


def groups() -> Iterator[Record]:
    """Groups by id."""
    for group in Group.objects.order_by("id"):
        yield slim({
            "type": "group", "id": group.pk, "name": group.name, "about": group.about,
            "joining": "" if group.joining == Group.Joining.CLOSED else group.joining, "hidden": group.is_hidden,
        })  # fmt: skip


def people() -> Iterator[Record]:
    """Members by id; accounts that wait for the confirmation of their address are none."""
    for user in User.objects.filter(is_waiting=False).order_by("id").iterator(CHUNK):
        yield slim({
            "type": "user", "id": user.pk, "name": user.name, "email": user.email, "title": user.title,
            "location": user.location, "about": user.about, "joined": to_text(user.joined_at), "admin": user.is_admin,
            "active": None if user.is_active else False, "password": user.password if user.has_usable_password() else "",
            "muted": time(user.muted_until), "banned": time(user.banned_until), "unseen": user.has_unseen_cases,
            "language": user.language, "time_zone": user.time_zone,
            "seen": user.last_seen_on.isoformat() if user.last_seen_on else "",
        })  # fmt: skip


def memberships() -> Iterator[Record]:
    """Who is in which group, then who asks to be."""
    members = Membership.objects.filter(user__is_waiting=False).order_by("group_id", "user_id")
    for each in members.iterator(CHUNK):
        yield slim(
            {"type": "membership", "group": each.group_id, "user": each.user_id, "leader": each.is_leader}
        )
    requests = JoinRequest.objects.filter(user__is_waiting=False).order_by("group_id", "user_id")
    for asked in requests.iterator(CHUNK):
        yield {
            "type": "request",
            "group": asked.group_id,
            "user": asked.user_id,
            "asked": to_text(asked.asked_at),
        }


def rights() -> Iterator[Record]:
    """Roles by name, then grants by their keys; capabilities that are none any more are left out."""
    values: dict[int, dict[str, str]] = {}
    for each in RoleValue.objects.all():
        values.setdefault(each.role_id, {})[each.capability] = each.value
    for role in Role.objects.order_by("name"):
        given = values.get(role.pk, {})
        ordered = {name: given[name] for name in BY_NAME if name in given}
        yield slim({"type": "role", "name": role.name, "about": role.about, "values": ordered})
    grants = Grant.objects.select_related("role").exclude(member__is_waiting=True).order_by("key")
    for grant in grants.iterator(CHUNK):
        if grant.role is None and grant.capability not in BY_NAME:
            continue
        yield slim({
            "type": "grant", "forum": grant.forum_id, "circle": grant.circle, "group": grant.group_id,
            "member": grant.member_id, "capability": grant.capability, "value": grant.value,
            "role": grant.role.name if grant.role else "",
        })  # fmt: skip
