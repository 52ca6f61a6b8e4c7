"""The form in which a moderator states the reasons of a decision."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from rostra.forums.queries import Node
from rostra.moderation.models import Case
from rostra.moderation.reasons import LONGEST_FACTS, LONGEST_QUOTED, Reasons
from rostra.web.requests import Request
from rostra.web.ruling import rule_choices

FIELDS = ("rule", "facts", "quoted", "ground", "source")
SANCTION_FIELDS = ("kind", "points", "days")


@dataclass
class ReasonsForm:
    """What was typed, and what is wrong with it."""

    forum: Node
    typed: dict[str, str] = field(
        default_factory=lambda: {**dict.fromkeys(FIELDS, ""), "ground": "rules", "source": "own"}
    )
    faults: dict[str, str] = field(default_factory=dict)

    def read(self, request: Request, *, is_automated: bool = False) -> Reasons:
        """The reasons that were sent."""
        self.typed = {name: request.POST.get(name, "") for name in FIELDS}
        rule = self.typed["rule"]
        number = int(rule) if rule.isascii() and rule.isdigit() and len(rule) < 18 else 0
        rest = {name: self.typed[name] for name in FIELDS if name != "rule"}
        return Reasons(number, **rest, is_automated=is_automated)

    def context(self) -> dict[str, Any]:
        """What the template needs."""
        return {
            "typed": {name: text.replace("\0", "␀") for name, text in self.typed.items()},
            "faults": self.faults,
            "rules": rule_choices(self.forum),
            "grounds": [("rules", _("the rules of the board")), ("law", _("a law"))],
            "sources": [
                (Case.Source.OWN, _("a moderator came across it")), (Case.Source.REPORT, _("somebody reported it")),
                (Case.Source.RULE, _("a rule that a machine checks found it")), (Case.Source.ORDER, _("an authority ordered it")),
            ],
            "lengths": {"facts": LONGEST_FACTS, "quoted": LONGEST_QUOTED},
            "forum": self.forum,
        }  # fmt: skip
