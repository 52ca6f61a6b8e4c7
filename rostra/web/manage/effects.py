"""What a change of rights would do, in words: for guests, members, newcomers, each group, and a single member."""

from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from rostra.forums.effects import Effect, audiences, effect
from rostra.forums.queries import Forest, counts
from rostra.forums.rights import Book
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import BOARD, Holder
from rostra.web.dates import number
from rostra.web.holders import Names, capability_words, place_name

_NAMED = 3  # more places than this are only counted


class Told(NamedTuple):
    """What happens to somebody: a line that sums it up, and lines that name forums and capabilities."""

    who: str
    summary: str
    lines: list[str]


def told(forest: Forest, after: Book, names: Names, content: int, single: Holder | None = None) -> list[Told]:
    """Of all for whom something changes what it is; empty when nothing does."""
    posts = {row.id: row.post_count for row in counts(content).values()}
    member = single if single and single.kind == "member" else None
    found = []
    for audience in audiences([int(group.key) for group in names.groups], member):
        what = effect(forest.book, after, audience.holders)
        if not what.is_none:
            found.append(Told(names.of(audience.named), _summary(forest, what, posts), _lines(forest, what)))
    return found


def _summary(forest: Forest, what: Effect, posts: dict[int, int]) -> str:
    """Forums and posts that come and go; categories hold none."""
    parts = []
    for comes, places, read in ((True, what.shown, what.opened), (False, what.hidden, what.closed)):
        forums = [place for place in places | read if forest.by_id[place].kind != "category"]
        if not forums:
            continue
        parts.append(_forums(comes, len(forums)))
        written = sum(posts.get(place, 0) for place in read)
        parts.append(ngettext("%(number)s post", "%(number)s posts", written) % {"number": number(written)})
    for are_gained, changed in ((True, what.gained), (False, what.lost)):
        how_many = len(changed.keys() - {May.SEE, May.READ})  # those show in the forums
        if how_many:
            parts.append(_capabilities(are_gained, how_many))
    return ", ".join(parts) or gettext("no forum more or less")


def _forums(come: bool, how_many: int) -> str:
    if come:
        words = ngettext("%(number)s more forum", "%(number)s more forums", how_many)
    else:
        words = ngettext("%(number)s forum less", "%(number)s forums less", how_many)
    return words % {"number": number(how_many)}


def _capabilities(are_gained: bool, how_many: int) -> str:
    if are_gained:
        words = ngettext("%(number)s right gained", "%(number)s rights gained", how_many)
    else:
        words = ngettext("%(number)s right lost", "%(number)s rights lost", how_many)
    return words % {"number": number(how_many)}


def _lines(forest: Forest, what: Effect) -> list[str]:
    pairs = (
        (gettext("Appears: %(where)s"), what.shown),
        (gettext("Disappears: %(where)s"), what.hidden),
        (gettext("Can be read: %(where)s"), what.opened - what.shown),
        (gettext("Cannot be read any more: %(where)s"), what.closed - what.hidden),
    )
    lines = [words % {"where": _all(forest, places)} for words, places in pairs if places]
    for words, changed in ((gettext("Gained"), what.gained), (gettext("Lost"), what.lost)):
        lines += [
            f"{words}: {capability_words(each)} ({_where(forest, changed[each])})"
            for each in _ordered(changed)
        ]
    return lines


def _ordered(changed: dict[May, frozenset[int]]) -> list[May]:
    return [each for each in May if each in changed]


def _all(forest: Forest, places: frozenset[int]) -> str:
    return ", ".join(node.name for node in forest.by_id.values() if node.id in places)


def _where(forest: Forest, places: frozenset[int]) -> str:
    if places == {BOARD}:
        return place_name(forest, BOARD)
    if len(places) == len(forest.by_id):
        return gettext("everywhere")
    if len(places) <= _NAMED:
        return _all(forest, places)
    return ngettext("in %(number)s place", "in %(number)s places", len(places)) % {
        "number": number(len(places))
    }
