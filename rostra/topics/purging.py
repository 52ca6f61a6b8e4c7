"""Deleting texts for good. Rows stay, so that numbers, positions and decisions still lead somewhere; nothing that was written does."""

from __future__ import annotations

from django.db.models import QuerySet

from rostra.kernel.changes import change
from rostra.topics.models import Held, Post, Revision, Topic

_NOTHING = {"source": "", "html": "", "text": "", "facts": ""}


def purge_post(*, post_id: int) -> None:
    """Delete what a post says, and ever said. It must be away already."""
    _purge(Post.objects.filter(id=post_id, removed_at__isnull=False))


def purge_topic(*, topic_id: int) -> None:
    """Delete the title of a topic and what its posts say, and ever said. It must be away already."""
    with change():
        found = Topic.objects.filter(id=topic_id, removed_at__isnull=False)
        if found.update(title=f"#{topic_id}", slug="topic", last_excerpt=""):
            _purge(Post.objects.filter(topic_id=topic_id))


def _purge(posts: QuerySet[Post]) -> None:
    numbers = posts.values("id")
    with change():
        Revision.objects.filter(post__in=numbers).delete()
        Held.objects.filter(post__in=numbers).exclude(state=Held.State.WAITING).update(source="", title="")
        Post.objects.filter(id__in=numbers).update(**_NOTHING)
