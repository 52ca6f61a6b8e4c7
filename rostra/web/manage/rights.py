"""What somebody is given somewhere: a form with all capabilities, and what a change would do before it is saved."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rostra.accounts.queries import members_named
from rostra.forums.effects import Said, said, with_said
from rostra.forums.giving import Stale, say, why_not_lose
from rostra.forums.queries import Forest, forest_in
from rostra.forums.reasons import reason
from rostra.forums.rights import Book
from rostra.forums.roles import roles
from rostra.kernel.refusals import Refused
from rostra.permissions.capabilities import ABOUT, Area, May
from rostra.permissions.resolution import BOARD, NEWCOMERS, Holder, Value
from rostra.web.holders import (
    AREAS,
    VALUES,
    Names,
    capability_words,
    key_of,
    number_in,
    place_name,
    places,
    source_words,
    value_words,
)
from rostra.web.manage import effects
from rostra.web.manage.shown import token, was_shown
from rostra.web.membership import for_givers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, stamp_of

HOME = "/manage/rights/"
_SEEN = "rostra.rights.seen"


class Row(NamedTuple):
    """A capability in the form: `above` is what holds without a value here, `theirs` what others said meanwhile."""

    name: str
    words: str
    value: str
    above: str
    theirs: str


@dataclass
class Form:
    """What is to be said of a holder at a place; `seen` is what was said when the form was opened."""

    place: int
    holder: Holder
    says: Said
    seen: Said
    theirs: Said | None = None
    faults: dict[str, str] = field(default_factory=dict)
    status: int = 200


@takes("GET", "POST")
@for_givers
def rights(request: Request) -> HttpResponse:
    """Choose a place and a holder; then see what is given, change it, look at the effect, and save."""
    forest, names = forest_in(request.META), Names()
    if request.method == "POST":
        return _answer(request, forest, names, _typed(request, forest, names))
    asked, faults = request.GET.get("member", "").strip(), dict[str, str]()
    if asked:
        found = members_named([asked]).get(asked)
        if found is not None:
            query = {"place": request.GET.get("place", ""), "holder": f"member-{found.id}"}
            return HttpResponseRedirect(f"{HOME}?{urlencode(query)}")
        faults["member"] = _("Nobody is called “%(name)s” here.") % {"name": asked[:60].replace("\0", "␀")}
    form = None
    if "holder" in request.GET and not faults:
        place, holder = _place(forest, request.GET.get("place", "")), _holder(names, request.GET["holder"])
        now = said(forest.book, holder, place)
        form = Form(place, holder, now, now)
    return _page(request, forest, names, form, faults)


def _typed(request: Request, forest: Forest, names: Names) -> Form:
    """The form as it was sent; values and roles that are none are refused when they are said."""
    place = _place(forest, request.POST.get("place", ""))
    holder = _holder(names, request.POST.get("holder", ""))
    values = {
        name: request.POST.get(f"v-{name}", "") for name in (ABOUT[each].name for each in _offered(place))
    }
    says = Said({name: value for name, value in values.items() if value}, request.POST.get("role", ""))
    try:
        known, role = signing.loads(request.POST.get("seen", ""), salt=_SEEN)
        seen = Said(known, role)
    except signing.BadSignature:
        seen = Said({"": ""})  # nobody has seen that: what is said now is shown
    return Form(place, holder, says, seen)


def _answer(request: Request, forest: Forest, names: Names, form: Form) -> HttpResponse:
    """Back to the form, on to the effect, or saved."""
    now = said(forest.book, form.holder, form.place)
    form.faults = _faults(form)
    if form.faults:
        form.status = 422
    elif form.seen != now:
        form.theirs, form.seen, form.status = now, now, 409
    if form.status != 200 or request.POST.get("do") == "edit":
        return _page(request, forest, names, form, {})
    known = {role.name: role.values for role in roles()}
    after = with_said(forest.book, form.holder, form.place, form.says, known)
    if request.POST.get("do") != "save" or not was_shown(request, forest.book, _change(form)):
        return _effect(request, forest, names, form, after)
    try:
        say(
            giver=request.actor, holder=form.holder, place=form.place, says=form.says, seen=form.seen,
            accepts_loss=request.POST.get("loss") == "yes",
        )  # fmt: skip
    except Stale:
        return _effect(request, forest, names, form, after)
    except Refused:
        return _effect(request, forest, names, form, after, status=403)
    query = {"place": str(form.place), "holder": key_of(form.holder), "done": "saved"}
    return HttpResponseRedirect(f"{HOME}?{urlencode(query)}")


def _faults(form: Form) -> dict[str, str]:
    faults = {}
    if not set(form.says.values.values()) <= set(Value):
        faults["value"] = _("A value is yes, no or never.")
    if form.says.role and form.says.role not in {role.name for role in roles()}:
        faults["role"] = _("There is no role “%(name)s” any more.") % {"name": form.says.role[:60]}
    return faults


def _effect(
    request: Request, forest: Forest, names: Names, form: Form, after: Book, status: int = 200
) -> HttpResponse:
    """What the change would do, with a button that saves it."""
    context = {
        "form": form,
        "where": place_name(forest, form.place),
        "who": names.of(form.holder),
        "holder": key_of(form.holder),
        "seen": signing.dumps(list(form.seen), salt=_SEEN),
        "token": token(forest.book, _change(form)),
        "told": effects.told(forest, after, names, stamp_of(request).content, form.holder),
        "loss": why_not_lose(request.actor, forest.book, after),
        "was_shown": "token" in request.POST,
    }
    return render(request, "manage/rights_effect.html", context, status=status)


def _page(
    request: Request, forest: Forest, names: Names, form: Form | None, faults: dict[str, str]
) -> HttpResponse:
    chosen = form.place if form else number_in(request.GET.get("place", "")) or BOARD
    context: dict[str, Any] = {
        "places": places(forest),
        "holders": names.to_choose(),
        "chosen": chosen,
        "holder": key_of(form.holder) if form else request.GET.get("holder", ""),
        "asked": request.GET.get("member", "")[:60].replace("\0", "␀"),
        "faults": faults,
        "form": form,
        "done": request.GET.get("done", ""),
    }
    if form is not None:
        context |= {
            "where": place_name(forest, form.place),
            "who": names.of(form.holder),
            "areas": _areas(forest, form),
            "newcomers": _who_is_new() if form.holder == NEWCOMERS else "",
            "roles": roles(),
            "values": [(value.value, value_words(value)) for value in VALUES],
            "seen": signing.dumps(list(form.seen), salt=_SEEN),
        }
    return render(
        request, "manage/rights.html", context, status=form.status if form else 422 if faults else 200
    )


def _who_is_new() -> str:
    """Until when somebody is a newcomer here: a setting, so that nobody gives them something in vain."""
    days, posts = settings.ROSTRA.newcomer_days, settings.ROSTRA.newcomer_posts
    if not days and not posts:
        return _(
            "There are no newcomers on this board: ROSTRA_NEWCOMER_POSTS and ROSTRA_NEWCOMER_DAYS are 0. What is given here does nothing until one of them is set."
        )
    told = []
    if posts:
        words = ngettext(
            "Members are newcomers until they have %(posts)s post.",
            "Members are newcomers until they have %(posts)s posts.",
            posts,
        )
        told.append(words % {"posts": posts})
    if days:
        words = ngettext(
            "Members are newcomers for %(days)s day.", "Members are newcomers for %(days)s days.", days
        )
        told.append(words % {"days": days})
    return " ".join(told)


def _areas(forest: Forest, form: Form) -> list[tuple[str, list[Row]]]:
    """The capabilities by area. What holds without a value here is found on a board without these values."""
    now = said(forest.book, form.holder, form.place)
    known = {role.name: role.values for role in roles()}
    bare = with_said(forest.book, form.holder, form.place, Said({}, now.role), known)
    rows: dict[Area, list[Row]] = {}
    for each in _offered(form.place):
        about = ABOUT[each]
        above = reason(bare, each, form.place, form.holder)
        told = _("As above: %(value)s (%(source)s)") % {
            "value": value_words(above.value), "source": source_words(forest, above),
        }  # fmt: skip
        value = form.says.values.get(about.name, "")
        theirs = form.theirs.values.get(about.name, "") if form.theirs else value
        differs = "" if theirs == value else value_words(Value(theirs)) if theirs else _("as above")
        rows.setdefault(about.area, []).append(Row(about.name, capability_words(each), value, told, differs))
    return [(_(AREAS[area]), found) for area, found in rows.items()]


def _offered(place: int) -> list[May]:
    """What can be given at a place."""
    return [each for each in May if place == BOARD or ABOUT[each].is_local]


def _change(form: Form) -> list[object]:
    return [form.place, key_of(form.holder), form.says, form.seen]


def _place(forest: Forest, text: str) -> int:
    """The place of a number. Raises Http404."""
    place = number_in(text or "0")
    if place is None or (place != BOARD and place not in forest.by_id):
        raise Http404(_("There is no forum %(number)s.") % {"number": text[:30]})
    return place


def _holder(names: Names, text: str) -> Holder:
    """The holder of a key. Raises Http404."""
    holder = names.read(text)
    if holder is None:
        raise Http404(_("There is no such group or member: %(key)s") % {"key": text[:30]})
    return holder
