"""Writes of rules. Rules are part of the board's structure: each change moves its version, and with it what is in memory."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.board.models import THE_BOARD, Board, Stamp
from rostra.board.queries import stamp
from rostra.forums.models import Forum
from rostra.forums.queries import Node, forest
from rostra.houserules.definitions import check_of, data_of
from rostra.houserules.events import RuleAmended, RuleLaidDown, RuleRepealed, RulesReordered, RuleSwitched
from rostra.houserules.inheritance import counted_now, refuse_when_full
from rostra.houserules.models import HouseRule, RuleVersion
from rostra.houserules.policy import why_not_rule
from rostra.houserules.rules import Check, Effect
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, refuse
from rostra.kernel.text import is_visible

LONGEST_TEXT = 1_000
OBSERVED = timedelta(hours=24)


def lay_down_rule(
    *,
    author: Actor,
    forum: Node | None,
    text: str,
    check: Mapping[str, Any] | None = None,
    is_waived: bool = False,
) -> int:
    """Add a rule to a forum, or without one to the whole board; returns its id. One that refuses observes for a day
    first, unless `is_waived`.

    Raises Refused for who may not and when there are too many, Gone when the forum is, Invalid by field for what is no rule.
    """
    refuse(why_not_rule(author, forum))
    good_text, made = checked_text(text), check_of(check) if check else None
    with change(is_structural=True) as this:
        _lock(forum)
        number = _next_number(forum)
        rule = HouseRule.objects.create(
            forum_id=forum.id if forum else None, number=number, **_mode(made, is_waived)
        )
        _add_version(rule, 1, good_text, made, author)
        this.record(RuleLaidDown(rule=rule.pk, forum=rule.forum_id, author=author.id or 0))
    return rule.pk


def amend_rule(
    *,
    author: Actor,
    forum: Node | None,
    rule_id: int,
    text: str,
    check: Mapping[str, Any] | None = None,
    is_waived: bool = False,
) -> int:
    """Give a rule a new version; returns its number. Nothing happens when nothing changed. When the check of a rule that
    refuses changed, it observes for a day again, unless `is_waived`.

    Raises Refused, Gone for a rule that is not one of this forum, Invalid by field.
    """
    refuse(why_not_rule(author, forum))
    good_text, made = checked_text(text), check_of(check) if check else None
    with change(is_structural=True) as this:
        rule = _locked(rule_id, forum)
        last = RuleVersion.objects.get(rule=rule, version=rule.version)
        if (last.text, last.checked) == (good_text, _stored(made)):
            return rule.version
        rule.version += 1
        if last.checked != _stored(made):
            for name, value in _mode(made, is_waived).items():
                setattr(rule, name, value)
        rule.save(update_fields=["version", "mode", "observing_until", "fell_back"])
        _add_version(rule, rule.version, good_text, made, author)
        this.record(RuleAmended(rule=rule.pk, version=rule.version, author=author.id or 0))
    return rule.version


def repeal_rule(*, author: Actor, forum: Node | None, rule_id: int) -> None:
    """Take a rule out of force; those behind it move up. Its versions stay. Raises Refused, Gone."""
    refuse(why_not_rule(author, forum))
    with change(is_structural=True) as this:
        rule = _locked(rule_id, forum)
        rule.is_active = False
        rule.save(update_fields=["is_active"])
        _renumber(_active(forum))
        this.record(RuleRepealed(rule=rule.pk, author=author.id or 0))


def reorder(*, author: Actor, forum: Node | None, order: Sequence[int]) -> None:
    """Number the rules of a forum anew, in the order of these ids. Raises Refused, and Invalid when the ids are not
    those of its rules, each once."""
    refuse(why_not_rule(author, forum))
    with change(is_structural=True) as this:
        rules = {rule.pk: rule for rule in _active(forum)}
        if sorted(order) != sorted(rules):
            raise Invalid(
                order=_("The rules have changed meanwhile. Load the page again and order them once more.")
            )
        _renumber([rules[each] for each in order])
        this.record(RulesReordered(forum=forum.id if forum else None, author=author.id or 0))


def switch_rule(*, author: Actor, forum: Node | None, rule_id: int, is_enforced: bool) -> None:
    """Have a rule enforced from now on, or have it observe until somebody decides. Raises Refused, Gone."""
    refuse(why_not_rule(author, forum))
    with change(is_structural=True) as this:
        rule = _locked(rule_id, forum)
        rule.mode = HouseRule.Mode.ENFORCE if is_enforced else HouseRule.Mode.OBSERVE
        rule.observing_until, rule.fell_back = None, ""
        rule.save(update_fields=["mode", "observing_until", "fell_back"])
        this.record(RuleSwitched(rule=rule.pk, is_enforced=is_enforced, author=author.id or 0))


def checked_text(text: str) -> str:
    """The text of a rule as it is kept. Raises Invalid for `text`."""
    good = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not is_visible(good):
        raise Invalid(text=_("Say the rule in words, for the people who read it."))
    if len(good) > LONGEST_TEXT:
        told = _("The rule has %(number)s characters; at most %(most)s are allowed.")
        raise Invalid(text=told % {"number": len(good), "most": LONGEST_TEXT})
    return good


def _mode(check: Check | None, is_waived: bool) -> dict[str, Any]:
    refuses = check is not None and any(step.effect is Effect.REFUSE for step in check.steps)
    if refuses and not is_waived:
        return {"mode": HouseRule.Mode.OBSERVE, "observing_until": now() + OBSERVED, "fell_back": ""}
    return {"mode": HouseRule.Mode.ENFORCE, "observing_until": None, "fell_back": ""}


def _add_version(rule: HouseRule, version: int, text: str, check: Check | None, author: Actor) -> None:
    RuleVersion.objects.create(
        rule=rule, version=version, text=text, checked=_stored(check), author_id=author.id, made_at=now()
    )


def _stored(check: Check | None) -> str:
    return json.dumps(data_of(check), ensure_ascii=False, sort_keys=True) if check else ""


def _next_number(forum: Node | None) -> int:
    """The number behind the last one. Raises Refused when a forum would have more rules than are judged."""
    Stamp.objects.select_for_update().get()  # none is laid down meanwhile in a forum above or below
    counted = counted_now()
    refuse_when_full(forum, forest(stamp().structure), counted)
    return counted.get(forum.id if forum else None, 0) + 1


def _lock(forum: Node | None) -> None:
    """Let rules of one forum come one after the other. Raises Gone for a forum that is not there any more."""
    if forum is None:
        Board.objects.select_for_update().get(id=THE_BOARD)
    elif Forum.objects.select_for_update().filter(id=forum.id).first() is None:
        raise Gone


def _active(forum: Node | None) -> QuerySet[HouseRule]:
    """The rules in force of a forum, or without one of the whole board, locked until the change ends."""
    rules = HouseRule.objects.select_for_update().filter(is_active=True).order_by("number", "id")
    return rules.filter(forum_id=forum.id) if forum else rules.filter(forum__isnull=True)


def _renumber(rules: Iterable[HouseRule]) -> None:
    for number, rule in enumerate(rules, 1):
        if rule.number != number:
            HouseRule.objects.filter(id=rule.pk).update(number=number)


def _locked(rule_id: int, forum: Node | None) -> HouseRule:
    found = _active(forum).filter(id=rule_id).first()
    if found is None:
        raise Gone
    return found
