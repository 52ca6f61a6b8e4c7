"""What becomes of a text that is taken: a topic, a reply, a changed post. Called by the package's actions inside a change."""

from django.db.models import F
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.models import Forum
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone
from rostra.kernel.text import slug
from rostra.topics.counts import Written, append, show_last
from rostra.topics.events import PostEdited, ReplyPosted, TopicPosted
from rostra.topics.models import Post, Revision, Topic
from rostra.topics.renderings import stored


def begin_topic(author: Actor, forum_id: int, title: str, written: Written) -> Post:
    """A new topic with its first post."""
    with change() as this:
        topic = Topic.objects.create(
            forum_id=forum_id, author_id=author.id, author_name=author.name, title=title,
            slug=slug(title, "topic"), created_at=now(), last_post_at=now(),
        )  # fmt: skip
        post = append(topic, author, written)
        Forum.objects.filter(id=forum_id).update(topic_count=F("topic_count") + 1)
        this.tally("topics")
        this.record(
            TopicPosted(topic=topic.pk, post=post.pk, author=post.author_id or 0, was_held=written.was_held)
        )
    return post


def add_reply(author: Actor, topic: Topic, written: Written) -> Post:
    """The next post of a topic whose row is locked."""
    with change() as this:
        post = append(topic, author, written)
        this.record(
            ReplyPosted(topic=topic.pk, post=post.pk, author=post.author_id or 0, was_held=written.was_held)
        )
    return post


def locked_topic(topic_id: int) -> Topic:
    """A topic that is there, its row locked. Raises Gone."""
    row = Topic.objects.select_for_update().get(id=topic_id)
    if row.removed_at is not None:
        raise Gone(_("This topic was removed while you were writing."))
    return row


def change_post(
    editor: Actor, topic: Topic, post: Post, written: Written, title: str | None, reason: str
) -> None:
    """Another text for a post, with its opening post another title for the topic; what it said before is kept."""
    with change() as this:
        keep_revision(post, topic.title if post.position == 1 else "")
        _rewrite(post, editor, written, reason)
        if title is not None and post.position == 1 and title != topic.title:
            rename_topic(topic, title)
        if topic.last_post_id == post.pk:
            show_last(topic, post)
        this.record(PostEdited(post=post.pk, editor=editor.id or 0, was_held=written.was_held))


def keep_revision(post: Post, title: str) -> None:
    Revision.objects.create(
        post=post, number=post.edit_count + 1, markup=post.markup, source=post.source, title=title,
        written_at=post.edited_at or post.created_at, writer_name=post.editor_name or post.author_name,
        reason=post.edit_reason,
    )  # fmt: skip


def _rewrite(post: Post, editor: Actor, written: Written, reason: str) -> None:
    fields = {"source": written.source, **stored(written.rendered)}
    for name, value in fields.items():
        setattr(post, name, value)
    post.edited_at, post.editor_name, post.edit_reason = now(), editor.name, reason
    post.edit_count += 1
    post.save(update_fields=[*fields, "edited_at", "editor_name", "edit_reason", "edit_count"])


def rename_topic(topic: Topic, title: str) -> None:
    """Another title, where lists show it too, for a topic whose row is locked."""
    topic.title, topic.slug = title, slug(title, "topic")
    topic.save(update_fields=["title", "slug"])
    Forum.objects.filter(last_topic_id=topic.pk).update(last_topic_title=title)
