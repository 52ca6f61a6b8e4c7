"""What was done to posts and topics: a post's history, taking one's own post back, arranging as a moderator."""

import itertools

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts.models import User
from rostra.kernel.refusals import Invalid, refuse
from rostra.moderation.actions import open_topic
from rostra.permissions.capabilities import May
from rostra.topics import policy, queries
from rostra.topics.actions import arrange_topic
from rostra.topics.models import Topic
from rostra.topics.removal import withdraw_post
from rostra.web import addresses
from rostra.web.changes import words_changed
from rostra.web.loading import post_at, topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, may_cache

SHOWN, ALL = 10, 2**31 - 1


@takes("GET")
def history(request: Request, number: str) -> HttpResponse:
    """Every text that a post has had, with what changed from each to the next."""
    post, row, forum = post_at(request, number)
    before = request.GET.get("before", "")
    is_first = not (before.isascii() and before.isdigit() and len(before) < 9)
    rows = queries.revisions(post.id, ALL if is_first else int(before), SHOWN + 2)
    newest = [post.source] if is_first else [row.source for row in rows[:1]]
    earlier = rows if is_first else rows[1:]
    texts = [*newest, *(revision.source for revision in earlier[:SHOWN])]
    changes = [words_changed(old, new) for new, old in itertools.pairwise(texts)]
    older = earlier[SHOWN - 1].number if len(earlier) > SHOWN else 0
    context = {
        "post": post,
        "topic": row,
        "forum": forum,
        "earlier": earlier[:SHOWN],
        "changes": changes,
        "older": older,
        "author": _name_now(post.author_id),
    }
    may_cache(request, "before")
    response = render(request, "topics/history.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _name_now(author_id: int | None) -> str | None:
    """What the account of an author is called now: not always as the post was signed."""
    return User.objects.filter(id=author_id or 0).values_list("name", flat=True).first()


@takes("GET", "POST")
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take back one's own last post: asked once more, then done."""
    post, row, forum = post_at(request, number)
    refuse(policy.why_not_withdraw(request.actor, post, row, forum))
    if request.method == "POST":
        withdraw_post(author=request.actor, post_id=post.id, topic=row, forum=forum)
        return HttpResponseRedirect(
            forum.address if post.position == 1 else addresses.topic(row.id, row.slug)
        )
    return render(request, "topics/withdraw.html", {"post": post, "topic": row, "forum": forum})


@takes("POST")
def arrange(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Lock or open, make sticky, an announcement or normal."""
    row, forum = topic_at(request, number)
    wanted, locked = request.POST.get("kind"), request.POST.get("locked")
    kinds = {kind.label: kind.value for kind in Topic.Kind}
    if (wanted is not None and wanted not in kinds) or locked not in (None, "yes", "no"):
        raise Invalid(
            kind=_("A topic is one of %(kinds)s; locked is yes or no.") % {"kinds": ", ".join(kinds)}
        )
    if locked == "yes":  # that states its reasons
        refuse(policy.why_not_moderate(request.actor, forum, May.MOD_LOCK))
        return HttpResponseRedirect(f"{row.address}lock")
    kind = kinds[wanted] if wanted else None
    if locked == "no":
        open_topic(moderator=request.actor, topic=row, forum=forum, kind=kind)
    else:
        arrange_topic(moderator=request.actor, topic=row, forum=forum, kind=kind)
    return HttpResponseRedirect(row.address)
