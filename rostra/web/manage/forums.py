"""The tree of forums, for who may change it: the list, a form for a further one, and what each change would do."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.arranging import (
    LENGTHS,
    Described,
    add_forum,
    checked,
    describe_forum,
    drop_forum,
    move_forum,
    shift_forum,
    why_not_empty,
    why_not_move,
)
from rostra.forums.effects import with_moved
from rostra.forums.models import Forum
from rostra.forums.queries import Forest, Node, forest_in
from rostra.kernel.refusals import Invalid, Refused, refuse
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import BOARD
from rostra.web.holders import Names, Place, number_in, places
from rostra.web.loading import missing
from rostra.web.manage import effects, forum_effects
from rostra.web.manage.shown import token, was_shown
from rostra.web.membership import for_managers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, stamp_of

HOME = "/manage/forums/"
KINDS = tuple(Forum.Kind.values)


@dataclass
class Form:
    """What stands in the form of a forum, and what is wrong with it."""

    kind: str = Forum.Kind.FORUM
    parent: int = BOARD
    said: Described = field(default_factory=lambda: Described(""))
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, str]:
        """The texts as a page can show them."""
        return {name: getattr(self.said, name).replace("\0", "␀") for name in LENGTHS}

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What a further page must bring along."""
        fields = [(name, getattr(self.said, name)) for name in LENGTHS]
        return [
            ("kind", self.kind),
            ("place", str(self.parent)),
            *fields,
            ("closed", "yes" if self.said.is_closed else ""),
        ]


@takes("GET", "POST")
@for_managers(May.MANAGE_FORUMS)
def listed(request: Request) -> HttpResponse:
    """The whole tree; POST lets one change places with its neighbour."""
    forest = forest_in(request.META)
    if request.method == "POST":
        step = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
        number = number_in(request.POST.get("forum", "")) or 0
        shift_forum(manager=request.actor, forum_id=number, step=step)
        return HttpResponseRedirect(f"{HOME}?done=moved#forum-{number}")
    context = {
        "rows": [_row(forest, node) for root in forest.roots for node in root.walk()],
        "done": _done().get(request.GET.get("done", ""), ""),
    }
    return render(request, "manage/forums.html", context)


@takes("GET", "POST")
@for_managers(May.MANAGE_FORUMS)
def new(request: Request) -> HttpResponse:
    """A form for a further place in the tree; who will find it is told before it is there."""
    forest = forest_in(request.META)
    form = (
        _sent(request)
        if request.method == "POST"
        else Form(parent=number_in(request.GET.get("place", "")) or BOARD)
    )
    heading = _("A further forum, category or link")
    if request.method != "POST" or request.POST.get("do") == "edit":
        return _form(request, forest, form, None, heading)
    try:
        checked(form.said, form.kind)
        if request.POST.get("do") == "save" and was_shown(request, forest.book, ["new", form.sent]):
            parent = form.parent or None
            add_forum(manager=request.actor, kind=form.kind, parent=parent, said=form.said)
            return HttpResponseRedirect(f"{HOME}?done=added")
    except Invalid as invalid:
        form.faults = invalid.faults
        return _form(request, forest, form, None, heading)
    told = forum_effects.of_new(forest, form.parent, form.kind)
    return _effect(request, forest, f"{HOME}new/", form.said.name, told, form.sent, ["new", form.sent])


@takes("GET", "POST")
@for_managers(May.MANAGE_FORUMS)
def change(request: Request, number: str) -> HttpResponse:
    """Its name, description, text of rules, address, and whether it is closed."""
    forest, node = _at(request, number)
    heading, here = _("“%(forum)s”") % {"forum": node.name}, f"{HOME}{node.id}/"
    now = Described(node.name, node.description, node.rules, node.link, node.is_closed)
    form = _sent(request, node.kind) if request.method == "POST" else Form(node.kind, said=now)
    if request.method != "POST" or request.POST.get("do") == "edit":
        return _form(request, forest, form, node, heading)
    try:
        good = checked(form.said, node.kind)
        if request.POST.get("do") == "save" and was_shown(request, forest.book, [node.id, now, form.sent]):
            describe_forum(manager=request.actor, forum_id=node.id, said=form.said)
            return HttpResponseRedirect(f"{HOME}?done=saved#forum-{node.id}")
    except Invalid as invalid:
        form.faults = invalid.faults
        return _form(request, forest, form, node, heading)
    told = forum_effects.of_described(node, good, stamp_of(request).content)
    return _effect(request, forest, here, node.name, told, form.sent, [node.id, now, form.sent])


