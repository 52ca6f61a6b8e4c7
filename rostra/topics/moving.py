"""Writes that bring a topic into another forum, or posts into another topic: moving, splitting, merging. No post is copied, and none gets another number.

Addresses of posts lead to where the posts are now; the address of a topic that went into another leads to its opening
post. All of it is one transaction, whatever the length of the topics.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import User
from rostra.forums.models import Forum
from rostra.forums.policy import may
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, refuse
from rostra.kernel.text import slug
from rostra.permissions.capabilities import May
from rostra.topics import policy
from rostra.topics.counts import count_participants, lock_forums, refresh_forum, show_last
from rostra.topics.events import PostsMoved, TopicMoved
from rostra.topics.models import Post, Shadow, Topic
from rostra.topics.queries import TopicRow
from rostra.topics.removal import topic_in
from rostra.topics.sequence import Move, Stood, joined, opening_move
from rostra.topics.texts import checked_title

MOST_DAYS = 365
SHADOW_DAYS = (0, 7, 30, MOST_DAYS)  # to choose from


class Chosen(NamedTuple):
    """Posts of a topic: by their numbers, and with `is_onward` all that stand behind the first of them too."""

    posts: frozenset[int]
    is_onward: bool = False


def split_topic(
    *, moderator: Actor, topic: TopicRow, forum: Node, chosen: Chosen, title: str, to: Node
) -> Topic:
    """Make a topic of its own out of some posts. Raises Refused by policy in either forum, Invalid by field, Gone."""
    refuse(policy.why_not_split(moderator, forum, to))
    good_title = checked_title(title)
    if to.kind != "forum":
        raise Invalid(forum=_("“%(name)s” holds no topics of its own.") % {"name": to.name})
    with change() as this:
        source = _there(topic.id, forum)
        lock_forums(forum.id, to.id)
        stood = _stood(source)
        coming = _chosen(stood, chosen)
        _refuse_when_authors_lose(coming, forum, to)
        first = Post.objects.values("author_id", "author_name", "created_at").get(id=coming[0].id)
        target = Topic.objects.create(
            forum_id=to.id, title=good_title, slug=slug(good_title, "topic"), last_post_at=now(), **first
        )
        Forum.objects.filter(id=to.id).update(topic_count=F("topic_count") + 1)
        this.tally("topics")
        _bring(moderator, source, target, stood, coming)
    return target


def move_posts(
    *, moderator: Actor, topic: TopicRow, forum: Node, chosen: Chosen, into: TopicRow, there: Node
) -> None:
    """Bring some posts into another topic, among its own by their time. Raises as `split_topic` does."""
    refuse(policy.why_not_split(moderator, forum, there))
    _refuse_itself(topic, into)
    with change():
        source, target = _both(topic, forum, into, there)
        stood = _stood(source)
        coming = _chosen(stood, chosen)
        _refuse_when_authors_lose(coming, forum, there)
        _bring(moderator, source, target, stood, coming)


def merge_topics(
    *, moderator: Actor, topic: TopicRow, forum: Node, into: TopicRow, there: Node, title: str, days: int = 0
) -> None:
    """Bring all posts of a topic into another one, which has this title then; the first topic's address leads there.

    `days`: how long a link stays behind in the list of its forum. Raises as `split_topic` does.
    """
    refuse(policy.why_not_split(moderator, forum, there))
    _refuse_itself(topic, into)
    good_title = checked_title(title)
    with change() as this:
        source, target = _both(topic, forum, into, there)
        stood = _stood(source)
        _refuse_when_authors_lose(stood, forum, there)
        if good_title != target.title:
            target.title, target.slug = good_title, slug(good_title, "topic")
        target.view_count += source.view_count
        target.save(update_fields=["title", "slug", "view_count"])
        source.removed_at, source.merged_post_id = now(), stood[0].id
        source.save(update_fields=["removed_at", "merged_post_id"])
        _bring(moderator, source, target, stood, stood)
        if source.forum_id != target.forum_id:
            leave_shadow(source.forum_id, target.pk, days, source.title)
        Forum.objects.filter(id=source.forum_id).update(topic_count=F("topic_count") - 1)
        this.tally("topics", -1)


def move_topic(*, moderator: Actor, topic: TopicRow, forum: Node, to: Node, days: int = 0) -> None:
    """Bring a topic into another forum. `days`: how long a link stays behind in the list of the old one.

    Raises Refused by policy in either, Invalid by field, for the same forum too.
    """
    refuse(
        policy.why_not_moderate(moderator, forum, May.MOD_MOVE)
        or policy.why_not_moderate(moderator, to, May.MOD_MOVE)
    )
    if to.kind != "forum" or to.id == forum.id:
        raise Invalid(
            forum=_("“%(name)s” cannot take this topic: choose another forum that holds topics.")
            % {"name": to.name}
        )
    with change() as this:
        row = topic_in(forum.id, topic.id)
        lock_forums(forum.id, to.id)
        this.record(
            TopicMoved(
                topic=row.pk,
                from_forum=forum.id,
                to_forum=to.id,
                came_at=row.moved_at,
                moderator=moderator.id or 0,
            )
        )
        row.forum_id, row.moved_at = to.id, now()
        row.save(update_fields=["forum", "moved_at"])
        leave_shadow(forum.id, row.pk, days)
        Shadow.objects.filter(forum_id=to.id, topic=row).delete()
        _carry_counts(row, forum.id, to.id)


def leave_shadow(forum_id: int, topic_id: int, days: int, title: str = "") -> None:
    """Have the list of a forum show for some days where a topic went, by the name it has now or, merged, by this one.

    Raises Invalid for too many days.
    """
    if not 0 <= days <= MOST_DAYS:
        raise Invalid(days=_("From 0 to %(most)s days; with 0 there is no link.") % {"most": MOST_DAYS})
    Shadow.objects.filter(forum_id=forum_id, topic_id=topic_id).delete()
    if days:
        until = now() + timedelta(days=days)
        Shadow.objects.create(forum_id=forum_id, topic_id=topic_id, title=title, until=until)


def _carry_counts(topic: Topic, old: int, new: int) -> None:
    for forum_id, sign in ((old, -1), (new, 1)):
        if topic.removed_at is None:
            Forum.objects.filter(id=forum_id).update(
                topic_count=F("topic_count") + sign, post_count=F("post_count") + sign * topic.post_count
            )
        refresh_forum(forum_id=forum_id)


def _refuse_itself(topic: TopicRow, into: TopicRow) -> None:
    if topic.id == into.id:
        raise Invalid(into=_("This is the same topic: give the address of another one."))


def _there(topic_id: int, forum: Node) -> Topic:
    """A topic of this forum that is there, its row locked. Raises Gone."""
    row = Topic.objects.select_for_update().filter(id=topic_id, forum_id=forum.id, removed_at=None).first()
    if row is None:
        raise Gone(_("This topic was moved or removed meanwhile. Open it again."))
    return row


def _both(topic: TopicRow, forum: Node, into: TopicRow, there: Node) -> tuple[Topic, Topic]:
    """Both topics, locked in the order of their numbers: two moderators at once do not wait for each other for ever."""
    places = sorted(((topic.id, forum), (into.id, there)), key=lambda place: place[0])
    rows = {number: _there(number, node) for number, node in places}
    lock_forums(forum.id, there.id)
    source, target = rows[topic.id], rows[into.id]
    if target.is_locked and not source.is_locked:  # as good as locking what comes, which states its reasons
        raise Invalid(into=_("That topic is locked: open it first."))
    return source, target


def _refuse_when_authors_lose(coming: Sequence[Stood], forum: Node, to: Node) -> None:
    """Those who are banned from single forums must still read what they wrote. Raises Refused."""
    if forum.id == to.id:
        return
    topics, numbers = {post.topic_id for post in coming}, {post.id for post in coming}
    barred = Post.objects.filter(topic__in=topics).exclude(author__barred_from="").exclude(author=None)
    authors = {author for number, author in barred.values_list("id", "author_id") if number in numbers}
    for author in map(actor_of, User.objects.filter(id__in=authors)):
        if may(author, forum, May.READ) and not may(author, to, May.READ):
            refuse(policy.why_not_read_there(forum, to))


def _stood(topic: Topic) -> list[Stood]:
    columns = "id", "topic_id", "position", "created_at", "removed_at"
    rows = Post.objects.filter(topic=topic).order_by("position").values_list(*columns)
    return [Stood(number, of, place, at, gone is None) for number, of, place, at, gone in rows.iterator()]


def _chosen(stood: Sequence[Stood], chosen: Chosen) -> list[Stood]:
    """The posts that were chosen, in their order; something must be left. Raises Invalid and Gone."""
    found = [post for post in stood if post.id in chosen.posts and post.is_there]
    if not chosen.posts:
        raise Invalid(posts=_("Choose at least one post."))
    if len(found) < len(chosen.posts):
        raise Gone(_("One of these posts was moved or removed meanwhile. Open the topic again."))
    if chosen.is_onward:
        found = [post for post in stood if post.position >= found[0].position and post.is_there]
    if len(found) == sum(post.is_there for post in stood):
        raise Invalid(posts=_("Nothing would be left of the topic: merge it with another, or move it."))
    return found


def _bring(
    moderator: Actor, source: Topic, target: Topic, stood: Sequence[Stood], coming: Sequence[Stood]
) -> None:
    """Move the posts, and all that follows from where they are."""
    own = _stood(target)
    is_whole = len(coming) == len(stood)
    came_at = target.moved_at
    is_carried = source.forum_id != target.forum_id or source.moved_at is not None or came_at is not None
    if is_carried:
        target.moved_at = now()
    _place(target.pk, joined(own, coming))
    if not is_whole:
        numbers = {post.id for post in coming}
        first = opening_move(post for post in stood if post.id not in numbers)
        _place(source.pk, [first] if first else [])
    _settle(target)
    _settle(source)
    with change() as this:
        this.record(
            PostsMoved(
                source=source.pk, target=target.pk, source_forum=source.forum_id, target_forum=target.forum_id,
                source_came_at=source.moved_at, target_came_at=came_at, is_whole=is_whole, is_carried=is_carried,
                before=(*stood, *own), moderator=moderator.id or 0,
            )
        )  # fmt: skip


def _place(topic_id: int, moves: Sequence[Move]) -> None:
    """Give posts their places, in the order of the moves: at no moment are two at one position."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE topics_post SET topic_id = %s, position = %s WHERE id = %s",
            [(topic_id, move.position, move.id) for move in moves],
        )


def _settle(topic: Topic) -> None:
    """Every count of a topic, and what lists show of it, from the posts that it has now."""
    there = Post.objects.filter(topic=topic, removed_at=None).order_by("position")
    was, topic.post_count = topic.post_count, there.count()
    count_participants(topic.pk)
    Forum.objects.filter(id=topic.forum_id).update(post_count=F("post_count") + topic.post_count - was)
    first, last = there.first(), there.last()
    if first is None or last is None:
        topic.save(update_fields=["post_count"])
        refresh_forum(forum_id=topic.forum_id)
        return
    newest = Post.objects.filter(topic=topic).order_by("-position").values_list("position", flat=True)
    topic.last_position = max(topic.last_position, newest[0])
    topic.author_id, topic.author_name, topic.created_at = (
        first.author_id,
        first.author_name,
        first.created_at,
    )
    topic.save(update_fields=["author", "author_name", "created_at", "moved_at"])
    show_last(topic, last)
