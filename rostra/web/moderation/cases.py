"""Cases: one of them, one's own, and the public log of all."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rostra.forums.policy import is_moderator, why_not_moderate
from rostra.forums.queries import Node, forest_in
from rostra.houserules.sentences import translated
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.moderation.actions import appeal_case, decide_appeal, note_seen, reverse_case
from rostra.moderation.models import Appeal, Hiding
from rostra.moderation.policy import (
    may_read_case,
    why_not_appeal,
    why_not_decide_appeal,
    why_not_purge,
    why_not_reverse,
)
from rostra.moderation.purging import purge
from rostra.moderation.queries import FIRST, MOST, CaseRow, cases_of, former_of, log, text_of
from rostra.moderation.queries import case as case_row
from rostra.moderation.reports import reports_of
from rostra.notes.policy import has_notes
from rostra.topics.renderings import rendered_again
from rostra.web.banned import bans_for
from rostra.web.changes import words_changed
from rostra.web.loading import id_before, number_from
from rostra.web.methods import takes
from rostra.web.moderators import shown_name
from rostra.web.pages import render
from rostra.web.requests import Request, closed_of, forest_of, may_cache

NUMBER_OF_BANS = 20


@takes("GET")
def case(request: Request, number: str) -> HttpResponse:
    """A case, for the member whom it concerns and for those who moderate there; others find no such page."""
    row, forum = _case_at(request, number)
    if request.actor.id == row.member_id and row.seen_at is None:
        note_seen(member=request.actor, case_id=row.id)  # a read mark
    return _show(request, row, forum)


@takes("POST")
def appeal(request: Request, number: str) -> HttpResponse:
    """The member asks for it to be looked at again."""
    row, forum = _case_at(request, number)
    try:
        appeal_case(member=request.actor, case_id=row.id, words=request.POST.get("words", ""))
    except Invalid as invalid:
        return _show(request, row, forum, request.POST.get("words", ""), invalid.faults)
    return HttpResponseRedirect(f"/case/{row.id}/")


@takes("POST")
def decide(request: Request, number: str) -> HttpResponse:
    """Somebody who took no part decides the appeal."""
    row, forum = _case_at(request, number)
    outcome = request.POST.get("outcome")
    try:
        if outcome not in Appeal.Outcome.values:
            raise Invalid(reasons=_("Choose: take the decision back, or let it stand."))
        decide_appeal(
            decider=request.actor, forum=forum, case_id=row.id, is_reversed=outcome == Appeal.Outcome.REVERSED,
            reasons=request.POST.get("reasons", ""),
        )  # fmt: skip
    except Invalid as invalid:
        return _show(request, row, forum, request.POST.get("reasons", ""), invalid.faults)
    return HttpResponseRedirect(f"/case/{row.id}/")


@takes("POST")
def reverse(request: Request, number: str) -> HttpResponse:
    """Take the decision back."""
    row, forum = _case_at(request, number)
    reverse_case(moderator=request.actor, forum=forum, case_id=row.id)
    return HttpResponseRedirect(f"/case/{row.id}/")


@takes("POST")
def purge_text(request: Request, number: str) -> HttpResponse:
    """Delete for good what the decision took away; asked once more, by a tick."""
    row, forum = _case_at(request, number)
    if request.POST.get("sure") != "yes":
        return _show(
            request, row, forum, faults={"sure": _("Tick that you mean it: it cannot be taken back.")}
        )
    purge(moderator=request.actor, forum=forum, case_id=row.id)
    return HttpResponseRedirect(f"/case/{row.id}/")


@takes("GET")
def own(request: Request) -> HttpResponse:
    """The decisions that concern the member who asks."""
    if request.actor.id is None:
        refuse(Refusal(_("Only members have cases."), _("Sign in first."), must_sign_in=True))
    rows, reports = [_told(row) for row in cases_of(request.actor.id or 0)], reports_of(request.actor.id or 0)
    if request.actor.has_unseen_cases:
        note_seen(member=request.actor)  # a read mark
    context = {"cases": rows, "reports": reports, "done": request.GET.get("done", "")}
    return render(request, "moderation/own.html", context)


@takes("GET")
def public_log(request: Request) -> HttpResponse:
    """All decisions, for everybody: what was decided where and by which rule, not about whom."""
    before = id_before(request)
    rows = log(min(before, FIRST), closed_of(request))
    forums = forest_of(request).by_id
    may_cache(request, "before")
    context = {
        "cases": [_told(row) for row in rows[:MOST]],
        "forums": forums,
        "bans": bans_for(request, request.actor, NUMBER_OF_BANS) if before >= FIRST else [],
        "older": f"/moderation/log/?before={rows[MOST - 1].id}" if len(rows) > MOST else "",
    }
    return render(request, "moderation/log.html", context)


def _case_at(request: Request, text: str) -> tuple[CaseRow, Node]:
    """A case and its forum, also one that its member may not see any more. Raises Http404."""
    row = case_row(number_from(text, "post"))
    forum = forest_in(request.META).by_id.get(row.forum_id) if row else None
    if row is None or forum is None or not may_read_case(request.actor, row, forest_of(request)):
        raise Http404(_("There is no case %(number)s.") % {"number": text[:20]})
    return row, forum


def _told(row: CaseRow) -> dict[str, Any]:
    return {
        "row": row, "kind": kinds()[row.kind], "rule": translated(row.rule_text),
        "moderator": shown_name(row.moderator_name),
    }  # fmt: skip


def _show(
    request: Request, row: CaseRow, forum: Node, typed: str = "", faults: dict[str, str] | None = None
) -> HttpResponse:
    actor, moderates = request.actor, is_moderator(request.actor, forum)
    text, former = _text_for(request, row), former_of(row.id)
    is_shown = former is not None and bool(text) and bool(former.new_source)
    context = {
        **_told(row), "forum": forum, "typed": typed.replace("\0", "␀"), "faults": faults or {},
        "ground": {"rules": _("the rules of the board"), "law": _("a law")}[row.ground],
        "source": sources()[row.source],
        "may_appeal": why_not_appeal(actor, row) is None,
        "may_decide": why_not_decide_appeal(actor, row, forum) is None, "text": text,
        "former": former, "changes": words_changed(former.source, former.new_source) if former and is_shown else [],
        "may_reverse": moderates and why_not_reverse(actor, row, forum) is None,
        "may_purge": moderates and why_not_purge(actor, row, forum) is None,
        "notes_here": has_notes(actor, forest_of(request)),
        "moderates": moderates and why_not_moderate(actor, forum) is None,
        "swept": swept(row.id) if row.kind == "spam" and row.reversed_at is None else [],
        "decider": shown_name(row.appeal_decider or "") if row.appeal_decider else "",
    }  # fmt: skip
    return render(request, "moderation/case.html", context, status=422 if faults else 200)


def swept(case_id: int) -> list[str]:
    """What went with a decision about spam, in words."""
    rows = list(Hiding.objects.filter(case_id=case_id).values_list("topic_id", "post_id", "held_id"))
    topics, posts, held = (sum(row[place] is not None for row in rows) for place in range(3))
    told = (
        (topics, ngettext("%(number)s topic", "%(number)s topics", topics)),
        (posts, ngettext("%(number)s reply in topics of others", "%(number)s replies in topics of others", posts)),
        (held, ngettext("%(number)s text that waited", "%(number)s texts that waited", held)),
    )  # fmt: skip
    return [words % {"number": number} for number, words in told if number]


def _text_for(request: Request, row: CaseRow) -> str:
    """The text that it is about: for the member concerned while it is theirs, and for those who moderate where it is now."""
    found = text_of(row.id)
    if found is None:
        return ""
    here = forest_of(request).by_id.get(found.forum_id)
    is_own = request.actor.id is not None and request.actor.id == row.member_id == found.author_id
    if not (is_own or (here is not None and is_moderator(request.actor, here))):
        return ""
    return rendered_again(found.source, found.markup).html


def kinds() -> dict[str, str]:
    """What was decided, in words."""
    return {
        "remove_post": _("A post was removed"), "remove_topic": _("A topic was removed"),
        "refuse_text": _("A text was not posted"), "lock_topic": _("A topic was locked"),
        "lock_post": _("A post was locked"),
        "edit_post": _("A post was changed by a moderator"), "move_topic": _("A topic was moved to where not everybody reads it"),
        "warn": _("A warning"), "mute": _("A mute"), "ban": _("A ban"),
        "ban_forum": _("A ban from one forum"), "spam": _("All posts of a member were removed as spam"),
    }  # fmt: skip


def sources() -> dict[str, str]:
    """How it was found, in words."""
    return {
        "own": _("a moderator came across it"), "report": _("somebody reported it"),
        "rule": _("a rule that a machine checks found it"), "order": _("an authority ordered it"),
    }  # fmt: skip
