"""What a member may do: everywhere, and in which forums more; whether they are new here, and why something is so."""

from typing import NamedTuple

from django.http import HttpResponse

from rostra.forums.queries import Forest, forest_in, visible_in
from rostra.forums.rights import Book, still_new
from rostra.permissions.capabilities import ABOUT, ALL, BY_NAME, May
from rostra.permissions.resolution import BOARD
from rostra.web.holders import Names, capability_words, number_in, places
from rostra.web.membership import for_members
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.reasons import capabilities, explained
from rostra.web.requests import Request


class Held(NamedTuple):
    """Forums in which the same holds, and what it is beyond that which holds everywhere."""

    forums: list[tuple[str, str]]
    more: list[str]


@takes("GET")
@for_members
def rights(request: Request) -> HttpResponse:
    """What holds for the member who asks; with a forum and a capability, why."""
    whole, forest, actor = forest_in(request.META), visible_in(request.META, request.actor), request.actor
    place = number_in(request.GET.get("place", "")) or BOARD
    place = place if place in forest.by_id else BOARD
    capability = BY_NAME.get(request.GET.get("may", ""))
    mask, held = _held(forest, whole.book, request)
    context = {
        "new": still_new(actor),
        "barred": [
            (whole.by_id[each.place].name, each.until)
            for each in actor.barred_now
            if each.place in whole.by_id
        ],
        "groups": _groups(request),
        "everywhere": _words(mask),
        "on_board": _words(whole.book.rights(actor).board, are_local=False),
        "held": held,
        "places": places(forest),
        "chosen": place,
        "capabilities": capabilities(),
        "capability": request.GET.get("may", ""),
        "told": explained(whole, Names(), actor, capability, place) if capability else None,
    }
    return render(request, "preferences/rights.html", context)


def _groups(request: Request) -> list[str]:
    mine = {str(number) for number in request.actor.groups}
    return [name for holder, name in Names().groups.items() if holder.key in mine]


def _held(forest: Forest, book: Book, request: Request) -> tuple[May, list[Held]]:
    """What holds in all forums that the member sees and is not banned from, and by what more or less they differ."""
    at = book.rights(request.actor).at
    forums = [
        node
        for node in forest.by_id.values()
        if node.kind == "forum" and not book.bar_at(request.actor, node.id)
    ]
    common = ALL if forums else May(0)
    for node in forums:
        common &= at[node.id]
    found: dict[May, list[tuple[str, str]]] = {}
    for node in forums:
        if more := at[node.id] & ~common:
            found.setdefault(more, []).append((node.address, node.name))
    return common, [Held(where, _words(more)) for more, where in found.items()]


def _words(mask: May, *, are_local: bool = True) -> list[str]:
    """What nothing asks for yet is left out."""
    return [capability_words(each) for each in May if mask & each and ABOUT[each].is_local is are_local]