@takes("GET", "POST")
@for_managers(May.MANAGE_FORUMS)
def move(request: Request, number: str) -> HttpResponse:
    """Another place for it, with all that is below it; what rights and rules follow is told before."""
    forest, node = _at(request, number)
    parent = number_in(request.POST.get("place", "")) if request.method == "POST" else node.parent_id or BOARD
    faults, shown = dict[str, str](), [node.id, "move", parent]
    if request.method == "POST" and request.POST.get("do") != "edit":
        try:
            if parent not in {each.id for each in _free(forest, node)}:
                raise Invalid(parent=_("Choose a place that is neither a link nor below this one."))
            if request.POST.get("do") == "save" and was_shown(request, forest.book, shown):
                move_forum(manager=request.actor, forum_id=node.id, parent=parent or None)
                return HttpResponseRedirect(f"{HOME}?done=moved#forum-{node.id}")
            refuse(why_not_move(request.actor, forest, node.id, parent or None))
            return _moved(request, forest, node, parent or BOARD, shown)
        except Invalid as invalid:
            faults = invalid.faults
        except Refused as refused:
            faults = {"parent": f"{refused.refusal.reason} {refused.refusal.remedy}"}
    context = {"node": node, "places": _free(forest, node), "chosen": parent, "faults": faults}
    return render(request, "manage/forum_move.html", context, status=422 if faults else 200)


@takes("GET", "POST")
@for_managers(May.MANAGE_FORUMS)
def drop(request: Request, number: str) -> HttpResponse:
    """Ask whether an empty one is to go, and take it away."""
    forest, node = _at(request, number)
    fault = why_not_empty(node.id)
    if request.method == "POST" and fault is None:
        try:
            drop_forum(manager=request.actor, forum_id=node.id)
            return HttpResponseRedirect(f"{HOME}?done=dropped")
        except Refused as refused:
            fault = refused.refusal
    context = {"node": node, "fault": fault, "lines": forum_effects.of_dropped(forest, node)}
    return render(request, "manage/forum_drop.html", context, status=409 if request.method == "POST" else 200)


def _at(request: Request, text: str) -> tuple[Forest, Node]:
    """The tree, and the forum with this id in it, whoever may see it. Raises Http404."""
    forest = forest_in(request.META)
    node = forest.by_id.get(number_in(text) or 0)
    if node is None:
        raise missing("forum", text)
    return forest, node


def _row(forest: Forest, node: Node) -> dict[str, Any]:
    beside = node.ancestors[-1].children if node.ancestors else forest.roots
    return {
        "node": node,
        "depth": len(node.ancestors),
        "is_first": node is beside[0],
        "is_last": node is beside[-1],
    }


def _sent(request: Request, kind: str = "") -> Form:
    sent = request.POST
    texts = {name: sent.get(name, "").replace("\r\n", "\n") for name in LENGTHS}
    said = Described(
        texts["name"], texts["description"], texts["rules"], texts["link"], sent.get("closed") == "yes"
    )
    return Form(kind or sent.get("kind", ""), number_in(sent.get("place", "")) or BOARD, said)


def _free(forest: Forest, node: Node | None) -> list[Place]:
    """Where it can stand: neither below a link, nor below itself."""
    taken = {each.id for each in node.walk()} if node else set[int]()
    taken |= {each.id for each in forest.by_id.values() if each.kind == Forum.Kind.LINK}
    return [
        each._replace(name=_("At the top")) if each.id == BOARD else each
        for each in places(forest)
        if each.id not in taken
    ]


def _form(request: Request, forest: Forest, form: Form, node: Node | None, heading: str) -> HttpResponse:
    context = {
        "heading": heading, "form": form, "node": node, "lengths": LENGTHS, "places": _free(forest, None),
        "kinds": [("forum", _("Forum: holds topics")), ("category", _("Category: holds forums")), ("link", _("Link: leads elsewhere"))],
        "action": f"{HOME}{node.id}/" if node else f"{HOME}new/",
    }  # fmt: skip
    return render(request, "manage/forum.html", context, status=422 if form.faults else 200)


def _moved(request: Request, forest: Forest, node: Node, parent: int, shown: list[object]) -> HttpResponse:
    told = effects.told(forest, with_moved(forest.book, node.id, parent), Names(), stamp_of(request).content)
    lines = forum_effects.of_moved(forest, node, parent)
    sent = [("place", str(parent))]
    return _effect(request, forest, f"{HOME}{node.id}/move/", node.name, lines, sent, shown, told)


def _effect(
    request: Request, forest: Forest, action: str, name: str, lines: list[str], sent: list[tuple[str, str]],
    shown: list[object], told: list[effects.Told] | None = None,
) -> HttpResponse:  # fmt: skip
    """What the change would do, with a button that makes it."""
    context = {
        "action": action,
        "name": name,
        "lines": lines,
        "sent": sent,
        "told": told,
        "token": token(forest.book, shown),
    }
    return render(request, "manage/forum_effect.html", context)


def _done() -> dict[str, str]:
    return {
        "added": _("It is there. Give rights in it under Rights."),
        "saved": _("Saved."),
        "moved": _("It stands elsewhere now."),
        "dropped": _("It is gone."),
    }
