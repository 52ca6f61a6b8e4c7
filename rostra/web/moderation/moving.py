"""Moving a topic: where its author or guests lose reading by it, the reasons are asked for."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, refuse
from rostra.moderation.moving import closes, move_with_reasons
from rostra.permissions.capabilities import May
from rostra.topics.moving import SHADOW_DAYS
from rostra.topics.queries import TopicRow
from rostra.web.loading import topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, forest_of
from rostra.web.stating import ReasonsForm
from rostra.web.telling import tell_of_case


@takes("GET", "POST")
def move(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Choose another forum; one that is closed to those who read the topic now asks for reasons in a second step."""
    topic, forum = topic_at(request, number)
    refuse(why_not_moderate(request.actor, forum, May.MOD_MOVE))
    places, form = _places(request, forum), ReasonsForm(forum)
    to = next((place for place in places if str(place.id) == request.POST.get("to")), None)
    is_closing = to is not None and closes(topic, forum, to)
    if request.method == "POST":
        try:
            if to is None:
                raise Invalid(to=_("Choose a forum that holds topics, and in which you may move topics."))
            if not is_closing or "facts" in request.POST:
                return _moved(request, form, topic, to)
        except Invalid as invalid:
            form.faults = invalid.faults
    context = {
        **form.context(), "topic": topic, "days": SHADOW_DAYS, "chosen_days": _days(request), "places": places, "to": to, "is_closing": is_closing, "back": topic.address,
    }  # fmt: skip
    return render(request, "moderation/move.html", context, status=422 if form.faults else 200)


def _moved(request: Request, form: ReasonsForm, topic: TopicRow, to: Node) -> HttpResponse:
    """Move it, and have its author told. Raises Invalid."""
    with change():
        opened = move_with_reasons(
            moderator=request.actor,
            topic=topic,
            forum=form.forum,
            to=to,
            reasons=form.read(request),
            days=_days(request),
        )
        if opened is not None:
            tell_of_case(request, opened)
    return HttpResponseRedirect(f"/case/{opened.pk}/" if opened is not None else topic.address)


def _days(request: Request) -> int:
    """For how many days a link stays behind."""
    text = request.POST.get("days", "0")
    return int(text) if text in map(str, SHADOW_DAYS) else 0


def _places(request: Request, forum: Node) -> list[Node]:
    """The forums that a topic can go to by the hand of whoever asks, in the order of the tree."""
    tree = forest_of(request)
    wanted = tree.book.rights(request.actor).where(May.MOD_MOVE)
    return [
        node
        for root in tree.roots
        for node in root.walk()
        if node.kind == "forum" and node.id != forum.id and node.id in wanted
    ]
