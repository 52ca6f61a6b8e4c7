"""Reading rules: the numbered rules of a forum or the whole board, and all that one of them ever said."""

from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rostra.board.queries import profile
from rostra.houserules.inheritance import counted_now, fullest, sources
from rostra.houserules.policy import why_not_inherit, why_not_rule
from rostra.houserules.queries import RuleRow, repealed_rules, rules_holding, rules_of, versions_of
from rostra.houserules.rules import MOST_RULES
from rostra.houserules.sentences import translated
from rostra.web.heads import rules_head
from rostra.web.loading import canonical
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, forest_of, may_cache, stamp_of
from rostra.web.rules.pages import DAYS, Shown, changes, counts_in, presets, shown
from rostra.web.rules.places import Place, place_at, rule_at

MOST_REPEALED = 20


@takes("GET")
def rules(request: Request, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """The rules that hold in a forum, those of the whole board first; for who may, with the means to change them."""
    place = place_at(request, number)
    moved = canonical(request, place.address)
    if moved is not None:
        return moved
    may_cache(request)
    return render(request, "rules/rules.html", _context(request, place))


@takes("GET")
def history(request: Request, rule: str, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """Every version of a rule, with what changed from each to the next; its checks for who may change it."""
    place = place_at(request, number)
    row = rule_at(place, rule)
    moved = canonical(request, f"{place.address}{row.id}/history/")
    if moved is not None:
        return moved
    may_cache(request)
    may_rule = why_not_rule(request.actor, place.forum) is None
    context = {
        "home": place,
        "rule": row,
        "changes": changes(versions_of(row.id), shows_checks=may_rule),
    }
    response = render(request, "rules/history.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _context(request: Request, place: Place) -> dict[str, Any]:
    may_rule = why_not_rule(request.actor, place.forum) is None
    rows, of_board, above = _by_place(place)
    intro = place.forum.rules if place.forum else ""
    own = shown(rows, counts_in(place.id) if may_rule else {})
    board = profile(stamp_of(request).structure)
    is_thin = not (rows or of_board or above or intro)
    done = request.GET.get("done", "")
    return {
        "head": rules_head(board, place.forum, place.heading, intro, is_thin=is_thin),
        "home": place,
        "intro": intro,
        "own": own,
        "of_board": shown(of_board, {}),
        "above": above,
        "may_inherit": place.forum is not None and why_not_inherit(request.actor, place.forum) is None,
        "repealed": [(row.id, translated(row.text)) for row in repealed_rules(place.id, MOST_REPEALED)],
        "may_rule": may_rule,
        "is_full": may_rule and fullest(place.forum, forest_of(request), counted_now())[0] >= MOST_RULES,
        "presets": presets(rows) if may_rule else [],
        "days": DAYS,
        "done": _done().get(done, "") if may_rule else "",
    }


class Above(NamedTuple):
    """A forum above, and its rules, which hold here too."""

    place: Place
    rules: list[Shown]


def _by_place(place: Place) -> tuple[list[RuleRow], list[RuleRow], list[Above]]:
    """The rules of a place, those of the whole board, and those of the forums above."""
    if place.forum is None:
        return rules_of(None), [], []
    by_forum: dict[int | None, list[RuleRow]] = {}
    for row in rules_holding(place.forum):
        by_forum.setdefault(row.forum_id, []).append(row)
    above = [
        Above(Place(forum), shown(by_forum[forum.id], {}))
        for forum in sources(place.forum)[:-1]
        if forum.id in by_forum
    ]
    return by_forum.get(place.forum.id, []), by_forum.get(None, []), above


def _done() -> dict[str, str]:
    """What was done, by the word that the address ends with."""
    return {
        "laid-down": _("The rule is laid down."),
        "amended": _("The rule is amended."),
        "repealed": _("The rule is repealed."),
        "moved": _("The rules have other numbers."),
        "enforced": _("The rule is enforced from now on."),
        "observes": _("The rule is counted only, until somebody decides."),
        "inherited": _("The rules of the forums above hold here too."),
        "apart": _("The rules of the forums above do not hold here any more."),
        "brought": _("The rules of the file are laid down."),
    }
