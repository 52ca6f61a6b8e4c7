"""Rules that stopped themselves: told to the moderators of their forums until one of them decides."""

from typing import NamedTuple

from rostra.forums.policy import is_moderator
from rostra.forums.queries import Node
from rostra.houserules.policy import why_not_rule
from rostra.houserules.queries import Troubled, troubled_rules
from rostra.houserules.sentences import translated
from rostra.web import addresses
from rostra.web.requests import Request, forest_of, stamp_of


class Fallen(NamedTuple):
    """Such a rule, where it belongs, and whether the reader may decide on it."""

    rule: Troubled
    forum: Node | None
    text: str
    address: str
    may_decide: bool


def fallen_rules(request: Request) -> list[Fallen]:
    """Those of the forums that the reader moderates, and for administrators those of the whole board. They are in memory:
    this asks the database nothing."""
    forest, found = forest_of(request), []
    for rule in troubled_rules(stamp_of(request).structure):
        forum = forest.by_id.get(rule.forum_id or 0)
        may_decide = why_not_rule(request.actor, forum) is None
        if (rule.forum_id is None) != (forum is None) or not (
            may_decide or (forum and is_moderator(request.actor, forum))
        ):
            continue
        place = f"{addresses.forum(forum.id, forum.slug)}rules/" if forum else "/rules/"
        found.append(Fallen(rule, forum, translated(rule.text), place, may_decide))
    return found
