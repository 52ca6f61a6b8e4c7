"""Whose rules hold in a forum: those of the whole board, of the forums above it, and its own."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.board.models import Stamp
from rostra.forums.models import Forum
from rostra.forums.queries import Forest, Node
from rostra.houserules.events import InheritanceSwitched
from rostra.houserules.models import HouseRule
from rostra.houserules.policy import why_not_inherit
from rostra.houserules.rules import MOST_RULES
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, Refusal, Refused, refuse

Counted = Mapping[int | None, int]
"""How many rules each forum has of its own; None: the whole board."""


def sources(forum: Node) -> list[Node]:
    """The forums whose rules hold in a forum, the highest first, itself last."""
    found = [forum]
    for above in reversed(forum.ancestors):
        if not found[-1].inherits_rules:
            break
        found.append(above)
    return found[::-1]


def number_in(forum: Node, counted: Counted, *, inherits: bool = True) -> int:
    """How many rules hold in a forum; `inherits`: those of the forums above too, if they do."""
    places = sources(forum) if inherits else [forum]
    return counted.get(None, 0) + sum(counted.get(each.id, 0) for each in places)


def fullest(place: Node | None, tree: Forest, counted: Counted) -> tuple[int, Node | None]:
    """The most rules that hold in any forum where those of a place do, and which forum that is. None: the whole board."""
    reached = [
        each for each in tree.by_id.values() if place is None or place.id in {one.id for one in sources(each)}
    ]
    most, forum = counted.get(None, 0), None
    for each in reached:
        number = number_in(each, counted)
        if number > most:
            most, forum = number, each
    return most, forum


def refuse_when_full(place: Node | None, tree: Forest, counted: Counted, further: int = 1) -> None:
    """Raises Refused when a forum would have more rules than are judged."""
    most, forum = fullest(place, tree, counted)
    if most + further <= MOST_RULES:
        return
    told = _(
        "A forum has at most %(most)s rules, those of the whole board and of the forums above among them."
    )
    where = _("“%(forum)s” has as many.") % {"forum": forum.name} if forum and forum is not place else ""
    refusal = Refusal(f"{told % {'most': MOST_RULES}} {where}".strip(), _("Repeal one, or put two into one."))
    raise Refused(refusal)


def refuse_when_moved(*, forum_id: int) -> None:
    """The same for a forum that stands elsewhere in the tree now, and those below it: within the change that moves it."""
    above = dict(Forum.objects.values_list("id", "parent_id"))
    apart = set(Forum.objects.filter(inherits_rules=False).values_list("id", flat=True))
    counted = counted_now()

    def reaches(each: int) -> list[int]:
        """The forums whose rules hold in one."""
        found = [each]
        while found[-1] not in apart and above.get(found[-1]) is not None:
            found.append(above[found[-1]] or 0)
        return found

    for each in above:
        places = reaches(each)
        if (
            forum_id in places
            and counted.get(None, 0) + sum(counted.get(place, 0) for place in places) > MOST_RULES
        ):
            told = _(
                "A forum has at most %(most)s rules, those of the whole board and of the forums above among them."
            )
            remedy = _("Repeal some first, or have the forum leave out the rules of those above.")
            raise Refused(Refusal(told % {"most": MOST_RULES}, remedy))


def counted_now() -> dict[int | None, int]:
    """How many rules each forum has, fresh from the database."""
    found: dict[int | None, int] = {}
    for forum_id in HouseRule.objects.filter(is_active=True).values_list("forum_id", flat=True):
        found[forum_id] = found.get(forum_id, 0) + 1
    return found


def inherit_rules(*, author: Actor, forum: Node, is_inherited: bool) -> None:
    """Have the rules of the forums above hold in a forum too, or have them not. Raises Refused for who may not and when
    there would be too many, Gone when the forum is."""
    refuse(why_not_inherit(author, forum))
    with change(is_structural=True) as this:
        row = Forum.objects.select_for_update().filter(id=forum.id).first()
        if row is None:
            raise Gone
        if row.inherits_rules == is_inherited:
            return
        Stamp.objects.select_for_update().get()  # no rule is laid down meanwhile
        if is_inherited:
            _refuse_too_many(forum)
        row.inherits_rules = is_inherited
        row.save(update_fields=["inherits_rules"])
        this.record(InheritanceSwitched(forum=row.pk, is_inherited=is_inherited, author=author.id or 0))


def _refuse_too_many(forum: Node) -> None:
    """With what would come from above, in the forum and in those below that have its rules."""
    counted = counted_now()
    above: Sequence[Node] = sources(forum.ancestors[-1]) if forum.ancestors else []
    further = sum(counted.get(each.id, 0) for each in above)
    refuse_when_full(
        forum,
        Forest(list(forum.walk()), {each.id: each for each in forum.walk()}, forum.book),
        counted,
        further,
    )
