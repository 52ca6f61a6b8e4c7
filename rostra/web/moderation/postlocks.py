"""Locking a single post: the reasons first."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.forums.policy import why_not_moderate
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, refuse
from rostra.kernel.text import excerpt
from rostra.markup import own_words
from rostra.moderation.postlocks import lock_of, lock_post
from rostra.permissions.capabilities import May
from rostra.web.loading import post_at
from rostra.web.methods import takes
from rostra.web.moderation.deciding import QUOTED
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.web.stating import ReasonsForm
from rostra.web.telling import tell_of_case


@takes("GET", "POST")
def lock(request: Request, number: str) -> HttpResponse:
    """Have a post stay as it is; of one that is locked the case is shown, where that is taken back."""
    post, _topic, forum = post_at(request, number)
    refuse(why_not_moderate(request.actor, forum, May.MOD_LOCK))
    known = lock_of(post.id)
    if known is not None:
        return HttpResponseRedirect(f"/case/{known}/")
    form = ReasonsForm(forum)
    form.typed["quoted"] = excerpt(own_words(post.html), QUOTED)
    if request.method == "POST":
        try:
            with change():
                opened = lock_post(
                    moderator=request.actor, forum=forum, post_id=post.id, reasons=form.read(request)
                )
                tell_of_case(request, opened)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return HttpResponseRedirect(f"/p/{post.id}")
    context = {
        **form.context(), "heading": _("Lock post #%(number)s") % {"number": post.id}, "post": post,
        "action": f"/p/{post.id}/lock", "back": f"/p/{post.id}", "submit": _("Lock it"),
    }  # fmt: skip
    return render(request, "moderation/reasons.html", context, status=422 if form.faults else 200)
