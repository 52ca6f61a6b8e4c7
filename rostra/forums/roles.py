"""Roles: what each gives. Also those that a board can have made with one press."""

from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop

from rostra.kernel.statements import Statement
from rostra.permissions.capabilities import BY_NAME, MODERATING, WRITING, May, names_of


class RoleInfo(NamedTuple):
    """A role with what it gives, by the names of capabilities in their order."""

    id: int
    name: str
    about: str
    values: dict[str, str]


class Preset(NamedTuple):
    """A role that can be had: name and words are written down in the language in which it is made."""

    name: str
    about: str
    values: dict[str, str]


class _RoleRow(NamedTuple):
    id: int
    name: str
    about: str
    capability: str | None
    value: str | None


_ROLES = Statement(
    "forums.roles",
    _RoleRow,
    """SELECT r.id, r.name, r.about, v.capability, v.value
       FROM forums_role r LEFT JOIN forums_rolevalue v ON v.role_id = r.id""",
)


def _each(mask: May, value: str) -> dict[str, str]:
    return dict.fromkeys(names_of(mask), value)


_STEADY = MODERATING & ~(May.MOD_PURGE | May.MOD_WARN | May.MOD_BAN | May.MOD_ADDRESSES)
PRESETS = (
    Preset(
        gettext_noop("Standard member"),
        gettext_noop("Reads and writes."),
        _each(May.SEE | May.READ | May.READ_OTHERS | WRITING, "yes"),
    ),
    Preset(
        gettext_noop("Read only"),
        gettext_noop("Reads everything and writes nothing, whatever else is given."),
        _each(May.BEGIN | May.REPLY | May.EDIT_OWN | May.WITHDRAW_OWN, "never"),
    ),
    Preset(
        gettext_noop("Replies only"),
        gettext_noop("Replies, but begins no topics: for forums of announcements."),
        {"begin": "no", "reply": "yes"},
    ),
    Preset(
        gettext_noop("Newly registered"),
        gettext_noop("What newcomers write waits for approval."),
        {"skip_approval": "never"},
    ),
    Preset(
        gettext_noop("Own topics only"),
        gettext_noop("Reads only the topics that one began: for requests to the staff."),
        {"see": "yes", "read": "yes", "read_others": "no"},
    ),
    Preset(
        gettext_noop("Private"),
        gettext_noop("The forum is not there, unless another group of the member's may see it."),
        _each(May.SEE | May.READ | May.READ_OTHERS, "no"),
    ),
    Preset(
        gettext_noop("Moderator"),
        gettext_noop("All that moderators can do."),
        _each(MODERATING, "yes"),
    ),
    Preset(
        gettext_noop("Moderator without bans"),
        gettext_noop("Moderates posts and topics; neither warns nor bans, nor deletes for good."),
        {**_each(_STEADY, "yes"), **_each(MODERATING & ~_STEADY, "no")},
    ),
)  # fmt: skip


def roles() -> list[RoleInfo]:
    """All roles by name."""
    found: dict[str, RoleInfo] = {}
    for row in _ROLES.all():
        role = found.setdefault(row.name, RoleInfo(row.id, row.name, row.about, {}))
        if row.capability and row.value:
            role.values[row.capability] = row.value
    order = list(BY_NAME)
    sorted_values = (
        role._replace(values=dict(sorted(role.values.items(), key=lambda pair: _place(order, pair[0]))))
        for role in found.values()
    )
    return sorted(sorted_values, key=lambda role: role.name.casefold())


def presets() -> list[Preset]:
    """The roles that a board can have, in the language in force."""
    return [each._replace(name=gettext(each.name), about=gettext(each.about)) for each in PRESETS]


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
