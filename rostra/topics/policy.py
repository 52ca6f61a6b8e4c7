"""May I, with topics and posts. Loading is the permission check: `readable_topic` and its like return or raise."""

from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Forest, Node
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Refusal, refuse
from rostra.permissions.capabilities import May
from rostra.topics import queries
from rostra.topics.pacing import why_not_yet
from rostra.topics.queries import Place, PostSource, TopicRow

GRACE = timedelta(minutes=10)  # for what was typed in an editor that was opened in time


class Written(Protocol):
    """What is asked of a post before its author may change it."""

    @property
    def author_id(self) -> int | None:
        """Who wrote it."""

    @property
    def created_at(self) -> datetime:
        """When it was written."""

    @property
    def position(self) -> int:
        """Where it stands in its topic."""

    @property
    def is_locked(self) -> bool | None:
        """Did moderators decide that its author leaves it as it is?"""


def readable_topic(topic_id: int, reader: Actor, forest: Forest) -> tuple[TopicRow, Node] | None:
    """The topic and its forum; None when there is none for this reader. One that was merged is the one it went into.

    Raises Refused when the forum may be seen but not read, Gone when the topic was removed.
    """
    found = queries.topic(topic_id)
    if found is not None and found.merged_post_id is not None:
        place = queries.place_of(found.merged_post_id)
        found = queries.topic(place.topic_id) if place else None
    forum = _readable_forum(found.forum_id, found.author_id, reader, forest) if found else None
    if found is None or forum is None:
        return None
    if found.removed_at is not None:
        raise Gone(_("This topic was removed."))
    return found, forum


def readable_place(post_id: int, reader: Actor, forest: Forest) -> Place | None:
    """Where a post stands, or None when it is not there for this reader. Raises Refused, and Gone when it, or its topic, was removed."""
    found = queries.place_of(post_id)
    if found is None or _readable_forum(found.forum_id, found.topic_author_id, reader, forest) is None:
        return None
    if found.post_removed_at or found.topic_removed_at:
        raise Gone(_("This post was removed."))
    return found


def readable_source(post_id: int, reader: Actor, forest: Forest) -> tuple[PostSource, TopicRow, Node] | None:
    """A post with its source, its topic and forum, or None when it is not there for this reader. Raises Refused and Gone."""
    found = queries.post_source(post_id)
    around = readable_topic(found.topic_id, reader, forest) if found is not None else None
    if found is None or around is None:
        return None
    if found.removed_at is not None:
        raise Gone(_("This post was removed."))
    return found, *around


def _readable_forum(forum_id: int, author_id: int | None, reader: Actor, forest: Forest) -> Node | None:
    """The forum of a topic that this member began, when the reader may read that topic there."""
    forum = forest.seen_by(reader).by_id.get(forum_id)
    if forum is None:
        return None
    refuse(forum_policy.why_not_read(reader, forum))
    return forum if forum_policy.may_read_of(reader, forum, author_id) else None


def why_not_post_topic(actor: Actor, forum: Node) -> Refusal | None:
    """Why the actor may not start a topic here."""
    return forum_policy.why_not_write(actor, forum, May.BEGIN)


def why_not_reply(actor: Actor, topic: TopicRow, forum: Node) -> Refusal | None:
    """Why the actor may not reply, or must wait in a slow topic."""
    return why_not_take_part(actor, topic, forum) or why_not_yet(actor, topic, forum)


def why_not_take_part(actor: Actor, topic: TopicRow, forum: Node) -> Refusal | None:
    """Why the actor may not reply, whenever it be."""
    refusal = forum_policy.why_not_write(actor, forum, May.REPLY)
    if refusal is None and topic.is_locked and not forum_policy.may(actor, forum, May.MOD_LOCK):
        return Refusal(
            _("This topic is locked: nobody can reply to it."), _("A moderator can open it again.")
        )
    return refusal


def editing_ends_at(post: Written) -> datetime | None:
    """Until when its author can edit a post; None on a board without that limit."""
    minutes = settings.ROSTRA.edit_minutes
    return post.created_at + timedelta(minutes=minutes) if minutes else None


