"""Writes to the board itself."""

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from rostra.board.models import THE_BOARD, Board, CensoredWord, Stamp
from rostra.board.queries import MOST_CENSORED, profile
from rostra.board.queries import stamp as stamp_row
from rostra.kernel.changes import Change, change
from rostra.kernel.refusals import Invalid, Refusal, Refused
from rostra.kernel.text import folded, one_line

_COUNTS = ("posts", "topics", "members")
_LONGEST_WORD, _MOST_STARS, _STARS = 60, 2, "***"


def stamp(this: Change) -> None:
    """Move the board's version on: the last statement of every visible change."""
    if not this.is_visible and not this.tallies:
        return
    moves = {
        "content": 1,
        "structure": int(this.is_structural),
        **{name: this.tallies[name] for name in _COUNTS},
    }
    terms = ", ".join(f"{name} = {name} + {int(step)}" for name, step in moves.items() if step)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE board_stamp SET {terms} WHERE id = 1")  # noqa: S608 - column names and integers of ours


def describe_board(*, name: str, short_name: str, tagline: str, language: str = "en") -> None:
    """Give the board its name."""
    with change(is_structural=True):
        Board.objects.filter(id=THE_BOARD).update(
            name=name, short_name=short_name, tagline=tagline, language=language
        )


def close_for_writing(*, reason: str) -> None:
    """Make the board read-only: from now on every change is refused with this reason. Empty opens it again."""
    with change(is_structural=True, passes_gates=True):
        Board.objects.filter(id=THE_BOARD).update(read_only=one_line(reason)[:200])


def refuse_when_closed() -> None:
    """The gate of every change. Raises Refused while the board is read-only."""
    reason = profile(stamp_row().structure).read_only
    if reason:
        told = _("The board is read-only for now: %(reason)s") % {"reason": reason}
        raise Refused(
            Refusal(told, _("You can read everything. Keep what you have typed and try again later."))
        )


def greet_newest_member(name: str) -> None:
    """Remember who joined last, for the board's statistics."""
    Stamp.objects.filter(id=THE_BOARD).update(newest_member=name)


def recount(*, posts: int, topics: int, members: int, newest_member: str) -> None:
    """Set the kept counts, after a bulk load."""
    with change(is_structural=True):
        Stamp.objects.filter(id=THE_BOARD).update(
            posts=posts, topics=topics, members=members, newest_member=newest_member, content=F("content") + 1
        )


def censor_word(*, word: str, instead: str = "") -> None:
    """Show a word no more; of one that is censored already, change what stands in its place.

    `*` in the word is any run of letters and digits. Raises Invalid when the word cannot be taken.
    """
    good, put = one_line(word), one_line(instead) or _STARS
    key = folded(good)
    if fault := _why_not_censor(good):
        raise Invalid(word=fault)
    if len(put) > _LONGEST_WORD:
        raise Invalid(
            instead=_("At most %(most)s characters can stand in its place.") % {"most": _LONGEST_WORD}
        )
    with change(is_structural=True):
        known = CensoredWord.objects.filter(key=key)
        if not known.update(word=good, instead=put):
            if CensoredWord.objects.count() >= MOST_CENSORED:
                raise Invalid(
                    word=_("The list is full: %(most)s words. Take one away first.") % {"most": MOST_CENSORED}
                )
            CensoredWord.objects.create(word=good, key=key, instead=put)


def show_word(*, word_id: int) -> None:
    """Show a censored word again."""
    with change(is_structural=True):
        CensoredWord.objects.filter(id=word_id).delete()


def _why_not_censor(word: str) -> str | None:
    if not any(sign.isalnum() for sign in word):
        return _("Type a word; * in it stands for any letters.")
    if len(word) > _LONGEST_WORD:
        return _("The word has %(number)s characters; at most %(most)s are allowed.") % {
            "number": len(word),
            "most": _LONGEST_WORD,
        }
    if word.count("*") > _MOST_STARS:
        return _("A word can hold %(most)s stars at most.") % {"most": _MOST_STARS}
    return None


def note_parser_version(*, version: int) -> None:
    """Note that every post was rendered by this version of the parser, or a later one."""
    with change(is_visible=False):
        Board.objects.filter(id=THE_BOARD).update(parser_version=version)
