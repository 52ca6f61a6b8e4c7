"""Beginning a conversation: a member with moderators, moderators with a member."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts.paths import name_in
from rostra.accounts.queries import Person, person_named
from rostra.forums.queries import Node, forest_in
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, Invalid, Refusal, Refused, refuse
from rostra.moderation.policy import may_read_case
from rostra.moderation.queries import case as case_row
from rostra.modmail import policy
from rostra.modmail.actions import (
    LONGEST_SUBJECT,
    LONGEST_WORDS,
    Letter,
    write_to_member,
    write_to_moderators,
)
from rostra.modmail.queries import BOARD
from rostra.topics.policy import readable_source
from rostra.web import addresses
from rostra.web.holders import number_in
from rostra.web.methods import takes
from rostra.web.modmail.shown import tell_of_letter
from rostra.web.pages import render
from rostra.web.ratelimits import TooMany, spend
from rostra.web.requests import Request, forest_of

FIELDS = ("forum", "subject", "words")


@dataclass
class Form:
    """What is written, and to whom."""

    heading: str
    action: str
    back: str
    hint: str
    label: str
    choices: list[tuple[str, str]]
    typed: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))
    faults: dict[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    status: int = 200
    post: int | None = None
    case: int | None = None

    def letter(self) -> Letter:
        """What is sent."""
        return Letter(self.typed["subject"], self.typed["words"], self.post, self.case)

    def forum(self, request: Request) -> Node | None:
        """The forum that was chosen, None for the board's administrators. Raises Invalid."""
        if self.typed["forum"] not in dict(self.choices):
            raise Invalid(forum=_("Choose one of the list."))
        number = number_in(self.typed["forum"]) or BOARD
        return forest_of(request).by_id[number] if number else None


@takes("GET", "POST")
def new(request: Request) -> HttpResponse:
    """A member writes to the moderators of a forum, or to the administrators."""
    refuse(policy.why_not_begin(request.actor))
    forums = [node for root in forest_of(request).roots for node in root.walk() if node.kind == "forum"]
    form = Form(
        _("Write to the moderators"), "/mail/new/", "/mail/",
        _("All moderators of the forum read it, and nobody else. Their answer stands at /mail/."), _("To the moderators of"),
        [(str(node.id), node.name) for node in forums] + [(str(BOARD), _("the whole board: the administrators"))],
    )  # fmt: skip
    form.typed["forum"] = request.GET.get("forum", "")
    if request.method != "POST":
        return _show(request, form)
    form.typed = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        spend("modmail", request.actor.id)
        message = write_to_moderators(member=request.actor, forum=form.forum(request), letter=form.letter())
    except Invalid as invalid:
        form.faults, form.status = invalid.faults, 422
    except (Refused, TooMany) as refused:
        form.refusal, form.status = refused.refusal, 403 if isinstance(refused, Refused) else 429
    else:
        return HttpResponseRedirect(f"/mail/{message.conversation_id}/")
    return _show(request, form)


@takes("GET", "POST")
def write(request: Request, name: str) -> HttpResponse:
    """Moderators write to a member, about a post or a case or anything else."""
    person = person_named(name_in(name))
    if person is None:
        raise Http404(_("There is no member called “%(name)s”.") % {"name": name_in(name)[:60]})
    form = _to_member(request, person)
    if request.method == "POST":
        form.typed = {each: request.POST.get(each, "") for each in FIELDS}
    about, place = _about(request, person)
    form.post, form.case = about
    if request.method != "POST":
        form.typed["forum"] = str(place) if place is not None else next(iter(dict(form.choices)), "")
        return _show(request, form)
    try:
        spend("modmail as moderators", request.actor.id)
        with change(is_visible=False):
            message = write_to_member(
                moderator=request.actor, member_id=person.id, forum=form.forum(request), letter=form.letter()
            )
            tell_of_letter(request, message)
    except Invalid as invalid:
        form.faults, form.status = invalid.faults, 422
    except (Refused, TooMany) as refused:
        form.refusal, form.status = refused.refusal, 403 if isinstance(refused, Refused) else 429
    else:
        return HttpResponseRedirect(f"/mail/{message.conversation_id}/")
    return _show(request, form)


def _to_member(request: Request, person: Person) -> Form:
    """Raises Refused for who moderates nowhere, and for oneself."""
    forest = forest_in(request.META)
    places = set(policy.moderated(request.actor, forest))
    if not places or person.id == request.actor.id:
        told = _("This is you.") if places else _("Only moderators can write as moderators.")
        refuse(Refusal(told, "", must_sign_in=not (request.actor.is_member or request.actor.stands_for)))
    nodes = [
        node for root in forest.roots for node in root.walk() if node.id in places and node.kind == "forum"
    ]
    choices = [(str(node.id), node.name) for node in nodes]
    choices += [(str(BOARD), _("the whole board: the administrators"))] if BOARD in places else []
    return Form(
        _("Write to %(name)s") % {"name": person.name}, f"{addresses.member(person.name)}write/", addresses.member(person.name),
        _("All moderators of the forum see this conversation. The member is told on the next page and by a letter."),
        _("As moderators of"), choices,
    )  # fmt: skip


def _about(request: Request, person: Person) -> tuple[tuple[int | None, int | None], int | None]:
    """The post and the case that it is about, as far as they are this member's, and the forum where that is."""
    asked = request.POST if request.method == "POST" else request.GET
    post, case = number_in(asked.get("post", "")), number_in(asked.get("case", ""))
    if post:
        try:
            found = readable_source(post, request.actor, forest_of(request))
        except (Gone, Refused):
            found = None
        if found is not None and found[0].author_id == person.id:
            return (post, None), found[2].id
    row = case_row(case) if case else None
    if (
        row is not None
        and row.member_id == person.id
        and may_read_case(request.actor, row, forest_of(request))
    ):
        return (None, row.id), row.forum_id
    return (None, None), None


def _show(request: Request, form: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "shown": {name: text.replace("\0", "␀") for name, text in form.typed.items()},
        "lengths": {"subject": LONGEST_SUBJECT, "words": LONGEST_WORDS},
    }
    return render(request, "modmail/write.html", context, status=form.status)
