"""What the pages of rules show: each rule in words, and what its check found lately."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from rostra.houserules.exchange import written_check
from rostra.houserules.models import HouseRule
from rostra.houserules.presets import PRESETS
from rostra.houserules.queries import RuleHitRow, RuleRow, VersionRow, hits_in, stored_check
from rostra.houserules.rules import Effect
from rostra.houserules.sentences import translated
from rostra.kernel.clock import now
from rostra.web.changes import Piece, words_changed
from rostra.web.moderators import shown_name

DAYS = 7
BAR, HEIGHT = 8, 24  # of the drawing of hits: width of a day, and height


class Counts(NamedTuple):
    """What a rule found in the last days: posts it judged, those with a finding, and these by the day, the oldest first."""

    judged: int
    hits: int
    days: tuple[int, ...]

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """The days as bars: left edge, upper edge, height; the highest fills the drawing."""
        most = max(self.days, default=0) or 1
        heights = [-(-HEIGHT * hits // most) for hits in self.days]
        return [(BAR * day, HEIGHT - height, height) for day, height in enumerate(heights)]


@dataclass
class Shown:
    """A rule as a page shows it. `effects` say what may follow, the first step first; none when no machine checks it."""

    row: RuleRow
    text: str
    effects: list[str]
    observes: bool
    is_broken: bool
    counts: Counts


class PresetRow(NamedTuple):
    """A preset that can be laid down; `is_there` when a rule with its text is in force."""

    name: str
    text: str
    effects: list[str]
    is_there: bool


class Change(NamedTuple):
    """A version beside the one before it: both in pieces; `check` is None for whom the check is not shown."""

    row: VersionRow
    author: str
    text: list[Piece]
    has_other_check: bool
    check: list[Piece] | None


def shown(rows: Iterable[RuleRow], counts: dict[int, Counts]) -> list[Shown]:
    """Rules in words."""
    return [_shown(row, counts.get(row.id, Counts(0, 0, (0,) * DAYS))) for row in rows]


def counts_in(forum_id: int | None) -> dict[int, Counts]:
    """By the id of a rule in force of a forum, or of the whole board, what it found in the last days."""
    moment = now()
    by_rule: dict[int, list[RuleHitRow]] = {}
    for row in hits_in(forum_id, moment - timedelta(days=DAYS)):
        by_rule.setdefault(row.rule_id, []).append(row)
    found = {}
    for id, rows in by_rule.items():
        days = [0] * DAYS
        for row in rows:
            days[max(0, DAYS - 1 - (moment - row.hour_at).days)] += row.hits
        found[id] = Counts(sum(row.judged for row in rows), sum(days), tuple(days))
    return found


def presets(rows: Iterable[RuleRow]) -> list[PresetRow]:
    """The presets, with which of them a place has already."""
    texts = {row.text for row in rows}
    return [
        PresetRow(name, translated(each.text), _effects(each.check), each.text in texts)
        for name, each in PRESETS.items()
    ]


def effect_words() -> dict[str, str]:
    """What follows from a finding, by the name of the effect."""
    return {
        Effect.HINT: _("who writes is told"),
        Effect.ASK: _("who writes must say that it is meant"),
        Effect.HOLD: _("a moderator looks at it first"),
        Effect.REFUSE: _("the post is not taken"),
    }


def changes(rows: list[VersionRow], *, shows_checks: bool) -> list[Change]:
    """What each version changed, the newest first. The first version changed nothing."""
    found = []
    for row, before in pairwise([*rows, None]):
        if row is None:
            continue
        old = before or row
        check = (
            words_changed(written_check(old.checked), written_check(row.checked)) if shows_checks else None
        )
        text = words_changed(translated(old.text), translated(row.text))
        author = shown_name(row.author) if row.author else ""
        found.append(Change(row, author, text, row.checked != old.checked, check))
    return found


def _shown(row: RuleRow, counts: Counts) -> Shown:
    check = stored_check(row)
    until = row.observing_until
    observes = row.mode == HouseRule.Mode.OBSERVE and (until is None or until > now())
    effects = _effects(json.loads(row.checked)) if check else []
    return Shown(row, translated(row.text), effects, observes, bool(row.checked) and check is None, counts)


def _effects(check: Mapping[str, Any]) -> list[str]:
    """What may follow, each once, in the order of the steps."""
    words, steps = effect_words(), check.get("steps") or [check]
    return list(dict.fromkeys(words[step["effect"]] for step in steps))
