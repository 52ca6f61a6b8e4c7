"""Decisions: a post is removed, a text that waits is approved or refused."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, refuse
from rostra.kernel.text import excerpt
from rostra.markup import own_words
from rostra.moderation.actions import lock_with_reasons, refuse_held, remove_with_reasons
from rostra.moderation.models import Case
from rostra.moderation.reports import rule_reported
from rostra.permissions.capabilities import May
from rostra.topics.holding import approve_held
from rostra.topics.models import Held
from rostra.topics.waiting import rule_named
from rostra.web.loading import missing, number_from, post_at, topic_at
from rostra.web.methods import takes
from rostra.web.moderation.returning import next_of, onward
from rostra.web.pages import render
from rostra.web.requests import Request, forest_of
from rostra.web.stating import ReasonsForm
from rostra.web.telling import tell_of_case

QUOTED = 400
_ABOUT = {"topic": True, "post": False}  # what a form said that it removes


@takes("GET", "POST")
def remove(request: Request, number: str) -> HttpResponse:
    """Take a post away, with its opening post the topic: the reasons first."""
    post, topic, forum = post_at(request, number)
    refuse(why_not_moderate(request.actor, forum, May.MOD_REMOVE))
    form = ReasonsForm(forum)
    form.typed["quoted"] = excerpt(own_words(post.html), QUOTED)
    if request.GET.get("source") == "report":
        form.typed.update(source=Case.Source.REPORT, rule=str(rule_reported(post.id) or ""))
    if request.method == "POST":
        try:
            with change():
                opened = remove_with_reasons(
                    moderator=request.actor, forum=forum, post_id=post.id, reasons=form.read(request),
                    is_topic=_ABOUT.get(request.POST.get("about", "")),
                )  # fmt: skip
                tell_of_case(request, opened)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return onward(request, "removed", f"/case/{opened.pk}/")
    heading = _("Remove the topic “%(title)s”") if post.position == 1 else _("Remove post #%(number)s")
    context = {
        **form.context(), "heading": heading % {"title": topic.title, "number": post.id}, "post": post,
        "action": f"/p/{post.id}/remove", "back": next_of(request) or f"/p/{post.id}", "submit": _("Remove it"),
        "next": next_of(request), "about": "topic" if post.position == 1 else "post",
    }  # fmt: skip
    return render(request, "moderation/reasons.html", context, status=422 if form.faults else 200)


@takes("GET", "POST")
def lock(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Lock a topic: the reasons first."""
    topic, forum = topic_at(request, number)
    refuse(why_not_moderate(request.actor, forum, May.MOD_LOCK))
    form = ReasonsForm(forum)
    if request.method == "POST":
        try:
            with change():
                opened = lock_with_reasons(
                    moderator=request.actor, topic=topic, forum=forum, reasons=form.read(request)
                )
                tell_of_case(request, opened)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return HttpResponseRedirect(topic.address)
    context = {
        **form.context(), "heading": _("Lock the topic “%(title)s”") % {"title": topic.title}, "post": None,
        "action": f"{topic.address}lock", "back": topic.address, "submit": _("Lock it"),
        "next": "",
    }  # fmt: skip
    return render(request, "moderation/reasons.html", context, status=422 if form.faults else 200)


@takes("POST")
def approve(request: Request, number: str) -> HttpResponse:
    """Post a text that waited."""
    held, forum = _held_at(request, number)
    approve_held(moderator=request.actor, forum=forum, held_id=held.pk)
    return onward(request, "approved")


@takes("GET", "POST")
def refuse_text(request: Request, number: str) -> HttpResponse:
    """Refuse a text that waits: the reasons first."""
    held, forum = _held_at(request, number)
    refuse(why_not_moderate(request.actor, forum, May.MOD_APPROVE))
    form = ReasonsForm(forum)
    form.typed.update(
        quoted=excerpt(held.source, QUOTED),
        source=Case.Source.RULE if held.findings else Case.Source.OWN,
        rule=rule_named(held.findings),
    )
    if request.method == "POST":
        try:
            with change(is_visible=False):
                reasons = form.read(request, is_automated=bool(held.findings))
                opened = refuse_held(moderator=request.actor, forum=forum, held_id=held.pk, reasons=reasons)
                tell_of_case(request, opened)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return onward(request, "refused")
    context = {
        **form.context(), "heading": _("Refuse this text"), "post": None, "held": held,
        "action": f"/moderate/held/{held.pk}/refuse", "back": next_of(request) or "/moderate/", "submit": _("Refuse it"),
        "next": next_of(request),
    }  # fmt: skip
    return render(request, "moderation/reasons.html", context, status=422 if form.faults else 200)


def _held_at(request: Request, text: str) -> tuple[Held, Node]:
    """A text that waits, and its forum. Raises Http404 for one that is not there for whoever asks."""
    held = Held.objects.filter(id=number_from(text, "post")).first()
    forum = forest_of(request).by_id.get(held.forum_id) if held else None
    if held is None or forum is None:
        raise missing("post", text)
    refuse(why_not_moderate(request.actor, forum, May.MOD_APPROVE))
    return held, forum
