"""Lists of words and of domains: a form for each, with its entries a line each, to be pasted as they come."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rostra.houserules.queries import rules_of
from rostra.houserules.sentences import translated
from rostra.kernel.refusals import Invalid
from rostra.permissions.capabilities import May
from rostra.web.holders import number_in
from rostra.web.membership import for_managers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.wordlists.actions import LONGEST_NAME, LONGEST_SENTENCE, ListForm, drop_list, keep_list
from rostra.wordlists.entries import LONGEST_TEXT, MOST_ENTRIES
from rostra.wordlists.findings import usual_sentence
from rostra.wordlists.models import WordList
from rostra.wordlists.queries import ListRow, all_lists

HOME = "/manage/words/"
FIELDS = ("name", "effect", "scope", "sentence", "rule", "entries")


@dataclass
class Form:
    """The form of one list: what stands in it, and what is wrong with it."""

    heading: str
    action: str
    kind: str
    typed: dict[str, str] = field(default_factory=lambda: {**dict.fromkeys(FIELDS, ""), "scope": "everybody"})
    faults: dict[str, str] = field(default_factory=dict)


@takes("GET", "POST")
@for_managers(May.MANAGE_BOARD)
def new(request: Request) -> HttpResponse:
    """Make a list of words, or with `kind=domains` of domains."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in WordList.Kind.values else WordList.Kind.WORDS
    heading = _("A new list of words") if kind == WordList.Kind.WORDS else _("A new list of domains")
    return _answer(request, Form(heading, f"{HOME}lists/new/?kind={kind}", kind), None)


@takes("GET", "POST")
@for_managers(May.MANAGE_BOARD)
def change(request: Request, number: str) -> HttpResponse:
    """Change a list."""
    row = _list_at(number)
    form = Form(_("The list “%(name)s”") % {"name": row.name}, f"{HOME}lists/{row.id}/", row.kind)
    form.typed = {name: str(getattr(row, name)) for name in FIELDS if name != "rule"}
    form.typed["rule"] = str(row.rule_id or "")
    return _answer(request, form, row)


@takes("POST")
@for_managers(May.MANAGE_BOARD)
def drop(request: Request, number: str) -> HttpResponse:
    """Take a list away."""
    row = _list_at(number)
    drop_list(keeper=request.actor, list_id=row.id)
    return _back("dropped", row.name)


def _answer(request: Request, form: Form, row: ListRow | None) -> HttpResponse:
    if request.method == "POST":
        form.typed = {name: request.POST.get(name, "") for name in FIELDS}
        try:
            asked = _asked(form)
            kept = keep_list(keeper=request.actor, form=asked, list_id=row.id if row else None)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return _back("kept", kept.name)
    status = 422 if form.faults else 200
    return render(request, "manage/list.html", {**_context(form), "row": row}, status=status)


def _asked(form: Form) -> ListForm:
    typed = form.typed
    return ListForm(
        name=typed["name"], kind=form.kind, effect=typed["effect"], scope=typed["scope"], sentence=typed["sentence"],
        rule=number_in(typed["rule"]) or 0, entries=typed["entries"],
    )  # fmt: skip


def _context(form: Form) -> dict[str, Any]:
    board = settings.ROSTRA
    effects = effect_words(form.kind)
    return {
        "form": form,
        "shown": {name: text.replace("\0", "␀") for name, text in form.typed.items()},
        "lengths": {"name": LONGEST_NAME, "sentence": LONGEST_SENTENCE, "entries": LONGEST_TEXT},
        "effects": [(value, words, usual_sentence(form.kind, value)) for value, words in effects.items()],
        "scopes": list(scope_words().items()),
        "rules": [(str(row.id), row.number, translated(row.text)) for row in rules_of(None)],
        "most": MOST_ENTRIES,
        "has_newcomers": bool(board.newcomer_days or board.newcomer_posts),
    }


def effect_words(kind: str) -> dict[str, str]:
    """What can follow where an entry of a list is written, in words."""
    words = {"hold": _("A moderator looks at it first"), "refuse": _("It is not posted")}
    if kind == WordList.Kind.DOMAINS:
        words["allow"] = _("Only these: a moderator looks at links to any other domain first")
    return words


def scope_words() -> dict[str, str]:
    """Whose texts a list looks at, in words."""
    return {"everybody": _("everybody"), "newcomers": _("new members only")}


def told() -> list[dict[str, Any]]:
    """The lists of the board as a page names them."""
    return [
        {"row": row, "effect": effect_words(row.kind).get(row.effect, ""), "scope": scope_words()[row.scope]}
        for row in all_lists()
    ]


def _list_at(text: str) -> ListRow:
    """The list of this number. Raises Http404."""
    for row in all_lists():
        if str(row.id) == text:
            return row
    raise Http404(_("There is no list %(number)s.") % {"number": text})


def _back(done: str, name: str) -> HttpResponse:
    return HttpResponseRedirect(f"{HOME}?{urlencode({'done': done, 'word': name})}#lists")
