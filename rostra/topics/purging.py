"""Deleting texts for good. Rows stay, so that numbers, positions and decisions still lead somewhere; nothing that was written does."""

from __future__ import annotations

from django.db.models import QuerySet

from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.topics.models import Held, Post, PostMark, Revision, Shadow, Topic

_NOTHING = {"source": "", "html": "", "text": "", "facts": "", "edit_reason": ""}
_NOTHING_HELD = {"source": "", "title": "", "findings": ""}


def purge_post(*, post_id: int) -> None:
    """Delete what a post says, and ever said. It must be away already."""
    _purge(Post.objects.filter(id=post_id, removed_at__isnull=False))


def purge_topic(*, topic_id: int) -> None:
    """Delete the titles that a topic has and had, and what its posts say, and ever said. It must be away already."""
    with change():
        if not Topic.objects.filter(id=topic_id, removed_at__isnull=False).exists():
            return
        for number in (topic_id, *merged_into(topic_id)):
            Topic.objects.filter(id=number).update(title=f"#{number}", slug="topic", last_excerpt="")
            Shadow.objects.filter(topic_id=number).delete()
        _purge(Post.objects.filter(topic_id=topic_id))


def purge_held(*, held_id: int) -> None:
    """Delete a text that waited and was refused."""
    with change(is_visible=False):
        Held.objects.filter(id=held_id).exclude(state=Held.State.WAITING).update(**_NOTHING_HELD)


def merged_into(topic_id: int) -> list[int]:
    """The topics that went into this one."""
    posts = Post.objects.filter(topic_id=topic_id).values("id")
    return list(Topic.objects.filter(merged_post_id__in=posts).values_list("id", flat=True))


def _purge(posts: QuerySet[Post]) -> None:
    numbers = posts.values("id")
    with change():
        Revision.objects.filter(post__in=numbers).delete()
        held = Held.objects.filter(post__in=numbers)
        held.filter(state=Held.State.WAITING).update(state=Held.State.WITHDRAWN, decided_at=now())
        held.update(**_NOTHING_HELD)
        marks = PostMark.objects.filter(post__in=numbers)
        marks.update(notice="", noticed_at=None, noticer=None, noticer_name="")
        Post.objects.filter(id__in=numbers).update(**_NOTHING)
