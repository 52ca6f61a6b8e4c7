"""What a moderator must say before anything is restricted."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from rostra.forums.queries import Node
from rostra.houserules.models import RuleVersion
from rostra.houserules.queries import RuleRow, rules_holding
from rostra.kernel.refusals import Invalid
from rostra.kernel.text import is_visible
from rostra.moderation.models import Case

LONGEST_FACTS, LONGEST_QUOTED, LEAST_FACTS = 4_000, 1_000, 10


class Reasons(NamedTuple):
    """The rule that was broken, by its id; what happened; what of it is quoted; the ground; and how it was found."""

    rule: int
    facts: str
    quoted: str = ""
    ground: str = Case.Ground.RULES
    source: str = Case.Source.OWN
    is_automated: bool = False


class Checked(NamedTuple):
    """Reasons that can be stored."""

    rule: RuleVersion
    facts: str
    quoted: str
    ground: str
    source: str
    is_automated: bool


def rules_for(forum: Node) -> list[RuleRow]:
    """The rules that a decision in a forum can name: those of the board, of the forums above, then its own."""
    return rules_holding(forum)


def checked_reasons(reasons: Reasons, forum: Node) -> Checked:
    """Raises Invalid by field, with the remedy."""
    faults = {}
    rule = next((row for row in rules_for(forum) if row.id == reasons.rule), None)
    if rule is None:
        faults["rule"] = _("Name the rule that was broken: one of this forum, or of the board.")
    facts = _plain(reasons.facts)
    if not is_visible(facts) or len(facts) < LEAST_FACTS:
        faults["facts"] = _(
            "Say what happened, in a sentence at least: its author will read this, and may appeal."
        )
    elif len(facts) > LONGEST_FACTS:
        faults["facts"] = _("At most %(most)s characters, please.") % {"most": f"{LONGEST_FACTS:,}"}
    if reasons.ground not in Case.Ground.values:
        faults["ground"] = _("The ground is a rule of the board, or a law.")
    if reasons.source not in Case.Source.values:
        faults["source"] = _("Say how it was found.")
    if faults or rule is None:
        raise Invalid(**faults)
    version = RuleVersion.objects.get(rule_id=rule.id, version=rule.version)
    quoted = _plain(reasons.quoted)[:LONGEST_QUOTED]
    return Checked(version, facts, quoted, reasons.ground, reasons.source, reasons.is_automated)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "").strip()
