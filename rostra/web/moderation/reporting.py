"""Reporting a post, and what moderators do with reports besides removing it."""

from django.http import HttpResponse, HttpResponseRedirect

from rostra.kernel.refusals import Invalid, refuse
from rostra.moderation.reports import (
    LONGEST_WORDS,
    claim_reports,
    decline_reports,
    report_post,
    why_not_report,
)
from rostra.web.loading import post_at
from rostra.web.methods import takes
from rostra.web.moderation.returning import onward
from rostra.web.pages import render
from rostra.web.ratelimits import spend
from rostra.web.requests import Request
from rostra.web.ruling import rule_choices


@takes("GET", "POST")
def report(request: Request, number: str) -> HttpResponse:
    """Say what is wrong with a post: by a rule, in words, or both."""
    post, topic, forum = post_at(request, number)
    refuse(why_not_report(request.actor, post, forum))
    typed, faults = {"rule": "", "words": ""}, dict[str, str]()
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        is_number = typed["rule"].isascii() and typed["rule"].isdigit() and len(typed["rule"]) < 18
        rule = int(typed["rule"]) if is_number else 0
        try:
            spend("report", request.actor.id)
            report_post(reporter=request.actor, post=post, forum=forum, rule=rule, words=typed["words"])
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return HttpResponseRedirect("/cases/?done=reported")
    context = {
        "post": post, "topic": topic, "forum": forum, "faults": faults, "length": LONGEST_WORDS,
        "typed": {name: text.replace("\0", "␀") for name, text in typed.items()},
        "rules": rule_choices(forum),
    }  # fmt: skip
    return render(request, "moderation/report.html", context, status=422 if faults else 200)


@takes("POST")
def claim(request: Request, number: str) -> HttpResponse:
    """Say to other moderators that one is at it."""
    post, _topic, forum = post_at(request, number)
    claim_reports(moderator=request.actor, forum=forum, post_id=post.id)
    return onward(request, "claimed", f"/moderate/#report{post.id}")


@takes("POST")
def decline(request: Request, number: str) -> HttpResponse:
    """Close the reports of a post: it stays."""
    post, _topic, forum = post_at(request, number)
    decline_reports(moderator=request.actor, forum=forum, post_id=post.id)
    return onward(request, "declined")
