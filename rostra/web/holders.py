"""Places, holders and values of rights as addresses, forms and people name them."""

from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop

from rostra.accounts.queries import groups, name_of
from rostra.forums.queries import Forest
from rostra.forums.reasons import Reason, Source
from rostra.permissions.capabilities import ABOUT, Area, May
from rostra.permissions.resolution import BOARD, CIRCLES, GUESTS, MEMBERS, NEWCOMERS, Holder, Value

AREAS = {
    Area.READING: gettext_noop("Reading"),
    Area.WRITING: gettext_noop("Writing"),
    Area.MODERATING: gettext_noop("Moderating"),
    Area.MANAGING: gettext_noop("Managing"),
}
VALUES = {Value.YES: gettext_noop("Yes"), Value.NO: gettext_noop("No"), Value.NEVER: gettext_noop("Never")}
_CIRCLES = {
    GUESTS: gettext_noop("Guests"),
    MEMBERS: gettext_noop("Members"),
    NEWCOMERS: gettext_noop("Newcomers"),
}
_MOST_DIGITS = 18


class Place(NamedTuple):
    """A place in a list to choose from: `depth` is how far below the board it stands."""

    id: int
    name: str
    depth: int


def places(forest: Forest) -> list[Place]:
    """The board and all forums in the order of the tree."""
    found = [Place(BOARD, gettext("The whole board"), 0)]
    for root in forest.roots:
        found += [Place(node.id, node.name, len(node.ancestors) + 1) for node in root.walk()]
    return found


def place_name(forest: Forest, place: int) -> str:
    """What a place is called."""
    node = forest.by_id.get(place)
    return node.name if node else gettext("The whole board")


def number_in(text: str) -> int | None:
    """A number that was typed or stands in an address; None when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def key_of(holder: Holder) -> str:
    """A holder in an address or a form: `circle-guests`, `group-5`, `member-7`."""
    return f"{holder.kind}-{holder.key}"


class Names:
    """What holders are called. Groups are read once, members one by one."""

    def __init__(self) -> None:
        self.groups = {Holder("group", str(row.id)): row.name for row in groups()}

    def of(self, holder: Holder) -> str:
        """The name of a holder; of one that is not there any more, its key."""
        return self.known(holder) or key_of(holder)

    def known(self, holder: Holder) -> str | None:
        """The name of a holder, or None when there is none."""
        if holder in CIRCLES:
            return gettext(_CIRCLES[holder])
        if holder.kind == "member":
            number = number_in(holder.key)
            return name_of(number) if number and holder.key == str(number) else None
        return self.groups.get(holder)

    def read(self, text: str) -> Holder | None:
        """The holder that a key names; None when there is none."""
        kind, _, key = text.partition("-")
        holder = Holder(kind, key)
        return holder if self.known(holder) is not None else None

    def to_choose(self) -> list[tuple[str, str]]:
        """Circles and groups with their keys."""
        return [(key_of(each), self.of(each)) for each in (*CIRCLES, *self.groups)]


def capability_words(capability: May) -> str:
    """What a capability is, in words."""
    return gettext(ABOUT[capability].words)


def value_words(value: Value | None) -> str:
    """A value in words; where nothing was said it is no."""
    return gettext(VALUES[value or Value.NO])


def source_words(forest: Forest, reason: Reason) -> str:
    """Where a value comes from: the place, and what said it there."""
    if reason.source is None or reason.said_at is None:
        return gettext("nothing was given")
    if reason.source is Source.BEGINNING:
        return gettext("so from the beginning")
    place = place_name(forest, reason.said_at)
    if reason.source is Source.OFFICE:
        return gettext("moderators of “%(place)s”") % {"place": place}
    if reason.source is Source.ROLE:
        return gettext("%(place)s, role “%(role)s”") % {"place": place, "role": reason.role}
    return place
