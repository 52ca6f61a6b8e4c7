"""The rules that can be named for a forum, as forms offer them."""

from django.utils.translation import gettext as _

from rostra.forums.queries import Node
from rostra.houserules.sentences import translated
from rostra.moderation.reasons import rules_for


def rule_choices(forum: Node) -> list[tuple[str, int, str, str]]:
    """The id as text, the number, whose rule it is (nothing: the forum's own), and its words."""
    above = {each.id: each.name for each in forum.ancestors}
    return [
        (
            str(row.id),
            row.number,
            _("Board") if row.forum_id is None else above.get(row.forum_id, ""),
            translated(row.text),
        )
        for row in rules_for(forum)
    ]
