"""Locking a single post: its author leaves it as it is, by a decision with its reasons."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, refuse
from rostra.moderation.models import Case
from rostra.moderation.opening import open_case
from rostra.moderation.reasons import Reasons, checked_reasons
from rostra.permissions.capabilities import May
from rostra.topics.models import Post, PostMark, Topic


def lock_post(*, moderator: Actor, forum: Node, post_id: int, reasons: Reasons) -> Case:
    """Lock a post and open the case. Raises Refused by policy, Invalid by field, Gone when it is locked, removed or moved."""
    refuse(why_not_moderate(moderator, forum, May.MOD_LOCK))
    checked = checked_reasons(reasons, forum)
    with change():
        topic_id = Post.objects.values_list("topic_id", flat=True).get(id=post_id)
        topic = Topic.objects.select_for_update().get(id=topic_id)
        post = Post.objects.select_for_update().get(id=post_id)
        if topic.forum_id != forum.id:
            raise Gone(_("This topic was moved to another forum meanwhile. Open it again."))
        if post.removed_at is not None or topic.removed_at is not None:
            raise Gone(_("This post was removed."))
        if post.is_locked:
            raise Gone(_("This post is locked already."))
        PostMark.objects.update_or_create(post=post, defaults={"is_locked": True})
        about = {
            "post": post, "topic": topic, "member_id": post.author_id, "member_name": post.author_name,
        }  # fmt: skip
        return open_case(Case.Kind.LOCK_POST, moderator, forum, checked, about)


def unlock_post(*, post_id: int) -> None:
    """Its author may change it again: the decision was taken back."""
    with change():
        PostMark.objects.filter(post_id=post_id).update(is_locked=False)


def lock_of(post_id: int) -> int | None:
    """The number of the case that locked a post; None for one that is not locked."""
    found = Case.objects.filter(kind=Case.Kind.LOCK_POST, post_id=post_id, reversed_at=None)
    return found.order_by("-id").values_list("id", flat=True).first()
