"""Why somebody may do something in a forum, in words and as a table of what each holder says."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext

from rostra.accounts.actors import Actor
from rostra.accounts.barring import Barred
from rostra.forums.policy import is_moderator
from rostra.forums.queries import Forest
from rostra.forums.reasons import Reason, why
from rostra.forums.rights import ADMINISTRATORS, BARRED
from rostra.permissions.capabilities import ABOUT, May
from rostra.permissions.resolution import BOARD, GUESTS, Holder, Value
from rostra.web.dates import day
from rostra.web.holders import Names, capability_words, key_of, place_name, source_words, value_words


class Line(NamedTuple):
    """What one holder says: `change` is where an administrator can give something else."""

    who: str
    value: str
    source: str
    is_deciding: bool
    change: str


class Explained(NamedTuple):
    """The answer as a sentence, what decided it, what stands above it, and what each holder says."""

    answer: str
    because: str
    besides: list[str]
    lines: list[Line]


def explained(forest: Forest, names: Names, actor: Actor, capability: May, place: int) -> Explained:
    """Whether somebody may do something at a place, and which grant decided. `forest` is the whole tree."""
    if not ABOUT[capability].is_local:
        place = BOARD
    bar = forest.book.bar_at(actor, place)
    holders = forest.book.holders(actor)
    who = actor.name or gettext("A guest")
    told = {"who": who, "what": capability_words(capability), "where": place_name(forest, place)}
    allowed, refused = (
        gettext("%(who)s may do this in “%(where)s”: %(what)s."),
        gettext("%(who)s may not do this in “%(where)s”: %(what)s."),
    )
    if holders == ADMINISTRATORS:
        return Explained(allowed % told, gettext("Administrators may do everything everywhere."), [], [])
    holders = frozenset(each for each in holders if each.kind != BARRED)
    if bar:
        holders = frozenset({GUESTS})
    elif actor.id is not None:
        holders |= {Holder("member", str(actor.id))}
    answer = why(forest.book, capability, place, holders)
    hidden = _hidden_above(forest, actor, place)
    is_there = answer.is_allowed and not hidden
    return Explained(
        (allowed if is_there else refused) % told,
        _because(forest, names, answer.is_allowed, answer.reasons),
        [*_barred(forest, bar), *hidden, *_locked(forest, actor, place)],
        [_line(forest, names, each, capability, place) for each in answer.reasons],
    )


def _because(forest: Forest, names: Names, is_allowed: bool, reasons: list[Reason]) -> str:
    deciding = [each for each in reasons if each.is_deciding]
    if not deciding:
        return gettext("Nobody gives it: there is no yes.")
    told = "; ".join(f"{names.of(each.holder)} ({source_words(forest, each)})" for each in deciding)
    if is_allowed:
        return gettext("A yes allows it, and there is no never: %(who)s.") % {"who": told}
    return gettext("A never forbids it, whatever else is given: %(who)s.") % {"who": told}


def _barred(forest: Forest, bar: Barred | None) -> list[str]:
    """That a decision of moderators stands above all that is given."""
    if bar is None:
        return []
    told = {"forum": place_name(forest, bar.place), "day": day(bar.until.date()) if bar.until else ""}
    without = gettext(
        "By a decision of the moderators, “%(forum)s” is for now to a banned member as to a guest."
    )
    until = gettext(
        "By a decision of the moderators, “%(forum)s” is until %(day)s to a banned member as to a guest."
    )
    return [(until if bar.until else without) % told]


def _hidden_above(forest: Forest, actor: Actor, place: int) -> list[str]:
    """Places above that may not be seen: all that is below them is not there."""
    node, rights = forest.by_id.get(place), forest.book.rights(actor)
    return [
        gettext("“%(forum)s” may not be seen, and so nothing below it is there.") % {"forum": above.name}
        for above in (node.ancestors if node else ())
        if not rights.may(May.SEE, above.id)
    ]


def _locked(forest: Forest, actor: Actor, place: int) -> list[str]:
    """Passwords that this reader may have to type; those of others are not known to have been."""
    node = forest.by_id.get(place)
    if node is None or is_moderator(actor, node):
        return []
    return [
        gettext("“%(forum)s” has a password.") % {"forum": each.name}
        for each in (*node.ancestors, node)
        if each.lock
    ]


def _line(forest: Forest, names: Names, reason: Reason, capability: May, place: int) -> Line:
    at = reason.said_at if reason.said_at is not None else place
    query = urlencode({"place": str(at), "holder": key_of(reason.holder)})
    return Line(
        names.of(reason.holder),
        "–" if reason.value is None else value_words(Value(reason.value)),
        source_words(forest, reason),
        reason.is_deciding,
        f"/manage/rights/?{query}#v-{ABOUT[capability].name}",
    )


def capabilities(*, are_local: bool = False) -> list[tuple[str, str]]:
    """Names and words of all capabilities, to choose from; `are_local`: only those that hold in a forum."""
    return [
        (ABOUT[each].name, capability_words(each)) for each in May if ABOUT[each].is_local or not are_local
    ]
