"""Notes are written, and taken back."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.board.queries import stamp
from rostra.forums.queries import forest
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, refuse
from rostra.kernel.text import is_visible
from rostra.notes.models import MemberNote
from rostra.notes.policy import forums_of_notes, vanishes, why_not_read_notes, why_not_withdraw_note

LONGEST, MOST_NOTES = 2_000, 500  # characters of a note; notes about a member


def write_note(*, author: Actor, member_id: int, words: str, forum_id: int = 0) -> MemberNote:
    """Note something about a member; with a forum for those who may read there. Raises Refused, Invalid by field, Gone."""
    tree = forest(stamp().structure)
    refuse(why_not_read_notes(author, member_id, tree))
    good = words.replace("\r\n", "\n").replace("\0", "").strip()
    faults = {}
    if not is_visible(good):
        faults["words"] = _("Write the note first.")
    elif len(good) > LONGEST:
        faults["words"] = _("The note has %(number)s characters; at most %(most)s are allowed.") % {
            "number": f"{len(good):,}",
            "most": f"{LONGEST:,}",
        }
    if forum_id and forum_id not in {node.id for node in forums_of_notes(author, tree)}:
        faults["forum"] = _("Choose a forum in which you may write notes.")
    if faults:
        raise Invalid(**faults)
    with change(is_visible=False):
        if not User.objects.select_for_update().filter(id=member_id).exists():
            raise Gone(_("There is no such member any more."))
        if MemberNote.objects.filter(member_id=member_id).count() >= MOST_NOTES:
            told = _(
                "There are %(most)s notes about this member, as many as there may be. Take some back first."
            )
            raise Invalid(words=told % {"most": MOST_NOTES})
        return MemberNote.objects.create(
            member_id=member_id, author_id=author.id, author_name=author.name, forum_id=forum_id or None, words=good,
            written_at=now(),
        )  # fmt: skip


def withdraw_note(*, actor: Actor, note_id: int) -> None:
    """Take a note back: its author's is gone within a day; otherwise it stays, marked as withdrawn. Raises Refused, Gone."""
    tree = forest(stamp().structure)
    with change(is_visible=False):
        note = MemberNote.objects.select_for_update().filter(id=note_id).first()
        if note is None:
            raise Gone(_("This note was taken back already."))
        refuse(why_not_withdraw_note(actor, note, tree))
        if vanishes(note, actor):
            note.delete()
        elif note.withdrawn_at is None:
            MemberNote.objects.filter(id=note.pk).update(withdrawn_at=now())
