"""Laying down, amending, trying, ordering, switching and repealing rules."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.houserules.actions import amend_rule, lay_down_rule, reorder, repeal_rule, switch_rule
from rostra.houserules.facts import FACTS
from rostra.houserules.inheritance import inherit_rules
from rostra.houserules.presets import PRESETS
from rostra.houserules.queries import RuleRow, rules_of
from rostra.houserules.sentences import translated
from rostra.kernel.refusals import Invalid, Refused
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import TooMany
from rostra.web.requests import Request
from rostra.web.rules.bench import MOST_POSTS, Tried, try_rule
from rostra.web.rules.forms import LENGTHS, RuleForm, blank, check_in, faults_in, form_of, form_sent
from rostra.web.rules.pages import effect_words
from rostra.web.rules.places import Place, place_to_rule, rule_in_force


class _AmendedMeanwhile(Exception):
    """The rule has a newer version than the form began with."""

    def __init__(self, version: int) -> None:
        told = _(
            "Somebody amended this rule meanwhile; it has version %(number)s now. Look at its history. Sent again, what stands here takes the place of that version."
        )
        super().__init__(told % {"number": version})
        self.version = version


@takes("GET", "POST")
def new(request: Request, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """A form for a further rule."""
    place = place_to_rule(request, number)
    return _sent(request, place, None) if request.method == "POST" else _form(request, place, None, blank())


@takes("GET", "POST")
def amend(request: Request, rule: str, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """The same form with a rule that is there."""
    place = place_to_rule(request, number)
    row = rule_in_force(place, rule)
    return (
        _sent(request, place, row) if request.method == "POST" else _form(request, place, row, form_of(row))
    )


@takes("GET", "POST")
def repeal(request: Request, rule: str, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """Ask whether a rule is to go, and repeal it."""
    place = place_to_rule(request, number)
    row = rule_in_force(place, rule)
    if request.method != "POST":
        context = {"home": place, "rule": row, "text": translated(row.text)}
        return render(request, "rules/repeal.html", context)
    repeal_rule(author=request.actor, forum=place.forum, rule_id=row.id)
    return _back(place, "repealed")


@takes("POST")
def switch(request: Request, rule: str, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """Have a rule enforced, or have it observe."""
    place = place_to_rule(request, number)
    row = rule_in_force(place, rule)
    mode = request.POST.get("mode", "")
    if mode not in ("enforce", "observe"):
        raise Invalid(mode=_("mode is one of enforce, observe."))
    is_enforced = mode == "enforce"
    switch_rule(author=request.actor, forum=place.forum, rule_id=row.id, is_enforced=is_enforced)
    return _back(place, "enforced" if is_enforced else "observes", row.number)


@takes("POST")
def inherit(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Have the rules of the forums above hold here too, or not."""
    place = place_to_rule(request, number)
    holds = request.POST.get("holds", "")
    if place.forum is None or holds not in ("yes", "no"):
        raise Invalid(holds=_("holds is one of yes, no."))
    inherit_rules(author=request.actor, forum=place.forum, is_inherited=holds == "yes")
    return _back(place, "inherited" if holds == "yes" else "apart")


@takes("POST")
def move(request: Request, rule: str, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """Let a rule change places with the one before or behind it."""
    place = place_to_rule(request, number)
    row = rule_in_force(place, rule)
    step = {"up": -1, "down": 1}.get(request.POST.get("to", ""))
    if step is None:
        raise Invalid(to=_("to is one of up, down."))
    order = [each.id for each in rules_of(place.id)]
    here = order.index(row.id)
    there = min(max(here + step, 0), len(order) - 1)
    order[here], order[there] = order[there], order[here]
    reorder(author=request.actor, forum=place.forum, order=order)
    return _back(place, "moved", there + 1)


@takes("POST")
def lay_down_preset(request: Request, number: str | None = None, slug: str | None = None) -> HttpResponse:
    """Lay down one of the rules that many boards have."""
    place = place_to_rule(request, number)
    preset = PRESETS.get(request.POST.get("name", ""))
    if preset is None:
        raise Http404(_("There is no preset “%(name)s”.") % {"name": request.POST.get("name", "")[:60]})
    lay_down_rule(author=request.actor, forum=place.forum, text=preset.text, check=preset.check)
    return _back(place, "laid-down", len(rules_of(place.id)))


def _sent(request: Request, place: Place, row: RuleRow | None) -> HttpResponse:
    """Try what was typed, or lay it down; whatever goes wrong, it stays in the form."""
    form = form_sent(request.POST)
    try:
        if request.POST.get("do") == "try":
            return _form(request, place, row, form, tried=_tried(request, place, form))
        return _kept(request, place, row, form)
    except _AmendedMeanwhile as conflict:
        form.base, form.faults = conflict.version, {"": str(conflict)}
        return _form(request, place, row, form, 409)
    except Invalid as invalid:
        form.faults = invalid.faults
        return _form(request, place, row, form, 422)
    except Refused as refused:
        form.faults = {"": f"{refused.refusal.reason} {refused.refusal.remedy}"}
        return _form(request, place, row, form, 403)
    except TooMany as many:
        form.faults = {"": f"{many.refusal.reason} {many.refusal.remedy}"}
        response = _form(request, place, row, form, 429)
        response.headers["Retry-After"] = str(many.seconds)
        return response


def _kept(request: Request, place: Place, row: RuleRow | None, form: RuleForm) -> HttpResponse:
    faults = faults_in(form)
    if faults:
        raise Invalid(**faults)
    text, check, waived = form.typed["text"], check_in(form), form.is_waived
    if row is not None and form.base not in (0, row.version):
        raise _AmendedMeanwhile(row.version)
    if row is None:
        lay_down_rule(author=request.actor, forum=place.forum, text=text, check=check, is_waived=waived)
        return _back(place, "laid-down", len(rules_of(place.id)))
    amend_rule(
        author=request.actor, forum=place.forum, rule_id=row.id, text=text, check=check, is_waived=waived
    )
    return _back(place, "amended", row.number)


def _tried(request: Request, place: Place, form: RuleForm) -> Tried:
    check = check_in(form)
    if check is None:
        raise Invalid(condition=_("There is nothing to try: the condition is missing."))
    return try_rule(request, place, check)


def _form(
    request: Request,
    place: Place,
    row: RuleRow | None,
    form: RuleForm,
    status: int = 200,
    tried: Tried | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "home": place,
        "rule": row,
        "form": form,
        "shown": form.shown,
        "lengths": LENGTHS,
        "facts": [(fact.name, fact.kind, translated(fact.meaning)) for fact in FACTS],
        "effects": effect_words(),
        "is_preset": row is not None and any(row.text == each.text for each in PRESETS.values()),
        "most_posts": MOST_POSTS,
        "tried": tried,
    }
    return render(request, "rules/form.html", context, status=status)


def _back(place: Place, done: str, number: int = 0) -> HttpResponse:
    anchor = f"#rule-{number}" if number else ""
    return HttpResponseRedirect(f"{place.address}?done={done}{anchor}")
