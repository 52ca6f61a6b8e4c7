"""Writes that take a post or a topic away. Nothing is deleted: rows stay, positions stay."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, refuse
from rostra.permissions.capabilities import May
from rostra.topics import policy
from rostra.topics.counts import (
    put_back,
    put_back_inside,
    put_back_topic,
    take_out,
    take_out_topic,
)
from rostra.topics.events import (
    PostRemoved,
    PostRestored,
    PostWithdrawn,
    TopicRemoved,
    TopicRestored,
)
from rostra.topics.models import Post, Topic
from rostra.topics.queries import TopicRow, post_source


def remove_post(*, moderator: Actor, post_id: int, forum: Node) -> None:
    """Take a reply away. Positions of other posts, and so their pages, stay as they are.

    Raises Refused by policy, Gone when it is away already, ValueError for an opening post (remove the topic).
    """
    refuse(policy.why_not_moderate(moderator, forum, May.MOD_REMOVE))
    with change() as this:
        topic, post = _locked(post_id, forum.id)
        if post.position == 1:
            raise ValueError("the opening post goes with its topic")
        _remove(post)
        take_out(topic, post)
        this.record(PostRemoved(post=post.pk, moderator=moderator.id or 0))


def restore_post(*, post_id: int) -> Post:
    """Bring a removed reply back to its place. Raises Gone when it is not away.

    Where its topic is away, the post comes back with the topic.
    """
    with change() as this:
        topic_id = Post.objects.values_list("topic_id", flat=True).get(id=post_id)
        topic = Topic.objects.select_for_update().get(id=topic_id)
        post = Post.objects.select_for_update().get(id=post_id)
        if post.removed_at is None:
            raise Gone(_("This post is not away."))
        post.removed_at = None
        post.save(update_fields=["removed_at"])
        (put_back if topic.removed_at is None else put_back_inside)(topic, post)
        this.record(PostRestored(post=post.pk))
    return post


def remove_topic(*, moderator: Actor, topic_id: int, forum: Node) -> None:
    """Take a topic away with all its posts. Raises Refused by policy, Gone when it is away already."""
    refuse(policy.why_not_moderate(moderator, forum, May.MOD_REMOVE))
    with change() as this:
        topic = topic_in(forum.id, topic_id)
        if topic.removed_at is not None:
            raise Gone(_("This topic was removed already."))
        topic.removed_at = now()
        topic.save(update_fields=["removed_at"])
        take_out_topic(topic)
        this.record(TopicRemoved(topic=topic.pk, moderator=moderator.id or 0))


def restore_topic(*, topic_id: int) -> None:
    """Bring a removed topic back with all its posts. Raises Gone when it is not away."""
    with change() as this:
        topic = Topic.objects.select_for_update().get(id=topic_id)
        if topic.removed_at is None:
            raise Gone(_("This topic is not away."))
        topic.removed_at = None
        topic.save(update_fields=["removed_at"])
        put_back_topic(topic)
        this.record(TopicRestored(topic=topic.pk))


def withdraw_post(*, author: Actor, post_id: int, topic: TopicRow, forum: Node) -> None:
    """Take one's own last post back; an opening post nobody answered goes with its topic.

    Raises Refused by policy, which is asked again with the topic's row locked: a reply may have come meanwhile.
    """
    with change() as this:
        row, post = _locked(post_id, forum.id)
        now_row = topic._replace(newest_position=row.newest_position, is_locked=row.is_locked)
        found = post_source(post_id)
        refuse(policy.why_not_withdraw(author, found, now_row, forum) if found else None)
        _remove(post)
        if post.position == 1:
            row.removed_at = post.removed_at
            row.save(update_fields=["removed_at"])
            take_out_topic(row)
        else:
            take_out(row, post)
        this.record(PostWithdrawn(post=post.pk, author=author.id or 0))


def topic_in(forum_id: int, topic_id: int) -> Topic:
    """The topic, locked. Raises Gone when it went to another forum meanwhile: who asked was asked for this one."""
    topic = Topic.objects.select_for_update().filter(id=topic_id, forum_id=forum_id).first()
    if topic is None:
        raise Gone(_("This topic was moved to another forum meanwhile. Open it again."))
    return topic


def _locked(post_id: int, forum_id: int) -> tuple[Topic, Post]:
    topic_id = Post.objects.values_list("topic_id", flat=True).get(id=post_id)
    topic = topic_in(forum_id, topic_id)
    post = Post.objects.select_for_update().get(id=post_id)
    if post.removed_at is not None or topic.removed_at is not None:
        raise Gone(_("This post was removed already."))
    return topic, post


def _remove(post: Post) -> None:
    post.removed_at = now()
    post.save(update_fields=["removed_at"])
