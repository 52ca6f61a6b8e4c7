"""Putting a notice beside a post, and taking it away."""

from django.http import HttpResponse, HttpResponseRedirect

from rostra.forums.policy import why_not_moderate
from rostra.kernel.refusals import Invalid, refuse
from rostra.permissions.capabilities import May
from rostra.topics.noticing import NOTICE_LENGTH, notice_of, put_notice
from rostra.web.loading import post_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request


@takes("GET", "POST")
def notice(request: Request, number: str) -> HttpResponse:
    """What all readers of a post are told by the moderators."""
    post, topic, forum = post_at(request, number)
    refuse(why_not_moderate(request.actor, forum, May.MOD_EDIT))
    there = notice_of(post.id)
    words, faults = there.words if there else "", dict[str, str]()
    if request.method == "POST":
        words = "" if request.POST.get("do") == "remove" else request.POST.get("notice", "")
        try:
            put_notice(moderator=request.actor, post_id=post.id, forum=forum, words=words)
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return HttpResponseRedirect(f"/p/{post.id}")
    context = {
        "post": post, "topic": topic, "there": there, "shown": {"notice": words.replace("\0", "␀")}, "faults": faults,
        "lengths": {"notice": NOTICE_LENGTH},
    }  # fmt: skip
    return render(request, "moderation/notice.html", context, status=422 if faults else 200)
