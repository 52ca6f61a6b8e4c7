"""A conversation for either side, a member's own, and those that moderators see."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.queries import forest_in
from rostra.kernel.changes import change
from rostra.kernel.paging import Key, read_key
from rostra.kernel.refusals import Invalid, Refusal, Refused, refuse
from rostra.modmail import policy
from rostra.modmail.actions import LONGEST_WORDS, answer, claim, close, note_read
from rostra.modmail.models import Conversation
from rostra.modmail.queries import (
    FIRST,
    LAST,
    MOST,
    ConversationRow,
    conversations_of,
    latest,
    messages_of,
    waiting_longest,
)
from rostra.modmail.queries import conversation as conversation_row
from rostra.notes.policy import has_notes
from rostra.web.loading import id_before, number_from
from rostra.web.methods import takes
from rostra.web.modmail.shown import messages, other_side, states, tell_of_letter, told
from rostra.web.pages import render
from rostra.web.ratelimits import TooMany, spend
from rostra.web.requests import Request

MODERATORS = "/moderate/mail/"


class Typed(NamedTuple):
    """An answer that could not be sent, and why."""

    words: str
    faults: dict[str, str]
    status: int
    refusal: Refusal | None = None


NOTHING = Typed("", {}, 200)
_STATES = {state.label: state.value for state in Conversation.State}


@takes("GET")
def own(request: Request) -> HttpResponse:
    """The conversations of the member who asks."""
    if request.actor.id is None:
        refuse(Refusal(_("Only members write to the moderators."), _("Sign in first."), must_sign_in=True))
    rows = conversations_of(request.actor.id or 0, id_before(request))
    context = {
        "conversations": told(request, rows[:MOST]),
        "older": f"/mail/?before={rows[MOST - 1].id}" if len(rows) > MOST else "",
        "may_begin": policy.why_not_begin(request.actor) is None,
    }
    return render(request, "modmail/own.html", context)


@takes("GET")
def conversation(request: Request, number: str) -> HttpResponse:
    """A conversation, for its member and for those who moderate there; others find no such page."""
    row = _conversation_at(request, number)
    if policy.is_member_of(request.actor, row) and (row.is_unseen or request.actor.has_unseen_mail):
        note_read(member=request.actor, conversation_id=row.id)  # a read mark
    return _show(request, row)


@takes("POST")
def send_answer(request: Request, number: str) -> HttpResponse:
    """Write a further message."""
    row = _conversation_at(request, number)
    words = request.POST.get("words", "")
    try:
        spend(
            "modmail" if policy.is_member_of(request.actor, row) else "modmail as moderators",
            request.actor.id,
        )
        with change(is_visible=False):
            message = answer(author=request.actor, conversation_id=row.id, words=words)
            if not message.is_by_member:
                tell_of_letter(request, message)
    except Invalid as invalid:
        return _show(request, row, Typed(words, invalid.faults, 422))
    except Refused as refused:
        return _show(request, row, Typed(words, {}, 403, refused.refusal))
    except TooMany as fast:
        return _show(request, row, Typed(words, {}, 429, fast.refusal))
    return HttpResponseRedirect(f"/mail/{row.id}/#m{message.pk}")


@takes("POST")
def end(request: Request, number: str) -> HttpResponse:
    """Close a conversation."""
    close(moderator=request.actor, conversation_id=_conversation_at(request, number).id)
    return HttpResponseRedirect(f"{MODERATORS}?done=closed")


@takes("POST")
def claim_it(request: Request, number: str) -> HttpResponse:
    """Say to other moderators that one is at it."""
    row = _conversation_at(request, number)
    claim(moderator=request.actor, conversation_id=row.id)
    return HttpResponseRedirect(f"/mail/{row.id}/")


@takes("GET")
def moderators(request: Request) -> HttpResponse:
    """The conversations of the forums that whoever asks moderates: those that wait, the longest first, or by `state`."""
    places = policy.moderated(request.actor, forest_in(request.META))
    if not places:
        told_why = _("Only moderators have letters of members.")
        refuse(Refusal(told_why, _("Your own are at /mail/."), must_sign_in=not request.actor.is_member))
    state = request.GET.get("state", "")
    state = state if state in _STATES else Conversation.State.WAITING.label
    reader, at = request.actor.id or 0, _place(request)
    if state == Conversation.State.WAITING.label:
        rows = waiting_longest(places, reader, at or FIRST)
    else:
        rows = latest(places, reader, _STATES[state], at or LAST)
    more = f"{MODERATORS}?state={state}&at={rows[MOST - 1].key}" if len(rows) > MOST else ""
    context = {
        "conversations": told(request, rows[:MOST]), "state": state, "more": more, "done": request.GET.get("done", ""),
        "states": [(label, states()[value]) for label, value in _STATES.items()],
    }  # fmt: skip
    return render(request, "modmail/moderators.html", context)


def _place(request: Request) -> Key | None:
    """Where a page of the list begins. Raises Http404 for what is no place in it."""
    text = request.GET.get("at", "")
    try:
        return read_key(text) if text else None
    except ValueError:
        raise Http404(_("There is no such page.")) from None


def _show(request: Request, row: ConversationRow, typed: Typed = NOTHING) -> HttpResponse:
    forest = forest_in(request.META)
    is_moderator = policy.moderates(request.actor, row, forest)
    rows = messages_of(row.id, id_before(request))
    context: dict[str, Any] = {
        "row": row, "side": other_side(request, row.forum_id), "state": states()[row.state], "is_moderator": is_moderator,
        "messages": messages(request, row, rows[:MOST], is_moderator=is_moderator),
        "older": f"/mail/{row.id}/?before={rows[MOST - 1].id}" if len(rows) > MOST else "",
        "notes_here": is_moderator and has_notes(request.actor, forest), "refusal": typed.refusal or policy.why_not_answer(request.actor, row, forest), "length": LONGEST_WORDS,
        "typed": {"words": typed.words.replace("\0", "␀")}, "faults": typed.faults,
    }  # fmt: skip
    return render(request, "modmail/conversation.html", context, status=typed.status)


def _conversation_at(request: Request, text: str) -> ConversationRow:
    """Raises Http404 for one that is not there for whoever asks."""
    row = conversation_row(number_from(text, "post"))
    if row is None or not policy.may_read(request.actor, row, forest_in(request.META)):
        raise Http404(_("There is no conversation %(number)s.") % {"number": text[:20]})
    return row
