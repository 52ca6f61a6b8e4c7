"""Having something done to a topic at a time, and calling it off."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.policy import why_not_moderate
from rostra.kernel.refusals import Invalid, refuse
from rostra.moderation.models import Timer
from rostra.moderation.timers import TIMER_NEEDS, drop_timer, set_timer
from rostra.web.loading import topic_at
from rostra.web.methods import takes
from rostra.web.moments import clock, moment_in
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.web.stating import ReasonsForm


@takes("GET", "POST")
def timer(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Set a timer: what is done, when, and for a lock the reasons."""
    topic, forum = topic_at(request, number)
    sent = request.POST if request.method == "POST" else request.GET
    deed, due, faults = sent.get("deed", ""), request.POST.get("due", ""), dict[str, str]()
    if deed not in Timer.Deed.values:
        raise Http404(_("A topic is locked, opened or made normal at a time: “deed” is lock, open or unpin."))
    refuse(why_not_moderate(request.actor, forum, TIMER_NEEDS[Timer.Deed(deed)]))
    form = ReasonsForm(forum)
    if request.method == "POST":
        reasons = form.read(request)
        try:
            due_at = moment_in(due, "due")
            set_timer(
                moderator=request.actor, topic=topic, forum=forum, deed=deed, due_at=due_at, reasons=reasons
            )
        except Invalid as invalid:
            form.faults = faults = invalid.faults
        else:
            return HttpResponseRedirect(topic.address)
    is_lock = deed == Timer.Deed.LOCK
    context: dict[str, Any] = {
        **(form.context() if is_lock else {}), **_words(deed, topic.title), "deed": deed, "due": due.replace("\0", "␀"),
        "clock": clock(), "faults": faults, "post": None, "action": f"{topic.address}timer", "back": topic.address,
    }  # fmt: skip
    page = "moderation/timed_lock.html" if is_lock else "moderation/timer.html"
    return render(request, page, context, status=422 if faults else 200)


@takes("POST")
def drop(request: Request, number: str, timer: str, slug: str | None = None) -> HttpResponse:
    """Call it off."""
    topic, forum = topic_at(request, number)
    drop_timer(moderator=request.actor, forum=forum, topic_id=topic.id, timer_id=int(timer))
    return HttpResponseRedirect(topic.address)


def _words(deed: str, title: str) -> dict[str, str]:
    told = {
        "lock": (_("Lock the topic “%(title)s” at a time"), _("Lock it then"), ""),
        "open": (
            _("Open the topic “%(title)s” at a time"), _("Open it then"),
            _("Readers see the time. The decisions that locked it are taken back then. Opening it by hand calls it off."),
        ),
        "unpin": (
            _("Make the topic “%(title)s” normal at a time"), _("Make it normal then"),
            _("Readers see the time. Making it normal by hand calls it off."),
        ),
    }  # fmt: skip
    heading, submit, hint = told[deed]
    return {"heading": heading % {"title": title}, "submit": submit, "hint": hint}
