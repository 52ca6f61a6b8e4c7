"""Texts that wait for a moderator: kept, posted when somebody approves them, or not."""

import json
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import User
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Node
from rostra.houserules.rules import Finding
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Refusal, refuse
from rostra.permissions.capabilities import May
from rostra.topics.counts import Written
from rostra.topics.events import HeldTextPosted, TextHeld
from rostra.topics.judging import Answer, Judgement, Text
from rostra.topics.models import Held, Post
from rostra.topics.renderings import rendered_again
from rostra.topics.writing import add_reply, begin_topic, change_post, locked_topic

MOST_WAITING = 20  # texts of one author: more would push those of others out of sight


class Waits(Exception):
    """The text was kept for a moderator instead of being posted."""

    def __init__(self, held: Held) -> None:
        super().__init__(held.pk)
        self.held = held


def hold_text(
    *, author: Actor, forum: Node, text: Text, token: str, judgement: Judgement, answer: Answer
) -> Held:
    """Keep a text for a moderator. The same form sent again is the same text, and so is an equal edit that waits."""
    with change(is_visible=False) as this:
        known = held_before(author, text, token)
        if known is not None and known.state != Held.State.WITHDRAWN:
            return known
        _refuse_too_many(author)
        if known is not None:  # taken back, and sent again: the form may be used once more
            Held.objects.filter(id=known.pk).update(token="")
        held = Held.objects.create(
            kind=text.kind, forum_id=forum.id, topic_id=text.topic.id if text.topic else None, post_id=text.post,
            base=_base(text), author_id=author.id or 0, token=token, title=text.title, markup=text.markup, source=text.source,
            findings=json.dumps([told(each) for each in judgement.verdict.findings], ensure_ascii=False)
            if judgement.verdict.findings
            else "",
            is_contested=answer.is_contested, held_at=now(),
        )  # fmt: skip
        this.record(TextHeld(held=held.pk, author=author.id or 0))
    return held


def held_before(author: Actor, text: Text, token: str) -> Held | None:
    """What this form made when it was sent before; of an edit also the equal one that waits, from whatever form."""
    known = Held.objects.filter(author_id=author.id, token=token).first() if token else None
    if known is None and text.post is not None:
        same = Held.objects.filter(post_id=text.post, author_id=author.id, state=Held.State.WAITING)
        known = same.filter(source=text.source, title=text.title, base=_base(text)).first()
    return known


def _base(text: Text) -> int:
    return Post.objects.values_list("edit_count", flat=True).get(id=text.post) if text.post else 0


def _refuse_too_many(author: Actor) -> None:
    if Held.objects.filter(author_id=author.id, state=Held.State.WAITING).count() >= MOST_WAITING:
        told = _("%(most)s texts of yours wait for a moderator already.") % {"most": MOST_WAITING}
        refuse(Refusal(told, _("Take one back at /waiting/, or wait until one was looked at.")))


def told(finding: Finding) -> dict[str, Any]:
    """A finding as it is stored with the text: what the author was told."""
    return {
        "rule": finding.rule, "number": finding.number, "text": finding.text, "effect": str(finding.effect),
        "say": finding.say, "remedy": finding.remedy, "list": finding.list,
    }  # fmt: skip


def approve_held(*, moderator: Actor, forum: Node, held_id: int) -> Post:
    """Post a text that waited, now and in its author's name. Raises Refused by policy, Gone when it waits no more or its
    place is gone."""
    refuse(forum_policy.why_not_moderate(moderator, forum, May.MOD_APPROVE))
    with change() as this:
        held = waiting_text(held_id, forum)
        if held.author_id == moderator.id:
            refuse(
                Refusal(
                    _("This text is your own."), _("Another moderator or an administrator decides on it.")
                )
            )
        post = _posted(held, forum)
        decide(held, moderator, Held.State.APPROVED, post)
        this.record(HeldTextPosted(held=held.pk, post=post.pk, moderator=moderator.id or 0))
    return post


def withdraw_held(*, author: Actor, held_id: int) -> None:
    """Take back a text of one's own that waits. Raises Gone."""
    with change(is_visible=False):
        held = Held.objects.select_for_update().filter(id=held_id, author_id=author.id or 0).first()
        if held is None or held.state != Held.State.WAITING:
            raise Gone(_("This text does not wait any more."))
        decide(held, author, Held.State.WITHDRAWN)


def waiting_text(held_id: int, forum: Node) -> Held:
    """A text that waits in a forum, its row locked. Raises Gone."""
    held = Held.objects.select_for_update().filter(id=held_id, forum_id=forum.id).first()
    if held is None or held.state != Held.State.WAITING:
        raise Gone(_("Somebody else has decided on this text meanwhile."))
    return held


def decide(held: Held, decider: Actor, state: Held.State, post: Post | None = None) -> None:
    """Note what became of a text whose row is locked."""
    held.state, held.decider_id, held.decided_at = state, decider.id, now()
    if post is not None:
        held.post = post
    held.save(update_fields=["state", "decider", "decided_at", "post"])


def place_of_draft(held_id: int) -> str:
    """What the author's draft of a held text is kept under (`rostra/drafts`)."""
    held = Held.objects.get(id=held_id)
    if held.kind == Held.Kind.TOPIC:
        return f"forum:{held.forum_id}"
    return f"topic:{held.topic_id}" if held.kind == Held.Kind.REPLY else f"post:{held.post_id}"


def follow_topic(*, topic_id: int, to: int) -> None:
    """A topic was moved: its texts that wait are decided on where it is now."""
    with change(is_visible=False):
        Held.objects.filter(topic_id=topic_id).update(forum_id=to)


def follow_posts(*, source: int, target: int, forum: int, is_whole: bool) -> None:
    """Posts came into another topic: edits of them go there, and with all of a topic its replies: those that wait, and
    those that were refused, since that can be taken back."""
    with change(is_visible=False):
        waiting = Q(post__topic_id=target) | (Q(topic_id=source) if is_whole else Q())
        Held.objects.filter(waiting).update(topic_id=target, forum_id=forum)


def _posted(held: Held, forum: Node) -> Post:
    author = actor_of(User.objects.get(id=held.author_id))
    if not author.is_member:
        raise Gone(_("The account of its author was switched off meanwhile."))
    written = Written(held.source, held.markup, rendered_again(held.source, held.markup), was_held=True)
    if held.kind == Held.Kind.TOPIC:
        return begin_topic(author, held.forum_id, held.title, written)
    topic = locked_topic(held.topic_id or 0)
    if topic.forum_id != forum.id:
        raise Gone(_("This topic was moved to another forum meanwhile. Open it again."))
    if held.kind == Held.Kind.REPLY:
        return add_reply(author, topic, written)
    post = Post.objects.select_for_update().get(id=held.post_id or 0)
    if post.removed_at is not None or post.topic_id != topic.pk:
        raise Gone(_("The post that this text changes was removed."))
    if post.edit_count != held.base:
        raise Gone(_("The post was edited since this text was written: it would undo that."))
    change_post(author, topic, post, written, held.title or None, "")
    return post
