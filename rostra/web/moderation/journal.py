"""The moderators' log, for moderators: what was done in their forums."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rostra.kernel.refusals import Refusal, refuse
from rostra.moderation.queries import FIRST, MOST, entries
from rostra.permissions.capabilities import MODERATING
from rostra.web.loading import id_before, number_from
from rostra.web.methods import takes
from rostra.web.moderation.cases import kinds
from rostra.web.pages import render
from rostra.web.requests import Request, forest_of


@takes("GET")
def journal(request: Request) -> HttpResponse:
    """The newest lines of all forums that whoever asks moderates, or of one of them."""
    tree = forest_of(request)
    rights = tree.book.rights(request.actor)
    mine = [node for node in tree.by_id.values() if rights.at.get(node.id, MODERATING & 0) & MODERATING]
    if not mine:
        refuse(Refusal(_("Only moderators read this."), "", must_sign_in=not request.actor.is_member))
    asked = request.GET.get("forum", "")
    one = number_from(asked, "forum") if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    shown = [node for node in mine if node.id == one] or mine
    rows = entries(min(id_before(request), FIRST), [node.id for node in shown])
    older = f"?before={rows[MOST - 1].id}" + (f"&forum={one}" if one else "") if len(rows) > MOST else ""
    context = {
        "entries": rows[:MOST],
        "told": told(),
        "forums": tree.by_id,
        "mine": mine,
        "one": one,
        "older": older,
    }
    return render(request, "moderation/journal.html", context)


def told() -> dict[str, str]:
    """What was done, in words."""
    return {
        **kinds(), "topic_moved": _("A topic went to another forum"), "posts_moved": _("Posts went to another topic"),
        "topics_merged": _("Two topics were merged"), "author_changed": _("The author of a post was corrected"),
        "text_posted": _("A text that waited was posted"), "case_reversed": _("A decision was taken back"),
        "appeal_reversed": _("An appeal was decided: the decision is taken back"),
        "appeal_upheld": _("An appeal was decided: the decision stands"), "text_purged": _("A text was deleted for good"),
        "now_normal": _("A topic is normal and open"), "now_sticky": _("A topic is sticky and open"),
        "now_announcement": _("A topic is an announcement and open"), "now_normal_locked": _("A topic is normal and locked"),
        "now_sticky_locked": _("A topic is sticky and locked"), "now_announcement_locked": _("A topic is an announcement and locked"),
    }  # fmt: skip
