"""Groups, who is in them and asks to be, roles, and what is given to whom: records on their way into the tables."""

from typing import Any

from rostra.accounts.models import Group, JoinRequest, Membership, User
from rostra.forums.giving import grant_key
from rostra.forums.models import Forum, Grant, Role, RoleValue
from rostra.importers.known import need, refuse_known, refuse_missing
from rostra.permissions.capabilities import ABOUT, BY_NAME
from rostra.permissions.resolution import BOARD, Holder


def add_group(values: dict[str, Any]) -> None:
    """A group. Raises ValueError."""
    refuse_known(Group, "group", values["id"])
    taken = Group.objects.filter(name=values["name"]).exists()
    need(not taken, "name", f"there is a group {values['name']!r} already")
    is_hidden = values.pop("hidden", False)
    Group.objects.create(**values, is_hidden=is_hidden)


def add_membership(values: dict[str, Any]) -> None:
    """Somebody in a group; twice is once, a leader as soon as one line says so. Raises ValueError."""
    refuse_missing(Group, "group", "group", values["group"])
    refuse_missing(User, "user", "user", values["user"])
    member, _is_new = Membership.objects.get_or_create(group_id=values["group"], user_id=values["user"])
    if values.get("leader") and not member.is_leader:
        member.is_leader = True
        member.save(update_fields=["is_leader"])


def add_request(values: dict[str, Any]) -> None:
    """Somebody who asks to be taken into a group; twice is once. Raises ValueError."""
    refuse_missing(Group, "group", "group", values["group"])
    refuse_missing(User, "user", "user", values["user"])
    JoinRequest.objects.get_or_create(
        group_id=values["group"], user_id=values["user"], defaults={"asked_at": values["asked"]}
    )


def add_role(values: dict[str, Any]) -> None:
    """A role with what it gives. Raises ValueError."""
    name = values["name"]
    need(name.strip(), "name", "a role needs a name")
    need(not Role.objects.filter(name=name).exists(), "name", f"there is a role {name!r} already")
    role = Role.objects.create(name=name, about=values.get("about", ""))
    RoleValue.objects.bulk_create(
        RoleValue(role=role, capability=each, value=value) for each, value in values.get("values", {}).items()
    )


def add_grant(values: dict[str, Any]) -> None:
    """What somebody is given somewhere: a value of a capability, or a role. Raises ValueError."""
    holder, place = _holder(values), values.get("forum") or BOARD
    refuse_missing(Forum, "forum", "forum", values.get("forum"))
    capability, value = values.get("capability", ""), values.get("value", "")
    role = _role(values)
    need(
        bool(capability and value) != bool(role) and bool(capability) == bool(value),
        "capability",
        "a grant gives a capability with its value, or else a role",
    )
    is_fit = not capability or place == BOARD or ABOUT[BY_NAME[capability]].is_local
    need(is_fit, "forum", f"{capability} holds for the whole board. Leave the forum out")
    key = grant_key(holder, place, capability or "role")
    need(not Grant.objects.filter(key=key).exists(), "capability", "this was said on an earlier line already")
    Grant.objects.create(
        key=key, forum_id=values.get("forum"), circle=values.get("circle", ""), group_id=values.get("group"),
        member_id=values.get("member"), capability=capability, value=value, role=role,
    )  # fmt: skip


def _holder(values: dict[str, Any]) -> Holder:
    named = [name for name in ("circle", "group", "member") if name in values]
    need(len(named) == 1, "circle", "a grant is for one of circle, group and member")
    refuse_missing(Group, "group", "group", values.get("group"))
    refuse_missing(User, "member", "user", values.get("member"))
    return Holder(named[0], str(values[named[0]]))


def _role(values: dict[str, Any]) -> Role | None:
    name = values.get("role", "")
    role = Role.objects.filter(name=name).first() if name else None
    need(not name or role, "role", f"there is no role {name!r} before this line. Put its line above this one")
    return role
