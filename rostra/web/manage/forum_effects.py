"""What a change of the tree would do, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rostra.forums.arranging import Described
from rostra.forums.queries import Forest, Node, counts
from rostra.houserules.inheritance import sources
from rostra.houserules.queries import rules_of
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import GUESTS, MEMBERS, Holder
from rostra.web.dates import number


def of_new(forest: Forest, parent: int, kind: str) -> list[str]:
    """Who will find a place that is added below another, and what holds in it."""
    above = forest.by_id.get(parent)
    where = (
        _("It is the last one below “%(forum)s”.") % {"forum": above.name}
        if above
        else _("It is the last one at the top.")
    )
    lines = [
        where,
        _audience(forest, {GUESTS}, parent, _("Guests")),
        _audience(forest, {MEMBERS}, parent, _("Members")),
    ]
    if above and kind == "forum":
        names = [group.name for node in (*above.ancestors, above) for group in node.moderators]
        lines += [_("Its moderators: %(names)s.") % {"names": ", ".join(names)}] if names else []
        lines += _rules(_("From the beginning the rules of “%(forum)s” hold in it."), sources(above))
    if above and above.locks:
        lines.append(_("One must type the password of a forum above first."))
    return lines


def of_described(node: Node, said: Described, content: int) -> list[str]:
    """What is said otherwise, and what follows from closing or opening."""
    lines = []
    if node.name != said.name:
        lines.append(
            _("Its name becomes “%(new)s”. Addresses with the old name lead to the new one.")
            % {"new": said.name}
        )
    for field, words in (
        ("description", _("The description changes.")), ("rules", _("The text of the rules changes.")),
        ("link", _("It leads elsewhere: %(link)s") % {"link": said.link}),
    ):  # fmt: skip
        if getattr(node, field) != getattr(said, field):
            lines.append(words)
    if said.is_closed and not node.is_closed:
        topics = next((row.topic_count for row in counts(content).values() if row.id == node.id), 0)
        told = ngettext(
            "Only moderators can write in it any more; its %(number)s topic stays readable.",
            "Only moderators can write in it any more; its %(number)s topics stay readable.",
            topics,
        )
        lines.append(told % {"number": number(topics)})
    if node.is_closed and not said.is_closed:
        lines.append(_("Whoever has the right to can write in it again."))
    return lines


def of_moved(forest: Forest, node: Node, parent: int) -> list[str]:
    """Which rules and passwords hold where it stands then; rights are told of the board as it would be."""
    above = forest.by_id.get(parent)
    before = {each.id for each in sources(node)}
    come = [
        each for each in (sources(above) if above and node.inherits_rules else []) if each.id not in before
    ]
    stay = {each.id for each in (sources(above) if above and node.inherits_rules else [])} | {node.id}
    go = [each for each in sources(node) if each.id not in stay]
    lines = _rules(_("The rules of “%(forum)s” hold in it."), come)
    lines += _rules(_("The rules of “%(forum)s” do not hold in it any more."), go)
    had, has = node.ancestors[-1].locks if node.ancestors else (), above.locks if above else ()
    if set(has) - set(had):
        lines.append(_("One must type the password of a forum above first."))
    if set(had) - set(has):
        lines.append(_("The password of a forum above need not be typed any more."))
    if len(list(node.walk())) > 1:
        lines.append(_("What is below it moves with it."))
    return lines


def of_dropped(forest: Forest, node: Node) -> list[str]:
    """What goes with it."""
    given = len(
        {
            (row.circle, row.group_id, row.member_id, row.role or row.capability)
            for row in forest.book.rows
            if row.forum_id == node.id
        }
    )
    rules = len(rules_of(node.id))
    lines = [_("Its address leads nowhere any more.")]
    if given or node.moderators:
        lines.append(_("What was given there goes with it, and who moderates it."))
    if rules:
        told = ngettext(
            "Its %(number)s house rule goes with it, and its history.",
            "Its %(number)s house rules go with it, and their history.",
            rules,
        )
        lines.append(told % {"number": rules})
    lines.append(
        _(
            "Notes of moderators that name it, links to topics that went elsewhere and its part of the log go too. Its letters become the administrators'."
        )
    )
    return lines


def _rules(words: str, forums: Iterable[Node]) -> list[str]:
    return [words % {"forum": each.name} for each in forums if rules_of(each.id)]


def _audience(forest: Forest, holders: set[Holder], place: int, who: str) -> str:
    rights = forest.book.rights_of(frozenset(holders))
    if not rights.may(May.SEE, place):
        return _("%(who)s do not find it.") % {"who": who}
    if not rights.may(May.READ, place):
        return _("%(who)s find it and do not read in it.") % {"who": who}
    if rights.may(May.BEGIN, place):
        return _("%(who)s read and write in it.") % {"who": who}
    return _("%(who)s read in it.") % {"who": who}
