"""Lists are kept and dropped: for the whole board, by who manages it."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.board.models import THE_BOARD, Stamp
from rostra.houserules.queries import rules_of
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, Invalid, refuse
from rostra.kernel.text import is_visible, one_line
from rostra.wordlists.entries import checked_entries
from rostra.wordlists.models import WordList
from rostra.wordlists.policy import why_not_keep_lists

MOST_LISTS, LONGEST_NAME, LONGEST_SENTENCE = 20, 60, 300


class ListForm(NamedTuple):
    """A list as it was typed: `rule` is a rule's id or 0, `entries` a text with a line for each."""

    name: str
    kind: str
    effect: str
    scope: str
    sentence: str
    rule: int
    entries: str


def keep_list(*, keeper: Actor, form: ListForm, list_id: int | None = None) -> WordList:
    """Make a list, or change one: its kind stays. Raises Refused by policy, Invalid by field, Gone."""
    refuse(why_not_keep_lists(keeper))
    known = WordList.objects.filter(id=list_id).first() if list_id is not None else None
    if list_id is not None and known is None:
        raise Gone(_("This list was dropped meanwhile."))
    form = form._replace(kind=known.kind) if known else form
    values = _checked(form)
    with change(is_structural=True):
        list(Stamp.objects.select_for_update().filter(id=THE_BOARD))  # two at once are one after another
        others = WordList.objects.exclude(id=list_id or 0)
        if others.filter(name__iexact=values["name"]).exists():
            raise Invalid(name=_("There is a list of this name already: choose another."))
        if known is None and others.count() >= MOST_LISTS:
            told = _("The board has %(most)s lists, as many as it may have. Add to one of them, or drop one.")
            raise Invalid(name=told % {"most": MOST_LISTS})
        kept = known or WordList()
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()
    return kept


def drop_list(*, keeper: Actor, list_id: int) -> None:
    """Take a list away; dropped twice is dropped. Raises Refused by policy."""
    refuse(why_not_keep_lists(keeper))
    with change(is_structural=True):
        WordList.objects.filter(id=list_id).delete()


def _checked(form: ListForm) -> dict[str, object]:
    faults: dict[str, str] = {}
    name, sentence = one_line(form.name.replace("\0", "")), one_line(form.sentence.replace("\0", ""))
    if not is_visible(name) or len(name) > LONGEST_NAME:
        faults["name"] = _("Give the list a name of up to %(most)s characters: authors are told it.") % {
            "most": LONGEST_NAME
        }
    if len(sentence) > LONGEST_SENTENCE:
        faults["sentence"] = _("The sentence has %(number)s characters; at most %(most)s are allowed.") % {
            "number": len(sentence),
            "most": LONGEST_SENTENCE,
        }
    faults |= _choices(form)
    try:
        entries = checked_entries(form.kind, form.entries)
    except Invalid as invalid:
        faults |= invalid.faults
    if faults:
        raise Invalid(**faults)
    return {
        "name": name, "kind": form.kind, "effect": form.effect, "scope": form.scope, "sentence": sentence,
        "rule_id": form.rule or None, "entries": entries,
    }  # fmt: skip


def _choices(form: ListForm) -> dict[str, str]:
    faults = {}
    is_fit = form.effect in WordList.Effect.values and (
        form.kind == WordList.Kind.DOMAINS or form.effect != WordList.Effect.ALLOW
    )
    if form.kind not in WordList.Kind.values or not is_fit:
        faults["effect"] = _("Choose what follows where an entry is written.")
    if form.scope not in WordList.Scope.values:
        faults["scope"] = _("Choose whose texts are looked at.")
    rules = [rule.id for rule in rules_of(None)]
    if form.rule and form.rule not in rules:
        faults["rule"] = _("This rule is not in force any more. Choose another.")
    elif rules and not form.rule and form.effect == WordList.Effect.REFUSE:
        faults["rule"] = _("Name the rule of the board: whoever is refused is told by which.")
    return faults
