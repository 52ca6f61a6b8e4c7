"""What waits: for moderators the queue of their forums, for members their own texts."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.queries import Node
from rostra.kernel.refusals import Refusal, refuse
from rostra.moderation.models import Case
from rostra.moderation.policy import NEEDS
from rostra.moderation.queries import AT_ONCE as APPEALS
from rostra.moderation.queries import open_appeals
from rostra.moderation.reports import AT_ONCE as REPORTS
from rostra.moderation.reports import reported_posts
from rostra.modmail.policy import moderated
from rostra.modmail.queries import waiting_longest
from rostra.permissions.capabilities import May
from rostra.topics.holding import withdraw_held
from rostra.topics.renderings import rendered_together
from rostra.topics.waiting import AT_ONCE as TEXTS
from rostra.topics.waiting import HeldRow, held_of, waiting_in
from rostra.web.loading import number_from
from rostra.web.methods import takes
from rostra.web.moderation.fallen import fallen_rules
from rostra.web.moderation.returning import HOME
from rostra.web.pages import render
from rostra.web.requests import Request, closed_of, forest_of


@dataclass(frozen=True)
class Waiting:
    """A text that waits, as it would be shown, with its forum."""

    row: HeldRow
    forum: Node | None
    html: str


@takes("GET")
def queue(request: Request) -> HttpResponse:
    """The texts, reports and appeals that wait for whoever asks, the oldest first, a page of each."""
    rights, forest = forest_of(request).book.rights(request.actor), forest_of(request)
    approves = [forum for forum in rights.where(May.MOD_APPROVE) if forum in forest.by_id]
    decides = [
        (kind, forum)
        for kind, needed in NEEDS.items()
        for forum in rights.where(needed)
        if kind != Case.Kind.SPAM or rights.may(needed)
    ]
    handled = [forum for forum in rights.where(May.MOD_REPORTS) if forum in forest.by_id]
    if not approves and not decides and not handled:
        refuse(
            Refusal(
                _("Only moderators have a queue."),
                _("Your own texts that wait are at /waiting/."),
                must_sign_in=not request.actor.is_member,
            )
        )
    texts = waiting_in(approves, _after(request, "texts"))
    reported = reported_posts(handled, _after(request, "reports"))
    appeals = open_appeals(decides, _after(request, "appeals"))
    context = {
        "fallen": fallen_rules(request),
        "conversations": waiting_longest(moderated(request.actor, forest), request.actor.id or 0),
        "waiting": _waiting(request, texts[:TEXTS]),
        "reported": reported[:REPORTS],
        "appeals": [row for row in appeals[:APPEALS] if request.actor.id not in (row.moderator_id, row.member_id)],
        "done": request.GET.get("done", ""),
        "more": {
            "texts": texts[TEXTS - 1].id if len(texts) > TEXTS else 0,
            "reports": reported[REPORTS - 1].turn if len(reported) > REPORTS else 0,
            "appeals": appeals[APPEALS - 1].id if len(appeals) > APPEALS else 0,
        },
    }  # fmt: skip
    return render(request, "moderation/queue.html", {**context, "nexts": _nexts(request, context)})


def _after(request: Request, part: str) -> int:
    """The id behind which a part of the queue begins on this page. Raises Http404 for no number."""
    text = request.GET.get(part, "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Http404(_("There is no such page: “%(text)s” is no number.") % {"text": text[:30]})
    return int(text)


def _nexts(request: Request, context: dict[str, Any]) -> dict[str, str]:
    """For each entry, by its anchor, where to go on when it is decided: to the one that follows on this page."""
    page = next((f"?{part}={_after(request, part)}" for part in context["more"] if _after(request, part)), "")
    anchors = [f"held{each.row.id}" for each in context["waiting"]]
    anchors += [f"report{each.post_id}" for each in context["reported"]]
    anchors += [f"appeal{row.id}" for row in context["appeals"]]
    follows = [*(f"#{anchor}" for anchor in anchors[1:]), ""]
    return {
        anchor: f"{HOME}{page}{then}" for anchor, then in zip(anchors, follows[: len(anchors)], strict=True)
    }


@takes("GET")
def own(request: Request) -> HttpResponse:
    """The texts of the member who asks that wait, or waited."""
    if request.actor.id is None:
        refuse(Refusal(_("Only members have texts that wait."), _("Sign in first."), must_sign_in=True))
    context: dict[str, Any] = {"waiting": _waiting(request, held_of(request.actor.id or 0))}
    return render(request, "moderation/waiting.html", context)


@takes("POST")
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take back a text of one's own that waits."""
    if request.actor.id is None:
        refuse(Refusal(_("Only members have texts that wait."), _("Sign in first."), must_sign_in=True))
    withdraw_held(author=request.actor, held_id=number_from(number, "post"))
    return HttpResponseRedirect("/waiting/")


def _waiting(request: Request, rows: list[HeldRow]) -> list[Waiting]:
    """Without a forum that the reader may read in, nothing is said of where a text is for."""
    closed, forums = closed_of(request), forest_of(request).by_id
    shown = rendered_together([(row.source, row.markup) for row in rows])
    return [
        Waiting(row, None if f",{row.forum_id}," in closed else forums.get(row.forum_id), made.html)
        for row, made in zip(rows, shown, strict=True)
    ]
