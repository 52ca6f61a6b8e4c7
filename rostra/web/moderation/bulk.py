"""Several topics or posts at once: what was chosen is shown once more, with the reasons where some are needed."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.policy import may, why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, refuse
from rostra.moderation.bulk import (
    BULK_NEEDS,
    MOST_CHOSEN,
    STATED,
    Chosen,
    Deed,
    chosen_posts,
    chosen_topics,
    counted,
    remove_posts,
    treat_topics,
)
from rostra.permissions.capabilities import May
from rostra.web.loading import forum_at, topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, forest_of
from rostra.web.stating import ReasonsForm
from rostra.web.telling import tell_of_case


@takes("GET", "POST")
def topics(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Do the same to several topics of a forum."""
    forum, sent = forum_at(request, number), _sent(request)
    if sent.get("do") not in list(Deed):
        raise Invalid(do=_("Choose what is to be done to the topics."))
    deed = Deed(sent["do"])
    refuse(why_not_moderate(request.actor, forum, BULK_NEEDS[deed]))
    numbers, form = counted(_numbers(sent.getlist("topic"))), ReasonsForm(forum)
    chosen, to = chosen_topics(numbers, forum, deed), _forum_to(request, sent.get("to", ""))
    if request.method == "POST":
        reasons = form.read(request)
        try:
            with change():
                cases = treat_topics(
                    moderator=request.actor, forum=forum, topics=numbers, deed=deed, reasons=reasons, to=to
                )
                for case in cases:
                    tell_of_case(request, case)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return HttpResponseRedirect(forum.address)
    context = {
        "action": f"{forum.address}bulk", "back": f"{forum.address}?select=1", "field": "topic", "deed": deed.value,
        **_words()[deed], "to": str(to.id) if to else "", "places": _places(request, forum) if deed is Deed.MOVE else [],
    }  # fmt: skip
    return _show(request, form, chosen, context, is_stated=deed in STATED)


@takes("GET", "POST")
def posts(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Take several posts of a topic away."""
    (topic, forum), sent = topic_at(request, number), _sent(request)
    refuse(why_not_moderate(request.actor, forum, May.MOD_REMOVE))
    numbers, form = counted(_numbers(sent.getlist("post"))), ReasonsForm(forum)
    chosen = chosen_posts(numbers, topic.id)
    if request.method == "POST":
        reasons = form.read(request)
        try:
            with change():
                cases = remove_posts(
                    moderator=request.actor, forum=forum, topic=topic, posts=numbers, reasons=reasons
                )
                for case in cases:
                    tell_of_case(request, case)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return HttpResponseRedirect(topic.address)
    context = {
        "action": f"{topic.address}bulk", "back": f"{topic.address}?select=1", "field": "post", "deed": "remove",
        "heading": _("Remove these posts"), "submit": _("Remove them"),
    }  # fmt: skip
    return _show(request, form, chosen, context, is_stated=True)


def _show(
    request: Request, form: ReasonsForm, chosen: list[Chosen], context: dict[str, Any], *, is_stated: bool
) -> HttpResponse:
    known = {
        **(form.context() if is_stated else {}), **context, "post": None, "faults": form.faults, "most": MOST_CHOSEN,
        "able": [one for one in chosen if not one.why_not], "unable": [one for one in chosen if one.why_not],
    }  # fmt: skip
    page = "moderation/bulk_reasons.html" if is_stated else "moderation/bulk.html"
    return render(request, page, known, status=422 if form.faults else 200)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _numbers(texts: list[str]) -> list[int]:
    """The ids among what was sent."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 18]


def _forum_to(request: Request, text: str) -> Node | None:
    return forest_of(request).by_id.get(int(text)) if _numbers([text]) else None


def _places(request: Request, forum: Node) -> list[tuple[str, str]]:
    """Where topics can go: the forums in which whoever asks may move topics too, below what they stand in."""
    nodes = (node for root in forest_of(request).roots for node in root.walk())
    return [
        (str(node.id), " › ".join(each.name for each in (*node.ancestors, node)))
        for node in nodes
        if node.kind == "forum" and node.id != forum.id and may(request.actor, node, May.MOD_MOVE)
    ]


def _words() -> dict[Deed, dict[str, str]]:
    told = {
        Deed.LOCK: (_("Lock these topics"), _("Lock them")),
        Deed.OPEN: (_("Open these topics"), _("Open them")),
        Deed.STICKY: (_("Make these topics sticky"), _("Make them sticky")),
        Deed.NORMAL: (_("Make these topics normal"), _("Make them normal")),
        Deed.MOVE: (_("Move these topics"), _("Move them")),
        Deed.REMOVE: (_("Remove these topics"), _("Remove them")),
    }
    return {deed: {"heading": heading, "submit": submit} for deed, (heading, submit) in told.items()}
