"""What waits: for moderators the queue of their forums, for members their own texts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.queries import Node
from rostra.kernel.refusals import Refusal, refuse
from rostra.moderation.models import Case
from rostra.moderation.policy import NEEDS
from rostra.moderation.queries import open_appeals
from rostra.moderation.reports import ReportRow, open_reports
from rostra.modmail.policy import moderated
from rostra.modmail.queries import waiting_longest
from rostra.permissions.capabilities import May
from rostra.topics.holding import withdraw_held
from rostra.topics.renderings import rendered_again
from rostra.topics.waiting import HeldRow, held_of, waiting_in
from rostra.web.loading import number_from
from rostra.web.methods import takes
from rostra.web.moderation.fallen import fallen_rules
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
    """The texts and appeals that wait for whoever asks, the oldest first."""
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
    appeals = [
        row for row in open_appeals(decides) if request.actor.id not in (row.moderator_id, row.member_id)
    ]
    context = {
        "fallen": fallen_rules(request),
        "waiting": [_waiting(request, row) for row in waiting_in(approves)],
        "reports": _by_post(open_reports(handled)),
        "appeals": appeals,
        "conversations": waiting_longest(moderated(request.actor, forest), request.actor.id or 0),
        "done": request.GET.get("done", ""),
    }
    return render(request, "moderation/queue.html", context)


@takes("GET")
def own(request: Request) -> HttpResponse:
    """The texts of the member who asks that wait, or waited."""
    if request.actor.id is None:
        refuse(Refusal(_("Only members have texts that wait."), _("Sign in first."), must_sign_in=True))
    context: dict[str, Any] = {"waiting": [_waiting(request, row) for row in held_of(request.actor.id or 0)]}
    return render(request, "moderation/waiting.html", context)


@takes("POST")
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take back a text of one's own that waits."""
    if request.actor.id is None:
        refuse(Refusal(_("Only members have texts that wait."), _("Sign in first."), must_sign_in=True))
    withdraw_held(author=request.actor, held_id=number_from(number, "post"))
    return HttpResponseRedirect("/waiting/")


def _by_post(rows: list[ReportRow]) -> list[tuple[int, list[ReportRow]]]:
    """The reports of each post together, the post that waits longest first."""
    found: dict[int, list[ReportRow]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(row)
    return list(found.items())


def _waiting(request: Request, row: HeldRow) -> Waiting:
    """Without a forum that the reader may read in, nothing is said of where it is for."""
    is_closed = f",{row.forum_id}," in closed_of(request)
    forum = None if is_closed else forest_of(request).by_id.get(row.forum_id)
    return Waiting(row, forum, rendered_again(row.source, row.markup).html)
