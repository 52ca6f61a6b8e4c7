"""Changes of the tree by those who may arrange it: categories, forums and links come, are described, move and go."""

from typing import Any, NamedTuple

from django.db.models import ManyToOneRel, ProtectedError
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.board.models import Stamp
from rostra.board.queries import stamp
from rostra.forums.actions import found_forum
from rostra.forums.effects import is_gained, with_moved
from rostra.forums.events import ForumDescribed, ForumDropped, ForumFounded, ForumMoved
from rostra.forums.models import Forum
from rostra.forums.policy import why_not_manage
from rostra.forums.queries import Forest, forest
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, Invalid, Refusal, Refused, refuse
from rostra.kernel.text import is_visible, one_line, slug
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import BOARD

LENGTHS = {"name": 120, "description": 5_000, "rules": 20_000, "link": 500}
MOST_LEVELS, MOST_FORUMS = 8, 1_000
# What goes with a forum: what was given there, its rules, what readers marked, notes, links to topics that went, its
# part of the log; letters become the administrators'. Anything else is something in it.
_GOES_WITH_IT = frozenset({"forums", "houserules", "reading", "filters", "notes", "modmail"})
_GO_TOO = frozenset({"topics.shadow", "moderation.logentry"})


class Described(NamedTuple):
    """What is said of a place in the tree; `link` counts for links only, `is_closed` for forums."""

    name: str
    description: str = ""
    rules: str = ""
    link: str = ""
    is_closed: bool = False


def add_forum(*, manager: Actor, kind: str, parent: int | None, said: Described) -> Forum:
    """Add a category, forum or link, the last below `parent`. Raises Refused, and Invalid by field."""
    refuse(why_not_manage(manager, May.MANAGE_FORUMS))
    if kind not in Forum.Kind.values:
        raise Invalid(kind=_("Choose a category, a forum or a link."))
    good = checked(said, kind)
    with change(is_structural=True) as this:
        _one_after_another()
        if Forum.objects.count() >= MOST_FORUMS:
            refuse(
                Refusal(
                    _("The board has %(most)s forums, as many as it may have.") % {"most": f"{MOST_FORUMS:,}"}
                )
            )
        made = found_forum(kind=kind, parent=_parent(parent, 1), **good._asdict())
        this.record(ForumFounded(forum=made.pk, manager=manager.id or 0))
    return made


def describe_forum(*, manager: Actor, forum_id: int, said: Described) -> None:
    """Say something else of it; its address has its number and goes on leading there. Raises Refused, Gone, Invalid."""
    refuse(why_not_manage(manager, May.MANAGE_FORUMS))
    with change(is_structural=True) as this:
        row = _locked(forum_id)
        good = checked(said, row.kind)
        values = {**good._asdict(), "slug": slug(good.name, "forum")}
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        Forum.objects.filter(id=forum_id).update(**values)
        this.record(ForumDescribed(forum=forum_id, manager=manager.id or 0))


def move_forum(*, manager: Actor, forum_id: int, parent: int | None) -> None:
    """Put it below another place, as the last one there, with all that is below it. Raises Refused, Gone, Invalid."""
    refuse(why_not_manage(manager, May.MANAGE_FORUMS))
    with change(is_structural=True) as this:
        _one_after_another()
        row = _locked(forum_id)
        if row.parent_id == parent:
            return
        above, depth = _parent(parent, _height(forum_id)), parent
        while depth is not None:
            if depth == forum_id:
                raise Invalid(
                    parent=_("“%(forum)s” cannot stand below itself. Choose another place.")
                    % {"forum": row.name}
                )
            depth = Forum.objects.values_list("parent_id", flat=True).get(id=depth)
        refuse(why_not_move(manager, forest(stamp().structure), forum_id, parent))
        last = Forum.objects.order_by("-place").values_list("place", flat=True).first() or 0
        Forum.objects.filter(id=forum_id).update(parent=above, place=last + 1)
        this.record(ForumMoved(forum=forum_id, manager=manager.id or 0))


def why_not_move(manager: Actor, tree: Forest, forum_id: int, parent: int | None) -> Refusal | None:
    """Why it cannot stand there: rights follow from the tree, and who gives none lets nobody do more by moving."""
    if tree.book.rights(manager).may(May.MANAGE_RIGHTS):
        return None
    node, above = tree.by_id[forum_id], tree.by_id.get(parent or BOARD)
    had, has = node.ancestors[-1].locks if node.ancestors else (), above.locks if above else ()
    after = with_moved(tree.book, forum_id, parent or BOARD)
    if set(had) <= set(has) and not is_gained(tree.book, after, manager):
        return None
    return Refusal(
        _("Somebody could read or do more there than now, and you may not give rights."),
        _("Choose another place, or have an administrator move it."),
    )


