"""Several topics of a forum, or several posts of a topic, at once: all of them or none.

What restricts somebody opens one case for each, with the same reasons: each member is told of their own.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.policy import may, why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, Invalid, Refusal, Refused, refuse
from rostra.kernel.text import excerpt
from rostra.markup import own_words
from rostra.moderation.actions import lock_with_reasons, open_topic, remove_with_reasons
from rostra.moderation.models import Case
from rostra.moderation.moving import closes
from rostra.moderation.reasons import Reasons, checked_reasons
from rostra.permissions.capabilities import May
from rostra.topics.actions import arrange_topic
from rostra.topics.models import Post, Topic
from rostra.topics.moving import move_topic
from rostra.topics.queries import TopicRow, topic

MOST_CHOSEN = 50
_SHOWN = 80


class Deed(StrEnum):
    """What is done to each."""

    LOCK = "lock"
    OPEN = "open"
    STICKY = "sticky"
    NORMAL = "normal"
    MOVE = "move"
    REMOVE = "remove"


BULK_NEEDS = {
    Deed.LOCK: May.MOD_LOCK,
    Deed.OPEN: May.MOD_LOCK,
    Deed.STICKY: May.MOD_PIN,
    Deed.NORMAL: May.MOD_PIN,
    Deed.MOVE: May.MOD_MOVE,
    Deed.REMOVE: May.MOD_REMOVE,
}
STATED = (Deed.LOCK, Deed.REMOVE)  # with reasons
_NO_REASONS = Reasons(0, "")


class Chosen(NamedTuple):
    """A topic or post that was chosen, what it is called, and why it cannot be done; empty when it can."""

    id: int
    name: str
    why_not: str = ""


def deeds_of(actor: Actor, forum: Node) -> list[Deed]:
    """What the actor may do to several topics here."""
    if forum.read_only or forum.kind != "forum":
        return []
    return [deed for deed, needed in BULK_NEEDS.items() if may(actor, forum, needed)]


def chosen_topics(numbers: Iterable[int], forum: Node, deed: Deed) -> list[Chosen]:
    """What was chosen, in the order of the numbers. A topic of another forum is not named by its title."""
    rows = {row.pk: row for row in Topic.objects.filter(id__in=numbers, forum_id=forum.id)}
    return [_chosen_topic(number, rows.get(number), deed) for number in numbers]


def _chosen_topic(number: int, row: Topic | None, deed: Deed) -> Chosen:
    if row is None:
        return Chosen(
            number, _("Topic %(number)s") % {"number": number}, _("it is not in this forum (any more)")
        )
    why_not = ""
    if row.removed_at is not None:
        why_not = _("it was removed already")
    elif deed is Deed.LOCK and row.is_locked:
        why_not = _("it is locked already")
    return Chosen(number, row.title, why_not)


def chosen_posts(numbers: Iterable[int], topic_id: int) -> list[Chosen]:
    """What was chosen, in the order of the numbers."""
    rows = {
        row.pk: row for row in Post.objects.filter(id__in=numbers, topic_id=topic_id).defer("text", "facts")
    }
    return [_chosen_post(number, rows.get(number)) for number in numbers]


def _chosen_post(number: int, row: Post | None) -> Chosen:
    if row is None or row.removed_at is not None:
        return Chosen(number, f"#{number}", _("it is not in this topic (any more)"))
    name = f"#{number}, {row.author_name}: {excerpt(own_words(row.html), _SHOWN)}"
    is_opening = row.position == 1
    return Chosen(number, name, _("the first post goes with its topic only") if is_opening else "")


def treat_topics(
    *,
    moderator: Actor,
    forum: Node,
    topics: Iterable[int],
    deed: Deed,
    reasons: Reasons = _NO_REASONS,
    to: Node | None = None,
) -> list[Case]:
    """Do it to all of these topics, or to none; returns the cases that were opened.

    Raises Refused by policy, Invalid by field: `chosen` names what cannot be done. What is so already is left as it is.
    """
    refuse(why_not_moderate(moderator, forum, BULK_NEEDS[deed]))
    numbers = counted(topics)
    if deed in STATED:
        checked_reasons(reasons, forum)
    if deed is Deed.MOVE:
        if to is None:
            raise Invalid(forum=_("Choose the forum that they go to."))
        refuse(why_not_moderate(moderator, to, May.MOD_MOVE))

    def treat(one: Chosen) -> Case | None:
        row = topic(one.id)
        return _treat(moderator, forum, row, deed, reasons, to) if row is not None else None

    with change():
        list(Topic.objects.select_for_update().filter(id__in=numbers).order_by("id").values_list("id"))
        return _all_or_none(chosen_topics(numbers, forum, deed), treat)


def remove_posts(
    *, moderator: Actor, forum: Node, topic: TopicRow, posts: Iterable[int], reasons: Reasons
) -> list[Case]:
    """Take all of these replies away, or none; returns their cases. Raises Refused by policy, Invalid by field."""
    refuse(why_not_moderate(moderator, forum, May.MOD_REMOVE))
    numbers = counted(posts)
    checked_reasons(reasons, forum)

    def treat(one: Chosen) -> Case:
        return remove_with_reasons(
            moderator=moderator, forum=forum, post_id=one.id, reasons=reasons, is_topic=False
        )

    with change():
        Topic.objects.select_for_update().filter(id=topic.id).values_list("id").first()
        return _all_or_none(chosen_posts(numbers, topic.id), treat)


def counted(numbers: Iterable[int]) -> list[int]:
    """The numbers, each once, in their order. Raises Invalid for none and for too many."""
    found = sorted(set(numbers))
    if not found:
        raise Invalid(chosen=_("Choose at least one."))
    if len(found) > MOST_CHOSEN:
        told = _("You have chosen %(number)s; at most %(most)s can be treated at once.")
        raise Invalid(chosen=told % {"number": len(found), "most": MOST_CHOSEN})
    return found


def _all_or_none(chosen: list[Chosen], treat: Callable[[Chosen], Case | None]) -> list[Case]:
    """Within a change. Raises Invalid that names what cannot be done: then nothing is."""
    faults = [one for one in chosen if one.why_not]
    if faults:
        raise Invalid(chosen=_nothing_done(faults))
    cases = []
    for one in chosen:
        try:
            cases.append(treat(one))
        except (Gone, Refused) as fault:
            raise Invalid(chosen=_nothing_done([one._replace(why_not=str(fault))])) from None
    return [case for case in cases if case is not None]


def _nothing_done(faults: list[Chosen]) -> str:
    named = "; ".join(f"“{one.name}”: {one.why_not}" for one in faults)
    return _("Nothing was done. %(named)s") % {"named": named}


def _treat(
    moderator: Actor, forum: Node, row: TopicRow, deed: Deed, reasons: Reasons, to: Node | None
) -> Case | None:
    if deed is Deed.LOCK:
        return lock_with_reasons(moderator=moderator, topic=row, forum=forum, reasons=reasons)
    if deed is Deed.REMOVE:
        opening = Post.objects.values_list("id", flat=True).get(topic_id=row.id, position=1)
        return remove_with_reasons(
            moderator=moderator, forum=forum, post_id=opening, reasons=reasons, is_topic=True
        )
    if deed is Deed.MOVE and to is not None:
        if closes(row, forum, to):
            told = _(
                "not everybody who reads it now may read it there: move it by itself, which asks for reasons"
            )
            raise Refused(Refusal(told))
        move_topic(moderator=moderator, topic=row, forum=forum, to=to)
    elif deed is Deed.OPEN:
        open_topic(moderator=moderator, topic=row, forum=forum)
    else:
        kind = Topic.Kind.STICKY if deed is Deed.STICKY else Topic.Kind.NORMAL
        arrange_topic(moderator=moderator, topic=row, forum=forum, kind=kind)
    return None
