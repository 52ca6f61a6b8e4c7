"""Whose rules an address is about: a forum's, or those of the whole board."""

from typing import NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _

from rostra.forums.queries import Node
from rostra.houserules.policy import why_not_rule
from rostra.houserules.queries import RuleRow, rule_of
from rostra.kernel.refusals import Gone, refuse
from rostra.web import addresses
from rostra.web.loading import BIGGEST_ID, forum_at
from rostra.web.requests import Request


class Place(NamedTuple):
    """A forum, or without one the whole board."""

    forum: Node | None

    @property
    def id(self) -> int | None:
        """The forum's id."""
        return self.forum.id if self.forum else None

    @property
    def address(self) -> str:
        """The page with its rules."""
        return f"{addresses.forum(self.forum.id, self.forum.slug)}rules/" if self.forum else "/rules/"

    @property
    def heading(self) -> str:
        """What that page is called."""
        if self.forum is None:
            return _("Rules of the whole board")
        return _("Rules of “%(forum)s”") % {"forum": self.forum.name}


def place_at(request: Request, number: str | None) -> Place:
    """The forum with this id, or without one the whole board.

    Raises Http404 when whoever asks may not see it, or when it holds no topics and so no rules hold in it; Refused when
    it may not be read.
    """
    if number is None:
        return Place(None)
    node = forum_at(request, number)
    if node.kind != "forum":
        raise Http404(_("“%(forum)s” holds no topics of its own, and so no rules.") % {"forum": node.name})
    return Place(node)


def place_to_rule(request: Request, number: str | None) -> Place:
    """The same for whoever may change the rules there. Raises Refused for anybody else."""
    place = place_at(request, number)
    refuse(why_not_rule(request.actor, place.forum))
    return place


def rule_at(place: Place, text: str) -> RuleRow:
    """The rule with this id, repealed or not. Raises Http404 for one that is not of this place."""
    number = int(text)
    row = rule_of(number) if 1 <= number <= BIGGEST_ID else None
    if row is None or row.forum_id != place.id:
        raise Http404(_("There is no rule with the id %(number)s here.") % {"number": text[:30]})
    return row


def rule_in_force(place: Place, text: str) -> RuleRow:
    """The rule with this id. Raises Http404, and Gone for one that was repealed."""
    row = rule_at(place, text)
    if not row.is_active:
        raise Gone(_("This rule was repealed."))
    return row
