"""Warning, muting or banning the author of a post: the reasons first."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts.models import User
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, refuse
from rostra.kernel.text import excerpt
from rostra.markup import own_words
from rostra.moderation.models import Case
from rostra.moderation.sanctions import (
    MOST_DAYS,
    MOST_POINTS,
    Sanction,
    points_of,
    sanction_author,
    why_not_sanction,
)
from rostra.topics.models import Post
from rostra.topics.queries import PostSource
from rostra.web.loading import post_at
from rostra.web.methods import takes
from rostra.web.moderation.deciding import QUOTED
from rostra.web.moderators import what_moderators_do
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.web.stating import ReasonsForm
from rostra.web.telling import tell_of_case

_DEFAULTS = {"kind": "warn", "scope": "board", "points": "1", "days": "7"}


@takes("GET", "POST")
def sanction(request: Request, number: str) -> HttpResponse:
    """What is done about the author of a post."""
    post, _topic, forum = post_at(request, number)
    typed = {name: request.POST.get(name, otherwise) for name, otherwise in _DEFAULTS.items()}
    asked_kind = _kind(typed)
    kind = asked_kind if asked_kind in Case.Kind.values else "ban"
    if request.method == "POST":
        refuse(why_not_sanction(request.actor, Post.objects.get(id=post.id), forum, kind))
    else:
        _refuse_all(request, post, forum)
    form = ReasonsForm(forum)
    form.typed["quoted"] = excerpt(own_words(post.html), QUOTED)
    if request.method == "POST":
        try:
            with change(is_visible=False):
                asked = Sanction(asked_kind, _number(typed["points"]), _number(typed["days"]))
                cases = sanction_author(
                    moderator=request.actor,
                    forum=forum,
                    post_id=post.id,
                    sanction=asked,
                    reasons=form.read(request),
                )
                for each in cases:
                    tell_of_case(request, each)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return HttpResponseRedirect(f"/case/{cases[-1].pk}/")
    return render(
        request,
        "moderation/sanction.html",
        _context(request, post, form, typed),
        status=422 if form.faults else 200,
    )


def _refuse_all(request: Request, post: PostSource, forum: Node) -> None:
    """Refuse whoever may neither warn nor ban here."""
    found = Post.objects.get(id=post.id)
    refusals = [
        why_not_sanction(request.actor, found, forum, kind) for kind in (Case.Kind.WARN, Case.Kind.BAN)
    ]
    refuse(refusals[0] if all(refusals) else None)


def _context(request: Request, post: PostSource, form: ReasonsForm, typed: dict[str, str]) -> dict[str, Any]:
    author = User.objects.get(id=post.author_id or 0)
    return {
        **form.context(), "author": author, **what_moderators_do(request, author.pk), "heading": _("About %(name)s") % {"name": post.author_name}, "post": post,
        "action": f"/p/{post.id}/sanction", "back": f"/p/{post.id}", "submit": _("Decide so"), "next": "",
        "chosen": {name: text.replace("\0", "␀") for name, text in typed.items()},
        "kinds": [("warn", _("a warning")), ("mute", _("a mute: they read, and do not write")), ("ban", _("a ban: they take no part"))],
        "scopes": [
            ("board", _("the whole board")),
            ("forum", _("“%(forum)s” only, and the forums in it: there they read what guests read, and do not write") % {"forum": form.forum.name}),
        ],
        "known_points": points_of(post.author_id or 0), "most_points": MOST_POINTS, "most_days": MOST_DAYS,
    }  # fmt: skip


def _kind(typed: dict[str, str]) -> str:
    """What is asked for: a ban has two kinds, by where it holds."""
    return Case.Kind.BAN_FORUM if typed["kind"] == "ban" and typed["scope"] == "forum" else typed["kind"]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
