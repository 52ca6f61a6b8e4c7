"""Merging a topic into another: first what would come of it, then it is done."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from rostra.forums.queries import Node
from rostra.kernel.refusals import Invalid, refuse
from rostra.topics import policy
from rostra.topics.moving import SHADOW_DAYS, merge_topics
from rostra.topics.queries import TopicRow
from rostra.web.arranging.places import LONGEST, topic_typed
from rostra.web.loading import topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request


@takes("GET", "POST")
def merge(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Which topic it goes into, and what they are called then."""
    topic, forum = topic_at(request, number)
    refuse(policy.why_not_split(request.actor, forum, forum))
    names = ("into", "title", "days")
    typed = {name: request.POST.get(name, "").replace("\0", "␀")[:LONGEST] for name in names}
    context: dict[str, Any] = {
        "topic": topic,
        "forum": forum,
        "typed": typed,
        "faults": {},
        "days": SHADOW_DAYS,
        "into": None,
    }
    if request.method != "POST":
        return render(request, "arranging/merge.html", context)
    try:
        into, there = topic_typed(request, typed["into"])
        if request.POST.get("do") == "merge":
            _merge(request, (topic, forum), (into, there), typed)
            return HttpResponseRedirect(into.address)
        refuse(policy.why_not_split(request.actor, forum, there))
        if into.id == topic.id:
            _merge(request, (topic, forum), (into, there), typed)  # says what is wrong
    except Invalid as invalid:
        return render(request, "arranging/merge.html", {**context, "faults": invalid.faults}, status=422)
    typed["title"] = typed["title"] or into.title
    return render(request, "arranging/merge.html", {**context, "into": into, "there": there})


def _merge(
    request: Request, source: tuple[TopicRow, Node], target: tuple[TopicRow, Node], typed: dict[str, str]
) -> None:
    days = int(typed["days"]) if typed["days"] in map(str, SHADOW_DAYS) else 0
    (topic, forum), (into, there) = source, target
    merge_topics(
        moderator=request.actor, topic=topic, forum=forum, into=into, there=there, title=typed["title"] or into.title,
        days=days,
    )  # fmt: skip
