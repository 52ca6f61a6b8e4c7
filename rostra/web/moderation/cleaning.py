"""Spam: a page that shows all that would go, and one button."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.accounts.models import User
from rostra.accounts.paths import name_in
from rostra.forums.queries import forest_in
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, refuse
from rostra.kernel.text import excerpt, name_key
from rostra.markup import own_words
from rostra.moderation.spam import Sweep, clean_spam, sweep_of, why_not_clean
from rostra.topics.renderings import rendered_again
from rostra.web import addresses
from rostra.web.methods import takes
from rostra.web.moderation.deciding import QUOTED
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.web.stating import ReasonsForm
from rostra.web.telling import tell_of_case

LINE = 120


@takes("GET", "POST")
def spam(request: Request, name: str) -> HttpResponse:
    """Remove all that a new member wrote: what that is, and the reasons, first."""
    member = _member(name)
    sweep = sweep_of(member)
    refuse(why_not_clean(request.actor, member, sweep))
    form = ReasonsForm(forest_in(request.META).by_id[sweep.forum_ids[0]])
    bans_email = request.POST.get("bans_email") == "yes"
    form.typed["quoted"] = excerpt(_first_words(sweep), QUOTED)
    if request.method == "POST":
        try:
            with change():
                opened = clean_spam(
                    moderator=request.actor, member_id=member.pk, reasons=form.read(request),
                    seen=request.POST.get("seen", ""), bans_email=bans_email,
                )  # fmt: skip
                tell_of_case(request, opened)
        except Invalid as invalid:
            form.faults = invalid.faults
        else:
            return HttpResponseRedirect(f"/case/{opened.pk}/")
    context = _context(request, member, sweep, form) | {"bans_email": bans_email}
    return render(request, "moderation/spam.html", context, status=422 if form.faults else 200)


def _context(request: Request, member: User, sweep: Sweep, form: ReasonsForm) -> dict[str, Any]:
    base = addresses.member(member.name)
    return {
        **form.context(), "heading": _("Remove all of %(name)s as spam") % {"name": member.name}, "post": None,
        "action": f"{base}spam/", "back": base, "submit": _("Remove all, and ban the account"), "sweep": sweep,
        "topics": sweep.topics, "replies": [(post, _line(own_words(post.html))) for post in sweep.posts],
        "held": [(text, _line(text.title or text.source)) for text in sweep.held], "has_email": bool(member.email),
    }  # fmt: skip


def _first_words(sweep: Sweep) -> str:
    """What of the texts is quoted to begin with."""
    if sweep.posts:
        return own_words(sweep.posts[0].html)
    if sweep.topics:
        return sweep.topics[0].title
    return own_words(rendered_again(sweep.held[0].source, sweep.held[0].markup).html)


def _line(text: str) -> str:
    return excerpt(" ".join(text.split()), LINE)


def _member(text: str) -> User:
    name = name_in(text)
    found = User.objects.filter(name_key=name_key(name), is_waiting=False).first()
    if found is None:
        raise Http404(_("There is no member called “%(name)s”.") % {"name": name[:60]})
    return found