def why_not_edit(
    actor: Actor, post: Written, topic: TopicRow, forum: Node, *, has_begun: bool = False
) -> Refusal | None:
    """Why the actor may not edit a post. `has_begun`: the editor is open, and what was typed gets some time more."""
    if forum_policy.may(actor, forum, May.MOD_EDIT):
        return forum_policy.why_not_change(forum)
    if not actor.is_member:
        return Refusal(_("Only its author can edit a post."), _("Sign in first."), must_sign_in=True)
    if actor.id != post.author_id:
        return Refusal(
            _("Only its author or a moderator can edit a post."), _("You can quote it and answer it.")
        )
    if topic.is_locked:
        return Refusal(
            _("This topic is locked: its posts can no longer be edited."), _("A moderator can open it again.")
        )
    if post.is_locked:
        return _post_is_locked()
    ended_at = editing_ends_at(post)
    if ended_at is not None and now() > (ended_at + GRACE if has_begun else ended_at):
        return Refusal(
            _("The time in which this post could be edited is over."),
            _("Say in a reply what should be different, or ask a moderator to change the post."),
            ended_at=ended_at,
        )
    return forum_policy.why_not_write(actor, forum, May.EDIT_OWN)


def _post_is_locked() -> Refusal:
    return Refusal(
        _("This post is locked by a decision of the moderators: it stays as it is."),
        _("The decision with its reasons, and how to appeal, is at /cases/."),
    )


def why_not_keep_drafts(actor: Actor) -> Refusal | None:
    """Why the actor has no drafts."""
    if actor.is_member:
        return None
    return Refusal(_("Only members have drafts."), _("Sign in first."), must_sign_in=True)


def why_not_withdraw(actor: Actor, post: Written, topic: TopicRow, forum: Node) -> Refusal | None:
    """Why the actor may not take a post back: it must be one's own, the topic's last, and fresh."""
    refusal = None
    may_edit = why_not_edit(actor, post, topic, forum) is None
    instead = _("You can edit it instead.") if may_edit else ""
    if not actor.is_member or actor.id != post.author_id:
        refusal = Refusal(_("Only its author can take a post back."), "", must_sign_in=not actor.is_member)
    elif post.position != topic.newest_position:
        refusal = Refusal(
            _("Somebody has answered since: this post is no longer the last of its topic."), instead
        )
    elif topic.is_locked:
        refusal = Refusal(
            _("This topic is locked: its posts stay as they are."), _("A moderator can open it again.")
        )
    elif post.is_locked:
        refusal = _post_is_locked()
    elif now() - post.created_at > timedelta(minutes=settings.ROSTRA.withdraw_minutes):
        refusal = Refusal(
            _("A post can be taken back within %(minutes)s minutes; this one is older.")
            % {"minutes": settings.ROSTRA.withdraw_minutes},
            instead,
        )
    return refusal or forum_policy.why_not_write(actor, forum, May.WITHDRAW_OWN)


def why_not_moderate(actor: Actor, forum: Node, capability: May) -> Refusal | None:
    """Why the actor may not lock, pin or remove here."""
    return forum_policy.why_not_moderate(actor, forum, capability)


def why_not_split(actor: Actor, forum: Node, to: Node) -> Refusal | None:
    """Why the actor may not bring posts from a forum into a topic of this one: both must be the actor's to moderate.

    What fewer may read is as good as removed: that states its reasons, and is not done by splitting or merging.
    """
    refusal = forum_policy.why_not_moderate(actor, forum, May.MOD_SPLIT)
    refusal = refusal or forum_policy.why_not_moderate(actor, to, May.MOD_SPLIT)
    if refusal is None and any(forum_policy.shows_only_own(each) for each in (forum, to)):
        return Refusal(
            _("In “%(forum)s” or “%(to)s” one reads only one's own topics: posts stay in theirs.")
            % {"forum": forum.name, "to": to.name},
            _("You can move a whole topic."),
        )
    if refusal is None and forum_policy.is_read_by_fewer(forum, to):
        return why_not_read_there(forum, to)
    return refusal


def why_not_read_there(forum: Node, to: Node) -> Refusal:
    """Why posts cannot go to a forum that somebody does not read who reads them now."""
    return Refusal(
        _("Not everybody who reads “%(forum)s” may read “%(to)s”.") % {"forum": forum.name, "to": to.name},
        _("Choose a forum with the same readers, or remove the posts with reasons."),
    )
