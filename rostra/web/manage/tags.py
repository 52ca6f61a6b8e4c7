"""The board's own tags: the list of them, and a form to define, try, change and drop one."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rostra.board.actions import define_tag, drop_tag
from rostra.board.queries import OwnTagRow, conventions, own_tags
from rostra.board.tags import HINT_LENGTH, SAMPLE_LENGTH, checked_hint, checked_sample, checked_tag
from rostra.kernel.refusals import Invalid
from rostra.markup import Conventions, OwnTag, Unfit, read, shown
from rostra.markup.bbcode.own import LONGEST_TEMPLATE, LONGEST_USAGE, MOST_TAGS
from rostra.topics.renderings import known_members
from rostra.topics.tagged import progress
from rostra.web.membership import for_administrators
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, stamp_of

HOME = "/manage/tags/"
FIELDS = ("usage", "template", "hint", "sample")


@dataclass
class Form:
    """The form of one tag: what stands in it, what is wrong with it, and what the sample looks like."""

    heading: str
    action: str
    submit: str
    name: str | None = None
    typed: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))
    faults: dict[str, str] = field(default_factory=dict)
    tried: str = ""
    status: int = 200


@takes("GET")
@for_administrators
def tags(request: Request) -> HttpResponse:
    """All tags of the board's own, and how far posts have been rendered anew."""
    context = {
        "tags": own_tags(stamp_of(request).structure),
        "progress": progress(),
        "most": MOST_TAGS,
        "done": request.GET.get("done", ""),
        "name": request.GET.get("tag", "")[:30],
    }
    return render(request, "manage/tags.html", context)


@takes("GET", "POST")
@for_administrators
def new(request: Request) -> HttpResponse:
    """Define a tag."""
    return _answer(request, Form(_("A further tag"), f"{HOME}new/", _("Define this tag")))


@takes("GET", "POST")
@for_administrators
def change(request: Request, name: str) -> HttpResponse:
    """Change what a tag stands for."""
    row = _tag_at(request, name)
    heading = _("The tag [%(name)s]") % {"name": name}
    typed = {each: getattr(row, each) for each in FIELDS}
    return _answer(request, Form(heading, f"{HOME}{name}/change/", _("Save"), name, typed))


@takes("GET", "POST")
@for_administrators
def drop(request: Request, name: str) -> HttpResponse:
    """Ask whether a tag is to go, and take it away."""
    row = _tag_at(request, name)
    if request.method != "POST":
        return render(request, "manage/drop_tag.html", {"tag": row})
    drop_tag(name=name)
    return _back("dropped", name)


def _answer(request: Request, form: Form) -> HttpResponse:
    """Show the form, try the sample, or define the tag; what was typed stays in the form."""
    if request.method == "POST":
        form.typed = {each: request.POST.get(each, "") for each in FIELDS}
        try:
            if request.POST.get("do") == "try":
                form.tried = _tried(request, form)
            else:
                return _back("defined", define_tag(**form.typed, instead_of=form.name))
        except Invalid as invalid:
            form.faults, form.status = invalid.faults, 422
    return render(request, "manage/tag.html", _context(form), status=form.status)


def _context(form: Form) -> dict[str, Any]:
    return {
        "form": form,
        "shown": {name: text.replace("\0", "␀") for name, text in form.typed.items()},
        "lengths": {
            "usage": LONGEST_USAGE, "template": LONGEST_TEMPLATE, "hint": HINT_LENGTH, "sample": SAMPLE_LENGTH,
        },
        "is_read": settings.ROSTRA.markup != "markdown",
    }  # fmt: skip


def _tried(request: Request, form: Form) -> str:
    """The sample as a post would show it if the tag were what the form says. Raises Invalid."""
    tag = checked_tag(form.typed["usage"], form.typed["template"])
    checked_hint(form.typed["hint"])
    sample = checked_sample(form.typed["sample"])
    if not sample:
        raise Invalid(sample=_("Type a text that uses the tag, to see how it is shown."))
    markup = "bbcode" if settings.ROSTRA.markup == "bbcode" else "both"
    try:
        return shown(read(sample, markup, known_members, _with(request, tag))).html
    except Unfit:
        raise Invalid(sample=_("This text would be too much for a post. Shorten it.")) from None


def _with(request: Request, tag: OwnTag) -> Conventions:
    """The board's conventions with this tag among them."""
    known = conventions(stamp_of(request).structure)
    return known._replace(tags=(*(each for each in known.tags if each.name != tag.name), tag))


def _tag_at(request: Request, name: str) -> OwnTagRow:
    """The tag of this name. Raises Http404."""
    for row in own_tags(stamp_of(request).structure):
        if row.name == name:
            return row
    raise Http404(_("The board has no tag [%(name)s] of its own.") % {"name": name})


def _back(done: str, name: str) -> HttpResponse:
    return HttpResponseRedirect(f"{HOME}?{urlencode({'done': done, 'tag': name})}")
