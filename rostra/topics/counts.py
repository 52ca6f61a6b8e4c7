"""What follows from a post that comes or goes: every kept count, and what lists show of the last post.

Called by the package's actions inside their change, with the topic's row locked.
"""

from typing import NamedTuple

from django.db import connection
from django.db.models import F

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.forums.models import Forum
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.text import excerpt
from rostra.markup import Rendered
from rostra.topics.models import Participant, Post, Topic
from rostra.topics.renderings import rendered_again, stored

EXCERPT_LENGTH = 50
# The newest post of an author is the one that stands last.
_PARTICIPANTS = """INSERT INTO topics_participant (topic_id, author_id, post_count, last_post_id)
    SELECT n.topic_id, n.author_id, n.number, p.id
    FROM (SELECT topic_id, author_id, COUNT(*) AS number, MAX(position) AS last FROM topics_post
      WHERE topic_id = %s AND author_id IS NOT NULL AND removed_at IS NULL GROUP BY topic_id, author_id) n
    JOIN topics_post p ON p.topic_id = n.topic_id AND p.position = n.last"""


def lock_forum(forum_id: int) -> None:
    """Posts of a forum are written one after another: their times grow in the order in which readers see them."""
    Forum.objects.select_for_update().filter(id=forum_id).values_list("id").first()


def lock_forums(*forum_ids: int) -> None:
    """Several at once in the order of their numbers, before any of them is written to: then no two changes wait for each other."""
    for forum_id in sorted(set(forum_ids)):
        lock_forum(forum_id)


def refresh_forum(*, forum_id: int) -> None:
    """Set what a forum shows of its last post from its topics. Locks: topic, forum, author, in this order."""
    lock_forum(forum_id)
    there = Topic.objects.filter(forum_id=forum_id, removed_at=None)
    newest = (there.filter(kind=kind).order_by("-last_post_at", "-id").first() for kind in Topic.Kind.values)
    last = max(filter(None, newest), key=lambda topic: (topic.last_post_at, topic.pk), default=None)
    Forum.objects.filter(id=forum_id).update(
        last_post_id=last.last_post_id if last else None,
        last_post_at=last.last_post_at if last else None,
        last_topic_id=last.pk if last else None,
        last_topic_title=last.title if last else "",
        last_author_name=last.last_author_name if last else "",
    )


class Written(NamedTuple):
    """What somebody wrote: the text, its markup, what it is shown as, and whether it waited for a moderator."""

    source: str
    markup: str
    rendered: Rendered
    was_held: bool = False


def append(topic: Topic, author: Actor, written: Written) -> Post:
    """The next post of a topic whose row is locked, with every count that follows from it."""
    lock_forum(topic.forum_id)
    post = Post.objects.create(
        topic=topic, author_id=author.id, author_name=author.name, position=topic.last_position + 1,
        created_at=now(), source=written.source, markup=written.markup, **stored(written.rendered),
    )  # fmt: skip
    topic.post_count += 1
    topic.last_position = post.position
    _join_in(topic, post)
    show_last(topic, post, excerpt(written.rendered.own, EXCERPT_LENGTH))
    Forum.objects.filter(id=topic.forum_id).update(post_count=F("post_count") + 1)
    User.objects.filter(id=author.id or 0).update(post_count=F("post_count") + 1)
    with change() as this:
        this.tally("posts")
    return post


def show_last(topic: Topic, post: Post, words: str | None = None) -> None:
    """Have the lists show this post as the topic's last."""
    topic.last_post_id, topic.last_post_at, topic.last_author_name = (
        post.pk,
        post.created_at,
        post.author_name,
    )
    topic.newest_position = post.position
    topic.last_excerpt = (
        excerpt(rendered_again(post.source, post.markup).own, EXCERPT_LENGTH) if words is None else words
    )
    topic.save(
        update_fields=[
            "post_count",
            "last_position",
            "newest_position",
            "last_post_id",
            "last_post_at",
            "last_author_name",
            "last_excerpt",
        ]
    )
    refresh_forum(forum_id=topic.forum_id)