def shift_forum(*, manager: Actor, forum_id: int, step: int) -> None:
    """Let it change places with the neighbour before (-1) or behind (1) it. Raises Refused, Gone."""
    refuse(why_not_manage(manager, May.MANAGE_FORUMS))
    with change(is_structural=True) as this:
        _one_after_another()
        row = _locked(forum_id)
        beside = (
            Forum.objects.filter(parent_id=row.parent_id)
            if row.parent_id
            else Forum.objects.filter(parent=None)
        )
        order = list(beside.order_by("place", "id"))
        here = [each.pk for each in order].index(forum_id)
        there = min(max(here + step, 0), len(order) - 1)
        places = sorted({each.place for each in order})
        order[here], order[there] = order[there], order[here]
        if len(places) < len(order):  # some stand at the same place
            places = list(range(places[0], places[0] + len(order)))
        for each, place in zip(order, places, strict=True):
            if each.place != place:
                Forum.objects.filter(id=each.pk).update(place=place)
        this.record(ForumMoved(forum=forum_id, manager=manager.id or 0))


def drop_forum(*, manager: Actor, forum_id: int) -> None:
    """Take it away with what was given there and its rules. Raises Refused also while there is anything in it, Gone."""
    refuse(why_not_manage(manager, May.MANAGE_FORUMS))
    with change(is_structural=True) as this:
        _one_after_another()
        row = _locked(forum_id)
        refuse(why_not_empty(forum_id))
        try:
            row.delete()
        except ProtectedError:
            told = _("Decisions of moderators name rules of “%(forum)s”: it cannot be deleted.")
            raise Refused(Refusal(told % {"forum": row.name}, _("Close it instead."))) from None
        this.record(ForumDropped(forum=forum_id, manager=manager.id or 0))


def why_not_empty(forum_id: int) -> Refusal | None:
    """Why it cannot be taken away: forums below it, topics, removed ones too, texts that wait, cases, reports."""
    relations = [
        each for each in Forum._meta.get_fields(include_hidden=True) if isinstance(each, ManyToOneRel)
    ]
    for relation in relations:
        model: Any = relation.related_model
        known = model._meta
        if model is not Forum and (known.app_label in _GOES_WITH_IT or known.label_lower in _GO_TOO):
            continue
        if model._default_manager.filter(**{relation.field.name: forum_id}).exists():
            return Refusal(
                _(
                    "There is something in it: forums, topics, also removed ones, texts that waited, or decisions."
                ),
                _("Move all of that elsewhere first, or close it instead."),
            )
    return None


def checked(said: Described, kind: str) -> Described:
    """As it is kept. Raises Invalid by field."""
    name, link = one_line(said.name), one_line(said.link) if kind == Forum.Kind.LINK else ""
    good = Described(
        name, _plain(said.description), _plain(said.rules), link, said.is_closed and kind == Forum.Kind.FORUM
    )
    faults = {}
    for field, most in LENGTHS.items():
        text = getattr(good, field)
        if len(text) > most:
            told = _("It has %(number)s characters; at most %(most)s are allowed. Shorten it.")
            faults[field] = told % {"number": f"{len(text):,}", "most": f"{most:,}"}
        elif "\0" in text:
            faults[field] = _("The text holds NUL characters, which cannot be kept. Take them out.")
    if not is_visible(name):
        faults["name"] = _("It needs a name.")
    if kind == Forum.Kind.LINK and not link.startswith(("http://", "https://")):
        faults["link"] = _("A link forum needs an address that begins with http:// or https://.")
    if faults:
        raise Invalid(**faults)
    return good


def _parent(parent: int | None, height: int) -> Forum | None:
    """The place above, which has room for so many levels. Raises Invalid."""
    if parent is None:
        return None
    above = Forum.objects.filter(id=parent).first()
    if above is None:
        raise Invalid(parent=_("The place that you chose is not there any more. Choose another one."))
    if above.kind == Forum.Kind.LINK:
        raise Invalid(parent=_("“%(forum)s” is a link: nothing can stand below it.") % {"forum": above.name})
    levels, each = height, above.parent
    while each is not None:
        levels, each = levels + 1, each.parent
    levels += 1
    if levels > MOST_LEVELS:
        raise Invalid(
            parent=_("The tree would have more than %(most)s levels. Choose a place further up.")
            % {"most": MOST_LEVELS}
        )
    return above


def _height(forum_id: int) -> int:
    """How many levels it has with all that is below it."""
    height, ids = 0, [forum_id]
    while ids and height <= MOST_LEVELS:
        height, ids = height + 1, list(Forum.objects.filter(parent_id__in=ids).values_list("id", flat=True))
    return height


def _locked(forum_id: int) -> Forum:
    found = Forum.objects.select_for_update().filter(id=forum_id).first()
    if found is None:
        raise Gone(_("This forum is not there any more."))
    return found


def _one_after_another() -> None:
    """The tree has one shape: who changes it waits for whoever does so already."""
    Stamp.objects.select_for_update().get()


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
