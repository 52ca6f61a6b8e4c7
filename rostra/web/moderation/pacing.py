"""Setting the pace of a topic, or of all topics of a forum: slow mode."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.refusals import Invalid, refuse
from rostra.permissions.capabilities import May
from rostra.topics.pacing import Pace, slow_forum, slow_topic, told_paces
from rostra.topics.queries import TopicRow
from rostra.web.loading import forum_at, topic_at
from rostra.web.methods import takes
from rostra.web.moments import clock, moment_in, typed
from rostra.web.pages import render
from rostra.web.requests import Request


@takes("GET", "POST")
def of_topic(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """How often a member may post in a topic."""
    topic, forum = topic_at(request, number)
    return _set(request, forum, topic)


@takes("GET", "POST")
def of_forum(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """How often a member may post in each topic of a forum."""
    return _set(request, forum_at(request, number), None)


def _set(request: Request, forum: Node, topic: TopicRow | None) -> HttpResponse:
    refuse(why_not_moderate(request.actor, forum, May.MOD_LOCK))
    seconds, until = (topic.slow_seconds, topic.slow_until) if topic else forum.slow
    shown, faults = {"pace": str(seconds), "until": typed(until)}, dict[str, str]()
    back = topic.address if topic else forum.address
    if request.method == "POST":
        shown = {name: request.POST.get(name, "") for name in shown}
        try:
            pace = Pace(_seconds(shown["pace"]), moment_in(shown["until"], "until"))
            if topic is None:
                slow_forum(moderator=request.actor, forum=forum, pace=pace)
            else:
                slow_topic(moderator=request.actor, topic=topic, forum=forum, pace=pace)
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return HttpResponseRedirect(back)
    about = {"title": topic.title} if topic else {"title": forum.name}
    words = _("Slow mode of the topic “%(title)s”") if topic else _("Slow mode of the topics of “%(title)s”")
    context: dict[str, Any] = {
        "heading": words % about, "action": f"{back}slow", "back": back, "shown": shown, "faults": faults,
        "paces": [(str(each), said) for each, said in told_paces().items()], "clock": clock(), "topic": topic,
    }  # fmt: skip
    return render(request, "moderation/slow.html", context, status=422 if faults else 200)


def _seconds(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
