"""Groups, for who gives rights: making and describing them, who is in them, and who leads them."""

from dataclasses import dataclass, field

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts import grouping
from rostra.accounts.queries import (
    MOST_IN_LIST,
    GroupRow,
    groups,
    members_named,
    people_asking,
    people_in,
    standings,
)
from rostra.kernel.refusals import Invalid
from rostra.web.holders import number_in
from rostra.web.membership import for_givers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

HOME = "/manage/groups/"


@dataclass
class Form:
    """A group as it is typed."""

    name: str = ""
    about: str = ""
    joining: str = "closed"
    is_hidden: bool = False
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, str]:
        """What stands in the fields."""
        return {"name": self.name.replace("\0", "␀"), "about": self.about.replace("\0", "␀")}


@takes("GET", "POST")
@for_givers
def listed(request: Request) -> HttpResponse:
    """All groups; POST makes a further one."""
    form = _typed(request) if request.method == "POST" else Form()
    if request.method == "POST":
        try:
            made = grouping.found_group(
                name=form.name, about=form.about, joining=form.joining, is_hidden=form.is_hidden
            )
            return HttpResponseRedirect(f"{HOME}{made.pk}/?done=made")
        except Invalid as invalid:
            form.faults = invalid.faults
    context = {
        "groups": groups(), "form": form, "lengths": _lengths(), "is_dropped": request.GET.get("done") == "dropped",
    }  # fmt: skip
    return render(request, "manage/groups.html", context, status=422 if form.faults else 200)


@takes("GET", "POST")
@for_givers
def group(request: Request, number: str) -> HttpResponse:
    """One group; POST describes it, or does something with one of its members."""
    row = group_at(number)
    form = Form(row.name, row.about, row.joining, bool(row.is_hidden))
    if request.method == "POST":
        try:
            done = _done(request, row)
            return HttpResponseRedirect(f"{HOME}{row.id}/?done={done}")
        except Invalid as invalid:
            form = _typed(request) if request.POST.get("do") == "describe" else form
            form.faults = invalid.faults
    people = people_in(row.id)
    context = {
        "group": row,
        "form": form,
        "lengths": _lengths(),
        "people": people,
        "is_cut": len(people) == MOST_IN_LIST,
        "asking": people_asking(row.id),
        "asked": request.POST.get("name", "")[:60].replace("\0", "␀")
        if request.POST.get("do") == "add"
        else "",
        "done": request.GET.get("done", ""),
    }
    return render(request, "manage/group.html", context, status=422 if form.faults else 200)


def _done(request: Request, row: GroupRow) -> str:
    """Do what was asked, and say what it was. Raises Invalid."""
    what, member = request.POST.get("do", ""), number_in(request.POST.get("member", "")) or 0
    if what == "describe":
        form = _typed(request)
        grouping.describe_group(
            group_id=row.id, name=form.name, about=form.about, joining=form.joining, is_hidden=form.is_hidden
        )
    elif what == "add":
        name = request.POST.get("name", "").strip()
        found = members_named([name]).get(name)
        if found is None:
            told = _("Nobody is called “%(name)s” here.") % {"name": name[:60].replace("\0", "␀")}
            raise Invalid(member=told)
        grouping.put_in(member_id=found.id, group_id=row.id)
    elif what == "remove":
        _refuse_loss(request, row, member)
        grouping.take_out(member_id=member, group_id=row.id)
    elif what in ("lead", "follow"):
        grouping.appoint(member_id=member, group_id=row.id, is_leader=what == "lead")
    elif what == "accept":
        grouping.accept_request(member_id=member, group_id=row.id)
    else:
        grouping.forget_request(member_id=member, group_id=row.id)
    return what if what in ("add", "remove", "lead", "follow", "accept", "refuse") else "saved"


def _refuse_loss(request: Request, row: GroupRow, member: int) -> None:
    """Nobody takes oneself out here, where the right to be here may come from the group."""
    if member == request.actor.id and not request.actor.is_admin and row.id in standings(member):
        raise Invalid(member=_("Have an administrator do it: the group may be why you may give rights."))


def _typed(request: Request) -> Form:
    sent = request.POST
    return Form(
        sent.get("name", ""), sent.get("about", ""), sent.get("joining", ""), sent.get("hidden") == "yes"
    )


def _lengths() -> dict[str, int]:
    return {"name": grouping.NAME_LENGTH, "about": grouping.ABOUT_LENGTH}


def group_at(number: str) -> GroupRow:
    """The group with this id. Raises Http404."""
    for row in groups():
        if str(row.id) == number:
            return row
    raise Http404(_("There is no group %(number)s.") % {"number": number})
