"""A notice of the moderators beside a post: short plain words that all its readers see."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, refuse
from rostra.kernel.text import is_visible, one_line, without_controls
from rostra.permissions.capabilities import May
from rostra.topics.events import PostNoticed
from rostra.topics.models import Post, PostMark

NOTICE_LENGTH = 500


class Notice(NamedTuple):
    """What stands beside a post, and whose words it is."""

    words: str
    moderator_name: str


def notice_of(post_id: int) -> Notice | None:
    """The notice beside a post, with the name that other moderators may know."""
    found = PostMark.objects.filter(post_id=post_id).exclude(notice="").first()
    return Notice(found.notice, found.noticer_name) if found else None


def put_notice(*, moderator: Actor, post_id: int, forum: Node, words: str) -> None:
    """Put a notice beside a post instead of the one that is there; without words it is taken away.

    Raises Refused by policy, Invalid for words that are too long, Gone when the post was removed or moved.
    """
    refuse(why_not_moderate(moderator, forum, May.MOD_EDIT))
    said = one_line(without_controls(words))
    if not is_visible(said):
        said = ""
    if len(said) > NOTICE_LENGTH:
        told = _("The notice has %(number)s characters; at most %(most)s are allowed. Shorten it.")
        raise Invalid(notice=told % {"number": len(said), "most": NOTICE_LENGTH})
    with change() as this:
        post = Post.objects.select_for_update(of=("self",)).select_related("topic").get(id=post_id)
        if post.removed_at is not None or post.topic.removed_at is not None:
            raise Gone(_("This post was removed."))
        if post.topic.forum_id != forum.id:
            raise Gone(_("This topic was moved to another forum meanwhile. Open it again."))
        who = (moderator.id, moderator.name, now()) if said else (None, "", None)
        fields = dict(zip(("noticer_id", "noticer_name", "noticed_at"), who, strict=True))
        PostMark.objects.update_or_create(post=post, defaults={"notice": said, **fields})
        this.record(PostNoticed(post=post.pk, moderator=moderator.id or 0))
