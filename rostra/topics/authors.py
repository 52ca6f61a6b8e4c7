"""A post was given to the wrong member: whose it is, is corrected, and said in its history."""

from django.db.models import F
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, refuse
from rostra.kernel.text import name_key
from rostra.permissions.capabilities import May
from rostra.topics import policy
from rostra.topics.counts import count_participants, lock_forums, refresh_forum
from rostra.topics.events import AuthorChanged
from rostra.topics.models import Post, Topic
from rostra.topics.texts import checked_reason
from rostra.topics.writing import keep_revision


def change_author(*, moderator: Actor, post_id: int, forum: Node, name: str, reason: str) -> Post:
    """Have a post be another member's. It counts as an edit: the history says who it was by, and why that changed.

    Raises Refused by policy, Invalid for a name that no member has or the present one's, and without a reason, Gone.
    """
    refuse(policy.why_not_moderate(moderator, forum, May.MOD_AUTHOR))
    why = checked_reason(reason)
    if not why:
        raise Invalid(reason=_("Say why: it stands in the post's history."))
    with change() as this:
        topic, post = _locked(post_id, forum)
        author = User.objects.filter(
            name_key=name_key(name.strip()), is_active=True, is_waiting=False
        ).first()
        if author is None:
            raise Invalid(name=_("There is no member called “%(name)s”.") % {"name": name.strip()[:60]})
        if author.pk == post.author_id:
            raise Invalid(name=_("The post is by %(name)s already.") % {"name": author.name})
        if moderator.id in (
            author.pk,
            post.author_id,
        ):  # or they could change it then as if it were their own
            raise Invalid(name=_("Another moderator does this: it is about a post of your own."))
        was = post.author_id
        keep_revision(post, topic.title if post.position == 1 else "")
        _give(post, author, moderator, why)
        _follow(topic, post, was)
        this.record(AuthorChanged(post=post.pk, was=was, author=author.pk, moderator=moderator.id or 0))
    return post


def _locked(post_id: int, forum: Node) -> tuple[Topic, Post]:
    number = Post.objects.values_list("topic_id", flat=True).get(id=post_id)
    topic = Topic.objects.select_for_update().filter(id=number, forum_id=forum.id, removed_at=None).first()
    post = Post.objects.select_for_update().get(id=post_id)
    if topic is None or post.removed_at is not None:
        raise Gone(_("This post was moved or removed meanwhile."))
    return topic, post


def _give(post: Post, author: User, moderator: Actor, reason: str) -> None:
    was = post.author_name
    post.author_id, post.author_name = author.pk, author.name
    post.edited_at, post.editor_name = now(), moderator.name
    post.edit_reason = (_("It was shown as by %(name)s. ") % {"name": was} + reason)[:200]
    post.edit_count += 1
    post.save(
        update_fields=["author", "author_name", "edited_at", "editor_name", "edit_reason", "edit_count"]
    )


def _follow(topic: Topic, post: Post, was: int | None) -> None:
    """Every count and every name in a list that comes from whose post it is."""
    lock_forums(topic.forum_id)
    for author, change_of_count in sorted(((was or 0, -1), (post.author_id or 0, 1))):
        User.objects.filter(id=author).update(post_count=F("post_count") + change_of_count)
    count_participants(topic.pk)
    if post.position == 1:
        topic.author_id, topic.author_name = post.author_id, post.author_name
    if topic.last_post_id == post.pk:
        topic.last_author_name = post.author_name
    topic.save(update_fields=["author", "author_name", "last_author_name"])
    refresh_forum(forum_id=topic.forum_id)
