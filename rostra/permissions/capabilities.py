"""What can be allowed, one bit each. A capability holds in a forum, or for the whole board."""

from enum import IntFlag, StrEnum, auto
from typing import NamedTuple

from django.utils.translation import gettext_noop


class May(IntFlag):
    """The capabilities. The order is that of the stored names, not of importance; new ones go to the end."""

    SEE = auto()
    READ = auto()
    READ_OTHERS = auto()
    BEGIN = auto()
    REPLY = auto()
    EDIT_OWN = auto()
    WITHDRAW_OWN = auto()
    SKIP_APPROVAL = auto()
    REPORT = auto()
    MOD_EDIT = auto()
    MOD_REMOVE = auto()
    MOD_PURGE = auto()
    MOD_LOCK = auto()
    MOD_PIN = auto()
    MOD_MOVE = auto()
    MOD_SPLIT = auto()
    MOD_AUTHOR = auto()
    MOD_APPROVE = auto()
    MOD_REPORTS = auto()
    MOD_WARN = auto()
    MOD_BAN = auto()
    MOD_NOTES = auto()
    MOD_ADDRESSES = auto()
    MANAGE_FORUMS = auto()
    MANAGE_RIGHTS = auto()
    MANAGE_MEMBERS = auto()
    MANAGE_BOARD = auto()


class Area(StrEnum):
    """Whom a capability is for, as the editor groups them."""

    READING = "reading"
    WRITING = "writing"
    MODERATING = "moderating"
    MANAGING = "managing"


class Capability(NamedTuple):
    """What people read of a capability. `name` is how it is stored; `is_local`: it can differ from forum to forum."""

    name: str
    area: Area
    words: str
    is_local: bool = True


ABOUT: dict[May, Capability] = {
    May.SEE: Capability("see", Area.READING, gettext_noop("See that the forum is there")),
    May.READ: Capability("read", Area.READING, gettext_noop("Read topics")),
    May.READ_OTHERS: Capability("read_others", Area.READING, gettext_noop("Read topics that others began")),
    May.BEGIN: Capability("begin", Area.WRITING, gettext_noop("Begin topics")),
    May.REPLY: Capability("reply", Area.WRITING, gettext_noop("Reply to topics")),
    May.EDIT_OWN: Capability("edit_own", Area.WRITING, gettext_noop("Edit own posts")),
    May.WITHDRAW_OWN: Capability("withdraw_own", Area.WRITING, gettext_noop("Take back own posts")),
    May.SKIP_APPROVAL: Capability("skip_approval", Area.WRITING, gettext_noop("Post without approval")),
    May.REPORT: Capability("report", Area.WRITING, gettext_noop("Report posts")),
    May.MOD_EDIT: Capability("mod_edit", Area.MODERATING, gettext_noop("Edit the posts of others")),
    May.MOD_REMOVE: Capability(
        "mod_remove", Area.MODERATING, gettext_noop("Remove and restore posts and topics")
    ),
    May.MOD_PURGE: Capability("mod_purge", Area.MODERATING, gettext_noop("Delete for good")),
    May.MOD_LOCK: Capability("mod_lock", Area.MODERATING, gettext_noop("Lock topics and posts")),
    May.MOD_PIN: Capability(
        "mod_pin", Area.MODERATING, gettext_noop("Make topics sticky, and announcements")
    ),
    May.MOD_MOVE: Capability("mod_move", Area.MODERATING, gettext_noop("Move topics")),
    May.MOD_SPLIT: Capability("mod_split", Area.MODERATING, gettext_noop("Split and merge topics and posts")),
    May.MOD_AUTHOR: Capability("mod_author", Area.MODERATING, gettext_noop("Change the author of a post")),
    May.MOD_APPROVE: Capability(
        "mod_approve", Area.MODERATING, gettext_noop("Decide what waits for approval")
    ),
    May.MOD_REPORTS: Capability("mod_reports", Area.MODERATING, gettext_noop("Handle reports")),
    May.MOD_WARN: Capability("mod_warn", Area.MODERATING, gettext_noop("Warn members")),
    May.MOD_BAN: Capability("mod_ban", Area.MODERATING, gettext_noop("Mute and ban members")),
    May.MOD_NOTES: Capability(
        "mod_notes", Area.MODERATING, gettext_noop("Read and write notes about members")
    ),
    May.MOD_ADDRESSES: Capability(
        "mod_addresses", Area.MODERATING, gettext_noop("Look up network addresses")
    ),
    May.MANAGE_FORUMS: Capability(
        "manage_forums", Area.MANAGING, gettext_noop("Change the tree of forums"), False
    ),
    May.MANAGE_RIGHTS: Capability(
        "manage_rights", Area.MANAGING, gettext_noop("Give and take rights"), False
    ),
    May.MANAGE_MEMBERS: Capability(
        "manage_members", Area.MANAGING, gettext_noop("Manage members and groups"), False
    ),
    May.MANAGE_BOARD: Capability(
        "manage_board", Area.MANAGING, gettext_noop("Manage the board's settings"), False
    ),
}
BY_NAME = {about.name: capability for capability, about in ABOUT.items()}
ALL = May((1 << len(May)) - 1)
READING = May.SEE | May.READ | May.READ_OTHERS
WRITING = May.BEGIN | May.REPLY | May.EDIT_OWN | May.WITHDRAW_OWN | May.SKIP_APPROVAL | May.REPORT
MODERATING = May(sum(each for each, about in ABOUT.items() if about.area is Area.MODERATING))
NOTHING = May(0)


def names_of(mask: May) -> list[str]:
    """The capabilities of a mask by name, in their order."""
    return [ABOUT[each].name for each in May if each & mask]


def mask_of(names: list[str]) -> May:
    """The mask of capabilities by name. Raises KeyError with the name that is none."""
    return May(sum({BY_NAME[name] for name in names}))
