"""Roles: the list of them with where they are used, and a form to define, change and drop one."""

from dataclasses import dataclass, field

from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rostra.forums.effects import uses_of, with_role
from rostra.forums.giving import define_role, drop_role, make_presets, why_not_lose
from rostra.forums.queries import Forest, forest_in
from rostra.forums.roles import RoleInfo, roles
from rostra.kernel.refusals import Invalid, Refused
from rostra.permissions.capabilities import ABOUT, May
from rostra.permissions.resolution import Value
from rostra.web.holders import AREAS, VALUES, Names, capability_words, key_of, place_name, value_words
from rostra.web.manage import effects
from rostra.web.manage.rights import Row
from rostra.web.manage.shown import token, was_shown
from rostra.web.membership import for_givers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, stamp_of

HOME = "/manage/roles/"
NAME_LENGTH, ABOUT_LENGTH = 60, 300
_SEEN = "rostra.roles.seen"


@dataclass
class Form:
    """A role as it is typed; `old` is its name until now, empty for a new one.

    `now` is what the role gives now, `seen` what it gave when the form was opened, `theirs` what others made of it since.
    """

    action: str
    old: str
    name: str = ""
    about: str = ""
    values: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] | None = None
    faults: dict[str, str] = field(default_factory=dict)
    status: int = 200


@takes("GET", "POST")
@for_givers
def listed(request: Request) -> HttpResponse:
    """All roles; POST makes those that every board can have."""
    if request.method == "POST":
        return _back("presets", str(make_presets(giver=request.actor)))
    forest, names = forest_in(request.META), Names()
    context = {
        "roles": [(role, _said_by(role), _used(forest, names, role.name)) for role in roles()],
        "done": request.GET.get("done", ""),
        "name": request.GET.get("role", "")[:NAME_LENGTH],
    }
    return render(request, "manage/roles.html", context)


@takes("GET", "POST")
@for_givers
def new(request: Request) -> HttpResponse:
    """Define a role."""
    return _answer(request, Form(f"{HOME}new/", ""))


@takes("GET", "POST")
@for_givers
def change(request: Request, number: str) -> HttpResponse:
    """Change what a role gives, or what it is called."""
    role = _role_at(number)
    action = f"{HOME}{role.id}/change/"
    return _answer(request, Form(action, role.name, role.name, role.about, role.values, role.values))


@takes("GET", "POST")
@for_givers
def drop(request: Request, number: str) -> HttpResponse:
    """Ask whether a role is to go, and take it away; of one that is in use, say where."""
    role, fault = _role_at(number), ""
    if request.method == "POST":
        try:
            drop_role(giver=request.actor, name=role.name)
        except Invalid as invalid:
            fault = str(invalid)
        else:
            return _back("dropped", role.name)
    uses = _used(forest_in(request.META), Names(), role.name)
    context = {"role": role, "uses": uses, "fault": fault}
    return render(request, "manage/drop_role.html", context, status=422 if fault else 200)


def _answer(request: Request, form: Form) -> HttpResponse:
    """The form; of a role that somebody has, the effect before it is saved."""
    if request.method != "POST":
        return _page(request, form)
    form.name, form.about = request.POST.get("name", ""), request.POST.get("about", "")
    typed = {ABOUT[each].name: request.POST.get(f"v-{ABOUT[each].name}", "") for each in May}
    form.values = {name: value for name, value in typed.items() if value}
    if not set(form.values.values()) <= set(Value):
        form.faults, form.status = {"value": _("A value is yes, no or never.")}, 422
    elif _seen(request) != form.now:
        form.theirs, form.status = form.now, 409
    if form.status != 200 or request.POST.get("do") == "edit":
        return _page(request, form)
    forest = forest_in(request.META)
    if uses_of(forest.book, form.old) and not (
        request.POST.get("do") == "save" and was_shown(request, forest.book, _change(form))
    ):
        return _effect(request, forest, form)
    return _saved(request, forest, form)


def _saved(request: Request, forest: Forest, form: Form) -> HttpResponse:
    try:
        role = define_role(
            giver=request.actor, name=form.name, values=form.values, about=form.about, instead_of=form.old,
            is_new=not form.old, accepts_loss=request.POST.get("loss") == "yes",
        )  # fmt: skip
    except Refused:
        return _effect(request, forest, form, status=403)
    except Invalid as invalid:
        form.faults, form.status = invalid.faults, 422
        return _page(request, form)
    return _back("defined", role.name)


def _effect(request: Request, forest: Forest, form: Form, status: int = 200) -> HttpResponse:
    after, names = with_role(forest.book, form.old, form.values), Names()
    context = {
        "form": form,
        "seen": signing.dumps(form.now, salt=_SEEN),
        "token": token(forest.book, _change(form)),
        "told": effects.told(forest, after, names, stamp_of(request).content),
        "uses": _used(forest, names, form.old),
        "loss": why_not_lose(request.actor, forest.book, after),
    }
    return render(request, "manage/role_effect.html", context, status=status)


def _page(request: Request, form: Form) -> HttpResponse:
    rows: dict[str, list[Row]] = {}
    for each in May:
        about = ABOUT[each]
        value = form.values.get(about.name, "")
        theirs = form.theirs.get(about.name, "") if form.theirs is not None else value
        differs = "" if theirs == value else value_words(Value(theirs)) if theirs else _("Says nothing")
        row = Row(about.name, capability_words(each), value, _("Says nothing"), differs)
        rows.setdefault(_(AREAS[about.area]), []).append(row)
    context = {
        "form": form,
        "heading": _("The role “%(name)s”") % {"name": form.old} if form.old else _("A further role"),
        "shown": {"name": form.name.replace("\0", "␀"), "about": form.about.replace("\0", "␀")},
        "seen": signing.dumps(form.now, salt=_SEEN),
        "lengths": {"name": NAME_LENGTH, "about": ABOUT_LENGTH},
        "areas": list(rows.items()),
        "values": [(value.value, value_words(value)) for value in VALUES],
    }
    return render(request, "manage/role.html", context, status=form.status)


def _seen(request: Request) -> dict[str, str] | None:
    """What the role gave when the form was opened; None when nobody can say."""
    try:
        return dict(signing.loads(request.POST.get("seen", ""), salt=_SEEN))
    except signing.BadSignature:
        return None


def _change(form: Form) -> list[object]:
    return ["role", form.old, form.name, form.about, form.values]


def _used(forest: Forest, names: Names, role: str) -> list[tuple[str, str]]:
    """Where a role is given: addresses and words."""
    return [
        (
            f"/manage/rights/?{urlencode({'place': str(place), 'holder': key_of(holder)})}",
            _("%(who)s, %(where)s") % {"who": names.of(holder), "where": place_name(forest, place)},
        )
        for holder, place in uses_of(forest.book, role)
    ]


def _said_by(role: RoleInfo) -> list[tuple[str, str]]:
    """What a role gives, by value: the value in words, and the capabilities."""
    found: dict[str, list[str]] = {}
    for each in May:
        value = role.values.get(ABOUT[each].name)
        if value:
            found.setdefault(value, []).append(capability_words(each))
    return [(value_words(value), ", ".join(found[value])) for value in Value if value in found]


def _role_at(number: str) -> RoleInfo:
    """The role with this id. Raises Http404."""
    for role in roles():
        if str(role.id) == number:
            return role
    raise Http404(_("There is no role %(number)s.") % {"number": number[:30]})


def _back(done: str, role: str) -> HttpResponse:
    return HttpResponseRedirect(f"{HOME}?{urlencode({'done': done, 'role': role})}")
