"""Changes that are undone as if they had not been: an edit, and a move."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone
from rostra.topics.counts import show_last
from rostra.topics.events import EditUndone
from rostra.topics.models import Post, Revision, Topic
from rostra.topics.moving import move_topic
from rostra.topics.queries import topic as topic_row
from rostra.topics.renderings import rendered_again, stored
from rostra.topics.writing import rename_topic


class Text(NamedTuple):
    """What a post was before an edit: its source, where it opens a topic the title then and since, and how it was marked
    as edited."""

    source: str
    title: str
    new_title: str
    edited_at: datetime | None
    editor_name: str
    edit_reason: str


def undo_edit(*, post_id: int, number: int, before: Text) -> None:
    """Give a post back what it was before its edit of this number, which leaves no revision behind.

    Raises Gone when it was edited since: that would be undone too.
    """
    with change() as this:
        topic = _topic_of(post_id)
        post = Post.objects.select_for_update().get(id=post_id)
        if post.edit_count != number:
            raise Gone(_("The post was edited since: that would be undone too. Edit it again instead."))
        Revision.objects.filter(post=post, number=number).delete()
        _write_back(post, before)
        if before.title and post.position == 1 and topic.title == before.new_title != before.title:
            rename_topic(topic, before.title)
        if topic.last_post_id == post.pk:
            show_last(topic, post)
        this.record(EditUndone(post=post.pk))


def _topic_of(post_id: int) -> Topic:
    number = Post.objects.values_list("topic_id", flat=True).get(id=post_id)
    return Topic.objects.select_for_update().get(id=number)


def _write_back(post: Post, before: Text) -> None:
    fields = {
        "source": before.source, **stored(rendered_again(before.source, post.markup)), "edited_at": before.edited_at,
        "editor_name": before.editor_name, "edit_reason": before.edit_reason, "edit_count": post.edit_count - 1,
    }  # fmt: skip
    for name, value in fields.items():
        setattr(post, name, value)
    post.save(update_fields=list(fields))


def undo_move(*, moderator: Actor, topic_id: int, here: Node, to: Node, came_at: datetime | None) -> None:
    """Bring a topic back to where it was, with the time when it had come there. Raises Refused, Gone and Invalid as `move_topic`."""
    with change():
        row = topic_row(topic_id)
        if row is None or row.removed_at is not None:  # also one that was merged since
            raise Gone(_("This topic is not there any more."))
        move_topic(moderator=moderator, topic=row, forum=here, to=to)
        Topic.objects.filter(id=topic_id).update(moved_at=came_at)
