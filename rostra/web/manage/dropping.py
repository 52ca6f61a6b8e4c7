"""Dropping a group: what follows is said first."""

from django.http import HttpResponse, HttpResponseRedirect

from rostra.accounts.queries import MOST_IN_LIST, people_in
from rostra.forums.dropping import drop_group, moderated_by, why_not_drop, without_group
from rostra.forums.queries import forest_in
from rostra.forums.rights import holder_of
from rostra.permissions.resolution import BOARD, Holder
from rostra.web.holders import Names, place_name
from rostra.web.manage import effects
from rostra.web.manage.groups import HOME, group_at
from rostra.web.manage.shown import token, was_shown
from rostra.web.membership import for_givers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, stamp_of


@takes("GET", "POST")
@for_givers
def drop(request: Request, number: str) -> HttpResponse:
    """Who loses what, and in which forums nobody moderates any more; POST drops the group when that was shown."""
    row, tree = group_at(number), forest_in(request.META)
    asked = ["drop group", row.id]
    refusal = why_not_drop(request.actor, tree.book, row.id)
    if request.method == "POST" and (refusal or was_shown(request, tree.book, asked)):
        drop_group(giver=request.actor, group_id=row.id)
        return HttpResponseRedirect(f"{HOME}?done=dropped")
    holder, people = Holder("group", str(row.id)), people_in(row.id)
    places = sorted({each.forum_id or BOARD for each in tree.book.rows if holder_of(each) == holder})
    context = {
        "group": row,
        "people": len(people),
        "is_cut": len(people) == MOST_IN_LIST,
        "places": [place_name(tree, place) for place in places],
        "moderated": [place_name(tree, place) for place in moderated_by(tree.book, row.id)],
        "told": effects.told(tree, without_group(tree.book, row.id), Names(), stamp_of(request).content),
        "token": token(tree.book, asked),
        "refusal": refusal,
    }
    return render(request, "manage/drop_group.html", context)
