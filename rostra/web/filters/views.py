"""Ignoring and stopping it, from the page of the thing itself or from the list in the settings."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rostra.accounts.paths import name_in
from rostra.accounts.queries import person_named
from rostra.filters import actions
from rostra.filters.queries import member_to_ignore
from rostra.kernel.refusals import Invalid
from rostra.web import addresses
from rostra.web.filters.pages import HOME, page
from rostra.web.loading import forum_at, topic_at
from rostra.web.membership import for_members
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request


@takes("POST")
@for_members
def member(request: Request, name: str) -> HttpResponse:
    """Ignore a member, or stop it."""
    name = name_in(name)
    person = person_named(name)
    known = member_to_ignore(person.id) if person else None
    if known is None:
        raise Http404(_("There is no member called “%(name)s”.") % {"name": name[:60]})
    if _stops(request):
        actions.stop_ignoring_member(reader=request.actor, member_id=known.id)
    else:
        actions.ignore_member(reader=request.actor, member=known)
    return _back(request, addresses.member(known.name), "member", known.id)


@takes("POST")
@for_members
def topic(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Ignore a topic, or stop it."""
    row, _forum = topic_at(request, number)
    if _stops(request):
        actions.stop_ignoring_topic(reader=request.actor, topic_id=row.id)
    else:
        actions.ignore_topic(reader=request.actor, topic_id=row.id)
    return _back(request, addresses.topic(row.id, row.slug), "topic", row.id)


@takes("POST")
@for_members
def forum(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Ignore a forum and those below it, or stop it."""
    node = forum_at(request, number)
    if _stops(request):
        actions.stop_ignoring_forum(reader=request.actor, forum_id=node.id)
    else:
        actions.ignore_forum(reader=request.actor, forum=node)
    return _back(request, addresses.forum(node.id, node.slug), "forum", node.id)


@takes("GET", "POST")
@for_members
def filters(request: Request) -> HttpResponse:
    """The list of all that the member filters out; words are added and removed here."""
    if request.method != "POST":
        return render(request, "filters/filters.html", page(request))
    if "remove" in request.POST:
        word = actions.stop_filtering_word(reader=request.actor, word_id=_word_id(request.POST["remove"]))
        return HttpResponseRedirect(
            f"{HOME}?{urlencode({'stopped': 'word', 'word': word})}" if word else HOME
        )
    typed = request.POST.get("word", "")
    try:
        word = actions.filter_word(reader=request.actor, text=typed)
    except Invalid as invalid:
        context = page(request, typed=typed.replace("\0", "␀"), fault=invalid.faults["word"])
        return render(request, "filters/filters.html", context, status=422)
    return HttpResponseRedirect(f"{HOME}?{urlencode({'added': word})}#words")


def _stops(request: Request) -> bool:
    """What the button said. Raises Invalid for anything else."""
    wanted = request.POST.get("do", "")
    if wanted not in ("ignore", "stop"):
        raise Invalid(do=_("“do” is ignore or stop."))
    return wanted == "stop"


def _back(request: Request, address: str, kind: str, number: int) -> HttpResponse:
    """To the page that the button stood on, with a word of what happened."""
    done = "stopped" if _stops(request) else "ignored"
    if request.POST.get("from") == "settings":
        return HttpResponseRedirect(f"{HOME}?{urlencode({done: kind, 'id': str(number)})}")
    return HttpResponseRedirect(f"{address}?done={done}")


def _word_id(text: str) -> int:
    """The number of a word in the list. Raises Http404 when it is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404(_("“%(text)s” is no number.") % {"text": text[:20]})
    return int(text)
