"""Conversations are begun, answered and closed; the member is told of what comes."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.board.queries import stamp
from rostra.forums.queries import Forest, Node, forest
from rostra.kernel.changes import Change, change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, Refusal, refuse
from rostra.kernel.text import is_visible, one_line, without_controls
from rostra.modmail import policy
from rostra.modmail.events import ConversationAnswered, ConversationBegun, ConversationClosed
from rostra.modmail.models import Conversation, Message
from rostra.modmail.queries import ConversationRow
from rostra.modmail.queries import conversation as conversation_row

LONGEST_SUBJECT, LONGEST_WORDS = 120, 5_000
MOST_OPEN = 3  # that a member began


class Letter(NamedTuple):
    """What somebody writes: `post` and `case` are the ids of what it is about, where there is such."""

    subject: str
    words: str
    post: int | None = None
    case: int | None = None


def write_to_member(*, moderator: Actor, member_id: int, forum: Node | None, letter: Letter) -> Message:
    """Begin a conversation as a moderator of a forum, without one of the board. Raises Refused, Invalid by field."""
    member = User.objects.filter(id=member_id).first()
    refuse(policy.why_not_write_to(moderator, member, forum, _tree()))
    good = _checked(letter)
    with change(is_visible=False) as this:
        about = {"member_id": member_id, "forum_id": forum.id if forum else None, "is_by_member": False}
        return _begin(this, moderator, good, about)


def write_to_moderators(*, member: Actor, forum: Node | None, letter: Letter) -> Message:
    """Begin a conversation with the moderators of a forum, without one with the administrators. Raises Refused, Invalid."""
    refuse(policy.why_not_begin(member))
    good = _checked(letter._replace(post=None, case=None))
    with change(is_visible=False) as this:
        User.objects.select_for_update().get(id=member.id or 0)  # two at once are one after another
        begun = Conversation.objects.filter(member_id=member.id or 0, is_by_member=True)
        if begun.exclude(state=Conversation.State.CLOSED).count() >= MOST_OPEN:
            told = _("%(most)s conversations that you began are open already.") % {"most": MOST_OPEN}
            refuse(Refusal(told, _("Go on in one of them, at /mail/, or wait until one is closed.")))
        about = {"member_id": member.id, "forum_id": forum.id if forum else None, "is_by_member": True}
        return _begin(this, member, good, about)


def answer(*, author: Actor, conversation_id: int, words: str) -> Message:
    """Write in a conversation, on the side that one is of; moderators open a closed one with that. Raises Refused, Invalid, Gone."""
    row = _found(conversation_id)
    refuse(policy.why_not_answer(author, row, _tree()))
    good = _checked_words(words)
    with change(is_visible=False) as this:
        locked = _locked(conversation_id)
        refuse(policy.why_not_answer(author, row._replace(state=locked.state), _tree()))
        message = _append(locked, author, good, is_by_member=policy.is_member_of(author, row))
        this.record(ConversationAnswered(conversation=conversation_id, message=message.pk))
    return message


def close(*, moderator: Actor, conversation_id: int) -> None:
    """Close a conversation; closed twice is closed. Raises Refused, Gone."""
    refuse(policy.why_not_close(moderator, _found(conversation_id), _tree()))
    with change(is_visible=False) as this:
        locked = _locked(conversation_id)
        if locked.state != Conversation.State.CLOSED:
            locked.state, locked.closer_name, locked.claimed_at = (
                Conversation.State.CLOSED,
                moderator.name,
                None,
            )
            locked.save(update_fields=["state", "closer_name", "claimed_at"])
            this.record(ConversationClosed(conversation=conversation_id))


def claim(*, moderator: Actor, conversation_id: int) -> None:
    """Say to other moderators that one is at it. Raises Refused, Gone."""
    refuse(policy.why_not_close(moderator, _found(conversation_id), _tree()))
    with change(is_visible=False):
        Conversation.objects.filter(id=conversation_id).update(claimer_name=moderator.name, claimed_at=now())


def note_read(*, member: Actor, conversation_id: int) -> None:
    """The member has read a conversation; the notice on pages goes when none is left unread."""
    with change(is_visible=False, passes_gates=True):
        own = Conversation.objects.filter(member_id=member.id or 0)
        own.filter(id=conversation_id).update(is_unseen=False)
        User.objects.filter(id=member.id or 0).update(has_unseen_mail=own.filter(is_unseen=True).exists())


def _begin(this: Change, author: Actor, letter: Letter, about: dict[str, Any]) -> Message:
    moment = now()
    begun = Conversation.objects.create(
        subject=letter.subject, post_id=letter.post, case_id=letter.case, begun_at=moment, last_at=moment, last_name=author.name,
        state=Conversation.State.WAITING, **about,
    )  # fmt: skip
    message = _append(begun, author, letter.words, is_by_member=about["is_by_member"])
    this.record(ConversationBegun(conversation=begun.pk))
    return message


def _append(locked: Conversation, author: Actor, words: str, *, is_by_member: bool) -> Message:
    """A further message of a conversation whose row is locked."""
    message = Message.objects.create(
        conversation=locked, author_id=author.id, author_name=author.name, is_by_member=is_by_member, words=words,
        sent_at=now(),
    )  # fmt: skip
    locked.last_at, locked.last_name, locked.claimed_at = message.sent_at, author.name, None
    locked.state = Conversation.State.WAITING if is_by_member else Conversation.State.ANSWERED
    locked.is_unseen = locked.is_unseen or not is_by_member
    locked.save(update_fields=["last_at", "last_name", "claimed_at", "state", "is_unseen"])
    if not is_by_member:
        User.objects.filter(id=locked.member_id).update(has_unseen_mail=True)
    return message


def _checked(letter: Letter) -> Letter:
    faults: dict[str, str] = {}
    subject, words = one_line(without_controls(letter.subject)), ""
    if not is_visible(subject):
        faults["subject"] = _("Say in a few words what it is about.")
    elif len(subject) > LONGEST_SUBJECT:
        faults["subject"] = _("It has %(number)s characters; at most %(most)s are allowed.") % {
            "number": len(subject),
            "most": LONGEST_SUBJECT,
        }
    try:
        words = _checked_words(letter.words)
    except Invalid as invalid:
        faults |= invalid.faults
    if faults:
        raise Invalid(**faults)
    return letter._replace(subject=subject, words=words)


def _checked_words(text: str) -> str:
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not is_visible(words):
        raise Invalid(words=_("Write something first."))
    if len(words) > LONGEST_WORDS:
        told = _("It has %(number)s characters; at most %(most)s are allowed. Shorten it.")
        raise Invalid(words=told % {"number": f"{len(words):,}", "most": f"{LONGEST_WORDS:,}"})
    return words


def _found(number: int) -> ConversationRow:
    row = conversation_row(number)
    if row is None:
        raise Gone(_("There is no such conversation."))
    return row


def _locked(number: int) -> Conversation:
    locked = Conversation.objects.select_for_update().filter(id=number).first()
    if locked is None:
        raise Gone(_("There is no such conversation."))
    return locked


def _tree() -> Forest:
    return forest(stamp().structure)
