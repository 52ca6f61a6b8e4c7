"""Notes about a member, with the cases and the points of warnings beside them: the history in one place."""

from typing import Any, NamedTuple

import regex
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts.paths import name_in
from rostra.accounts.queries import Person, person_named
from rostra.forums.queries import forest_in
from rostra.kernel.refusals import Invalid, Refused, refuse
from rostra.moderation.policy import may_read_case
from rostra.moderation.queries import cases_of
from rostra.moderation.sanctions import points_of
from rostra.notes.actions import LONGEST, withdraw_note, write_note
from rostra.notes.policy import UNDO_FOR, forums_of_notes, why_not_read_notes
from rostra.notes.queries import MOST, NoteRow, notes_about
from rostra.web import addresses
from rostra.web.holders import number_in
from rostra.web.loading import id_before, number_from
from rostra.web.methods import takes
from rostra.web.moderation.cases import kinds
from rostra.web.pages import render
from rostra.web.ratelimits import TooMany, spend
from rostra.web.requests import Request, forest_of

_REFERENCE = regex.compile(
    r"(?<![\w/&#])(?:#(?P<post>[1-9][0-9]{0,18})\b|/case/(?P<case>[1-9][0-9]{0,18})/?)"
)


class Piece(NamedTuple):
    """A piece of a note: its words, and where they lead when they name a post or a case."""

    words: str
    leads_to: str = ""


@takes("GET", "POST")
def notes(request: Request, name: str) -> HttpResponse:
    """All notes about a member; POST adds one."""
    person = _person(name)
    refuse(why_not_read_notes(request.actor, person.id, forest_in(request.META)))
    typed, faults = {"words": _begun(request), "forum": request.GET.get("forum", "")}, dict[str, str]()
    status = 200
    if request.method == "POST":
        typed = {each: request.POST.get(each, "") for each in typed}
        try:
            spend("note", request.actor.id)
            write_note(
                author=request.actor, member_id=person.id, words=typed["words"],
                forum_id=number_in(typed["forum"] or "0") or 0,
            )  # fmt: skip
        except Invalid as invalid:
            faults, status = invalid.faults, 422
        except (Refused, TooMany) as refused:  # as while the board is read-only
            faults, status = {"words": refused.refusal.reason}, 403 if isinstance(refused, Refused) else 429
        else:
            return HttpResponseRedirect(f"{_address(person)}?done=written")
    context = {**_context(request, person), "typed": typed, "faults": faults}
    return render(request, "moderation/notes.html", context, status=status)


@takes("POST")
def withdraw(request: Request, name: str, number: str) -> HttpResponse:
    """Take a note back."""
    person = _person(name)
    withdraw_note(actor=request.actor, note_id=number_from(number, "post"))
    return HttpResponseRedirect(f"{_address(person)}?done=withdrawn")


def _context(request: Request, person: Person) -> dict[str, Any]:
    forest = forest_in(request.META)
    rows = notes_about(person.id, request.actor, forest, id_before(request))
    shown = [(row, pieces_of(row.words), _may_take_back(request, row)) for row in rows[:MOST]]
    cases = [row for row in cases_of(person.id) if may_read_case(request.actor, row, forest_of(request))]
    return {
        "person": person, "base": _address(person), "notes": shown, "cases": [(row, kinds()[row.kind]) for row in cases],
        "points": points_of(person.id), "forums": forest_of(request).by_id, "length": LONGEST,
        "choices": [(str(node.id), node.name) for node in forums_of_notes(request.actor, forest)],
        "older": f"{_address(person)}?before={rows[MOST - 1].id}" if len(rows) > MOST else "",
        "done": request.GET.get("done", ""), "days": UNDO_FOR.days,
    }  # fmt: skip


def pieces_of(words: str) -> list[Piece]:
    """A note with what it names: `#12` is a post, `/case/3/` a case."""
    pieces, place = [], 0
    for found in _REFERENCE.finditer(words):
        leads_to = f"/p/{found['post']}" if found["post"] else f"/case/{found['case']}/"
        pieces += [Piece(words[place : found.start()]), Piece(found[0], leads_to)]
        place = found.end()
    return [*pieces, Piece(words[place:])]


def _may_take_back(request: Request, row: NoteRow) -> bool:
    return row.withdrawn_at is None and (request.actor.is_admin or row.author_id == request.actor.id)


def _begun(request: Request) -> str:
    """A note that is begun about a post or a case names it."""
    post, case = number_in(request.GET.get("post", "")), number_in(request.GET.get("case", ""))
    return f"#{post} " if post else f"/case/{case}/ " if case else ""


def _address(person: Person) -> str:
    return f"{addresses.member(person.name)}notes/"


def _person(text: str) -> Person:
    found = person_named(name_in(text))
    if found is None:
        raise Http404(_("There is no member called “%(name)s”.") % {"name": name_in(text)[:60]})
    return found
