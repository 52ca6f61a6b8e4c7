"""Writes to topics and posts: one verb, one transaction, one event. The policy is asked inside."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.policy import may
from rostra.forums.queries import Node
from rostra.houserules.counting import note_hits
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, refuse
from rostra.permissions.capabilities import NOTHING, May
from rostra.topics import policy
from rostra.topics.counts import Written
from rostra.topics.events import TopicArranged
from rostra.topics.holding import Waits, held_before, hold_text
from rostra.topics.judging import NO_ANSWER, NOTHING_SAID, Answer, Judged, Judgement, Text, judge_text
from rostra.topics.models import Held, Post, Submission, Topic
from rostra.topics.pacing import why_not_yet
from rostra.topics.queries import TopicRow
from rostra.topics.texts import (
    check_own_words,
    checked_body,
    checked_reason,
    checked_rendering,
    checked_title,
)
from rostra.topics.writing import add_reply, begin_topic, change_post, locked_topic


class Conflict(Exception):
    """Somebody changed the post since the editor was opened: both texts must be seen before one is kept."""


class Overtaken(Exception):
    """Others replied since the editor was opened: their posts should be read first."""


def post_topic(
    *, author: Actor, forum: Node, title: str, body: str, token: str = "", answer: Answer = NO_ANSWER
) -> Post:
    """Begin a topic. The same token by the same author again returns the post it made.

    Raises Refused by policy, Invalid when title or body cannot be taken, Judged by house rules, Waits when a moderator
    looks at it first.
    """
    refuse(policy.why_not_post_topic(author, forum))
    good_title, source = checked_title(title), checked_body(body)
    seal = _sealed(token, forum.id, good_title, source)
    return _once(author, seal, lambda: _begin(author, forum, good_title, source, seal, answer))


def _begin(author: Actor, forum: Node, title: str, source: str, token: str, answer: Answer) -> Post:
    text = Text("topic", source, settings.ROSTRA.markup, title, is_opening=True)
    written = _checked(text)
    judgement = _judged(author, forum, text, token, answer)
    with change():
        made = _made_before(author, token)
        if made is not None:
            return made
        post = begin_topic(author, forum.id, title, written)
        _count(author, forum, text, judgement)
        _remember(author, token, post)
    return post


def post_reply(
    *,
    author: Actor,
    topic: TopicRow,
    forum: Node,
    body: str,
    token: str = "",
    base: int | None = None,
    answer: Answer = NO_ANSWER,
) -> Post:
    """Reply to a topic. The same token by the same author again returns the post it made.

    `base` is the newest position that the author has seen. Raises Overtaken when others have posted behind it,
    Refused by policy (asked again with the topic's row locked; `begins_at` where a topic is slow), Invalid when the
    body cannot be taken, Gone when the topic was removed meanwhile, Judged by house rules, Waits when a moderator
    looks at it first.
    """
    refuse(policy.why_not_take_part(author, topic, forum))
    source = checked_body(body)
    seal = _sealed(token, topic.id, source)
    made = _made_before(author, seal)
    text = Text("reply", source, settings.ROSTRA.markup, topic=topic)
    return made or _once(author, seal, lambda: _reply(author, topic, forum, text, seal, base, answer))


def _reply(
    author: Actor, topic: TopicRow, forum: Node, text: Text, token: str, base: int | None, answer: Answer
) -> Post:
    refuse(why_not_yet(author, topic, forum))
    written = _checked(text)
    judgement = _judged(author, forum, text, token, answer)
    with change():
        made = _made_before(author, token)
        if made is not None:
            return made
        row = locked_topic(topic.id)
        seen = topic._replace(
            is_locked=row.is_locked, slow_seconds=row.slow_seconds, slow_until=row.slow_until
        )
        refuse(policy.why_not_reply(author, seen, forum))
        if base is not None and _others_posted(row, base, author):
            raise Overtaken
        post = add_reply(author, row, written)
        _count(author, forum, text, judgement)
        _remember(author, token, post)
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
    answer: Answer = NO_ANSWER,
    token: str = "",
) -> Post:
    """Change a post, and with the opening post the title; what it said before is kept as a revision.

    `base` is the number of edits that the editor knows of: Conflict is raised when there are more. Raises Refused by
    policy, Invalid for what was typed, Gone when the post was removed meanwhile; when the author changes the text, Judged
    and Waits as `post_reply` does, of the same token with the same text.
    """
    source, good_reason = checked_body(body), checked_reason(reason)
    good_title = checked_title(title) if title is not None else None
    known = Post.objects.get(id=post_id, topic_id=topic.id)
    is_opening = known.position == 1
    text = Text("edit", source, known.markup, good_title or "", topic, is_opening=is_opening, post=post_id)
    written = _checked(text, asks_own_words=source != known.source)
    is_changed = source != known.source or (good_title is not None and good_title != topic.title)
    judgement = NOTHING_SAID
    if is_changed and known.author_id == editor.id:
        refuse(policy.why_not_edit(editor, known, topic, forum, has_begun=True))
        judgement = _judged(editor, forum, text, _sealed(token, post_id, good_title, source), answer)
    with change():
        row, post = _editable(editor, post_id, topic, forum)
        renames = good_title is not None and post.position == 1 and good_title != row.title
        if source != post.source or renames:
            if base is not None and base != post.edit_count:
                raise Conflict
            change_post(editor, row, post, written, good_title, good_reason)
            _count(editor, forum, text, judgement)
    return post


def _editable(editor: Actor, post_id: int, topic: TopicRow, forum: Node) -> tuple[Topic, Post]:
    """A post and its topic, their rows locked, when they can still be changed. Raises Gone and Refused."""
    row = Topic.objects.select_for_update().get(id=topic.id)
    post = Post.objects.select_for_update().get(id=post_id, topic_id=topic.id)
    if post.removed_at is not None or row.removed_at is not None:
        raise Gone(_("This post was removed while you were writing."))
    seen = topic._replace(is_locked=row.is_locked)
    refuse(policy.why_not_edit(editor, post, seen, forum, has_begun=True))
    return row, post


def _checked(text: Text, *, asks_own_words: bool = True) -> Written:
    """A text with what it is shown as. Raises Invalid."""
    rendered = checked_rendering(text.source, text.markup)
    if asks_own_words:
        check_own_words(rendered)
    return Written(text.source, text.markup, rendered)


def _judged(author: Actor, forum: Node, text: Text, token: str, answer: Answer) -> Judgement:
    """What the rules say. Raises Judged, or Waits when the text is held for a moderator: then it is kept already."""
    judgement = judge_text(author, forum, text)
    try:
        must_wait = judgement.must_wait(answer)
    except Judged:
        _count(author, forum, text, judgement)
        raise
    if may(author, forum, May.MOD_APPROVE):
        must_wait = judgement.is_contested(answer)  # nobody decides that a rule is wrong about their own text
    elif not may(author, forum, May.SKIP_APPROVAL):
        must_wait = True
    if must_wait:
        raise Waits(_held(author, forum, text, token, judgement, answer))
    return judgement


def _held(author: Actor, forum: Node, text: Text, token: str, judgement: Judgement, answer: Answer) -> Held:
    """Keep a text for a moderator, and count it; the same form sent again is neither kept nor counted again."""
    try:
        with change(is_visible=False):
            if held_before(author, text, token) is None:
                _count(author, forum, text, judgement)
            return hold_text(
                author=author, forum=forum, text=text, token=token, judgement=judgement, answer=answer
            )
    except (
        IntegrityError
    ):  # of two equal forms at the same moment, the later one finds the text of the earlier
        held = held_before(author, text, token)
        if held is None:
            raise
        return held


def _count(author: Actor, forum: Node, text: Text, judgement: Judgement) -> None:
    """Note what the rules said of a text that was sent: of the same text in the same place once."""
    if judgement.verdict.asked:
        where = (text.kind, forum.id, text.topic.id if text.topic else 0, text.post or 0)
        which = repr((*where, text.title, text.source))
        note_hits(verdict=judgement.verdict, rules=judgement.rules, author=author.id, text=which)


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