def take_out(topic: Topic, post: Post) -> None:
    """The counts without a post that was just removed. The topic still has another."""
    topic.post_count -= 1
    show_last(topic, Post.objects.filter(topic=topic, removed_at=None).order_by("-position")[0])
    Forum.objects.filter(id=topic.forum_id).update(post_count=F("post_count") - 1)
    User.objects.filter(id=post.author_id or 0).update(post_count=F("post_count") - 1)
    _step_back(topic, post)
    with change() as this:
        this.tally("posts", -1)


def put_back(topic: Topic, post: Post) -> None:
    """The counts with a post that is there again, where it was: `take_out` undone."""
    put_back_inside(topic, post)
    Forum.objects.filter(id=topic.forum_id).update(post_count=F("post_count") + 1)
    User.objects.filter(id=post.author_id or 0).update(post_count=F("post_count") + 1)
    with change() as this:
        this.tally("posts")


def put_back_inside(topic: Topic, post: Post) -> None:
    """The topic's own counts with a post that is there again; others follow when a topic that is away comes back."""
    topic.post_count += 1
    show_last(topic, Post.objects.filter(topic=topic, removed_at=None).order_by("-position")[0])
    _come_back(topic, post)


def put_back_topic(topic: Topic) -> None:
    """The counts with a topic that is there again with all its posts: `take_out_topic` undone."""
    Forum.objects.filter(id=topic.forum_id).update(
        post_count=F("post_count") + topic.post_count, topic_count=F("topic_count") + 1
    )
    for author in Participant.objects.filter(topic=topic):
        User.objects.filter(id=author.author_id).update(post_count=F("post_count") + author.post_count)
    refresh_forum(forum_id=topic.forum_id)
    with change() as this:
        this.tally("posts", topic.post_count)
        this.tally("topics")


def take_out_topic(topic: Topic) -> None:
    """The counts without a topic that was just removed with all its posts."""
    Forum.objects.filter(id=topic.forum_id).update(
        post_count=F("post_count") - topic.post_count, topic_count=F("topic_count") - 1
    )
    for author in Participant.objects.filter(topic=topic):
        User.objects.filter(id=author.author_id).update(post_count=F("post_count") - author.post_count)
    refresh_forum(forum_id=topic.forum_id)
    with change() as this:
        this.tally("posts", -topic.post_count)
        this.tally("topics", -1)


def count_participants(topic_id: int) -> None:
    """Who has posts in a topic, counted anew."""
    Participant.objects.filter(topic_id=topic_id).delete()
    with connection.cursor() as cursor:
        cursor.execute(_PARTICIPANTS, [topic_id])


def _join_in(topic: Topic, post: Post) -> None:
    if post.author_id is None:
        return
    known = Participant.objects.filter(topic=topic, author_id=post.author_id)
    if not known.update(post_count=F("post_count") + 1, last_post_id=post.pk):
        Participant.objects.create(topic=topic, author_id=post.author_id, post_count=1, last_post_id=post.pk)


def _come_back(topic: Topic, post: Post) -> None:
    """The author has one post more in the topic; the newest of them may be another one."""
    if post.author_id is None:
        return
    known = Participant.objects.filter(topic=topic, author_id=post.author_id)
    mine = Post.objects.filter(topic=topic, author_id=post.author_id, removed_at=None).order_by("-position")
    last = mine.values_list("id", flat=True)[0]
    if not known.update(post_count=F("post_count") + 1, last_post_id=last):
        Participant.objects.create(topic=topic, author_id=post.author_id, post_count=1, last_post_id=last)


def _step_back(topic: Topic, post: Post) -> None:
    """The author has one post less in the topic; without any, the topic leaves the author's list."""
    if post.author_id is None:
        return
    left = Post.objects.filter(topic=topic, author_id=post.author_id, removed_at=None).order_by("-position")
    last = left.values_list("id", flat=True).first()
    known = Participant.objects.filter(topic=topic, author_id=post.author_id)
    if last is None:
        known.delete()
    else:
        known.update(post_count=F("post_count") - 1, last_post_id=last)
