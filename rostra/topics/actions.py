"""Writes to topics and posts: one verb, one transaction, one event. The policy is asked inside."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.models import Forum
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, refuse
from rostra.kernel.text import slug
from rostra.permissions.capabilities import NOTHING, May
from rostra.topics import policy
from rostra.topics.counts import Written, append, show_last
from rostra.topics.events import PostEdited, ReplyPosted, TopicArranged, TopicPosted
from rostra.topics.models import Post, Revision, Submission, Topic
from rostra.topics.queries import TopicRow
from rostra.topics.renderings import stored
from rostra.topics.texts import (
    check_own_words,
    checked_body,
    checked_reason,
    checked_rendering,
    checked_title,
)


class Conflict(Exception):
    """Somebody changed the post since the editor was opened: both texts must be seen before one is kept."""


class Overtaken(Exception):
    """Others replied since the editor was opened: their posts should be read first."""


def post_topic(*, author: Actor, forum: Node, title: str, body: str, token: str = "") -> Post:
    """Begin a topic. The same token by the same author again returns the post it made.

    Raises Refused by policy, Invalid when title or body cannot be taken.
    """
    refuse(policy.why_not_post_topic(author, forum))
    good_title, source = checked_title(title), checked_body(body)
    seal = _sealed(token, forum.id, good_title, source)
    return _once(author, seal, lambda: _begin(author, forum, good_title, source, seal))


def _begin(author: Actor, forum: Node, good_title: str, source: str, token: str) -> Post:
    markup = settings.ROSTRA.markup
    rendered = checked_rendering(source, markup)
    check_own_words(rendered)
    with change() as this:
        made = _made_before(author, token)
        if made is not None:
            return made
        topic = Topic.objects.create(
            forum_id=forum.id, author_id=author.id, author_name=author.name, title=good_title,
            slug=slug(good_title, "topic"), created_at=now(), last_post_at=now(),
        )  # fmt: skip
        post = append(topic, author, Written(source, markup, rendered))
        Forum.objects.filter(id=forum.id).update(topic_count=F("topic_count") + 1)
        _remember(author, token, post)
        this.tally("topics")
        this.record(TopicPosted(topic=topic.pk, post=post.pk, author=post.author_id or 0))
    return post


def post_reply(
    *, author: Actor, topic: TopicRow, forum: Node, body: str, token: str = "", base: int | None = None
) -> Post:
    """Reply to a topic. The same token by the same author again returns the post it made.

    `base` is the newest position that the author has seen. Raises Overtaken when others have posted behind it,
    Refused by policy (asked again with the topic's row locked), Invalid when the body cannot be taken, Gone when
    the topic was removed meanwhile.
    """
    refuse(policy.why_not_reply(author, topic, forum))
    source = checked_body(body)
    seal = _sealed(token, topic.id, source)
    return _once(author, seal, lambda: _reply(author, topic, forum, source, seal, base))


def _reply(author: Actor, topic: TopicRow, forum: Node, source: str, token: str, base: int | None) -> Post:
    markup = settings.ROSTRA.markup
    rendered = checked_rendering(source, markup)
    check_own_words(rendered)
    with change() as this:
        made = _made_before(author, token)
        if made is not None:
            return made
        row = Topic.objects.select_for_update().get(id=topic.id)
        if row.removed_at is not None:
            raise Gone(_("This topic was removed while you were writing."))
        refuse(policy.why_not_reply(author, topic._replace(is_locked=row.is_locked), forum))
        if base is not None and _others_posted(row, base, author):
            raise Overtaken
        post = append(row, author, Written(source, markup, rendered))
        _remember(author, token, post)
        this.record(ReplyPosted(topic=row.pk, post=post.pk, author=post.author_id or 0))
    return post


def edit_post(
    *,
    editor: Actor,
    post_id: int,
    topic: TopicRow,
    forum: Node,
    body: str,
    title: str | None = None,
    reason: str = "",
    base: int | None = None,
) -> Post:
    """Change a post, and with the opening post the title; what it said before is kept as a revision.

    `base` is the number of edits that the editor knows of: Conflict is raised when there are more. Raises Refused by policy, Invalid for what was typed, Gone when the post was removed meanwhile.
    """
    source, good_reason = checked_body(body), checked_reason(reason)
    good_title = checked_title(title) if title is not None else None
    with change() as this:
        row = Topic.objects.select_for_update().get(id=topic.id)
        post = Post.objects.select_for_update().get(id=post_id, topic_id=topic.id)
        if post.removed_at is not None or row.removed_at is not None:
            raise Gone(_("This post was removed while you were writing."))
        known = topic._replace(is_locked=row.is_locked)
        refuse(policy.why_not_edit(editor, post, known, forum, has_begun=True))
        renames = good_title is not None and post.position == 1 and good_title != row.title
        if source == post.source and not renames:
            return post
        if base is not None and base != post.edit_count:
            raise Conflict
        _keep_revision(post, row.title if post.position == 1 else "")
        _rewrite(post, editor, source, good_reason)
        if renames:
            _rename(row, good_title or "")
        if row.last_post_id == post.pk:
            show_last(row, post)
        this.record(PostEdited(post=post.pk, editor=editor.id or 0))
    return post


def arrange_topic(
    *, moderator: Actor, topic: TopicRow, forum: Node, kind: int | None = None, is_locked: bool | None = None
) -> None:
    """Lock or open a topic, make it sticky, an announcement or normal. Raises Refused by policy."""
    asked = May.MOD_LOCK if is_locked is not None else NOTHING
    asked |= May.MOD_PIN if kind is not None else NOTHING
    refuse(policy.why_not_moderate(moderator, forum, asked))
    changes = {name: value for name, value in (("kind", kind), ("is_locked", is_locked)) if value is not None}
    with change() as this:
        if not Topic.objects.filter(id=topic.id, forum_id=forum.id).update(**changes):
            raise Gone(_("This topic was moved to another forum meanwhile. Open it again."))
        this.record(TopicArranged(topic=topic.id, moderator=moderator.id or 0))


def add_views(*, views: dict[int, int]) -> None:
    """Add buffered views. Cached pages stay: a count of views is never exact to the second."""
    with change(is_visible=False):
        for topic_id, number in sorted(views.items()):
            Topic.objects.filter(id=topic_id).update(view_count=F("view_count") + number)


def forget_submissions(*, days: int = 7) -> int:
    """Drop the memory of forms sent long ago; returns how many."""
    with change(is_visible=False):
        dropped, _kinds = Submission.objects.filter(sent_at__lt=now() - timedelta(days=days)).delete()
    return dropped


def _keep_revision(post: Post, title: str) -> None:
    Revision.objects.create(
        post=post, number=post.edit_count + 1, markup=post.markup, source=post.source, title=title,
        written_at=post.edited_at or post.created_at, writer_name=post.editor_name or post.author_name,
        reason=post.edit_reason,
    )  # fmt: skip


def _rewrite(post: Post, editor: Actor, source: str, reason: str) -> None:
    rendered = checked_rendering(source, post.markup)
    if source != post.source:
        check_own_words(rendered)
    fields = {"source": source, **stored(rendered)}
    for name, value in fields.items():
        setattr(post, name, value)
    post.edited_at, post.editor_name, post.edit_reason = now(), editor.name, reason
    post.edit_count += 1
    post.save(update_fields=[*fields, "edited_at", "editor_name", "edit_reason", "edit_count"])


def _rename(topic: Topic, title: str) -> None:
    topic.title, topic.slug = title, slug(title, "topic")
    topic.save(update_fields=["title", "slug"])
    Forum.objects.filter(last_topic_id=topic.pk).update(last_topic_title=title)


def _others_posted(topic: Topic, base: int, author: Actor) -> bool:
    if topic.newest_position <= base:
        return False
    behind = Post.objects.filter(topic=topic, position__gt=base, removed_at=None)
    return behind.exclude(author_id=author.id).exists()


def _sealed(token: str, *content: object) -> str:
    """A form's token bound to what it said and where: the same form with another text is another form."""
    if not token:
        return ""
    return blake2b(repr((token, *content)).encode("utf-8", "replace"), digest_size=24).hexdigest()


def _once(author: Actor, token: str, write: Callable[[], Post]) -> Post:
    """Write; of two equal forms at the same moment, the later one gets the post of the earlier."""
    try:
        return write()
    except IntegrityError:
        made = _made_before(author, token)
        if made is None:
            raise
        return made


def _made_before(author: Actor, token: str) -> Post | None:
    """The post that this form made when it was sent before."""
    if not token:
        return None
    sent = Submission.objects.filter(author_id=author.id, token=token).select_related("post__topic").first()
    if sent is not None and (sent.post.removed_at or sent.post.topic.removed_at):
        sent.delete()  # it was taken back since: the form may make it anew
        return None
    return sent.post if sent else None


def _remember(author: Actor, token: str, post: Post) -> None:
    if token:
        Submission.objects.create(author_id=author.id or 0, token=token, post=post, sent_at=now())
