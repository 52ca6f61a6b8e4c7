"""Writes to the board itself."""

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rostra.board.events import TagDefined, TagDropped
from rostra.board.models import THE_BOARD, Board, CensoredWord, OwnTag, Stamp
from rostra.board.queries import MOST_CENSORED, profile
from rostra.board.queries import stamp as stamp_row
from rostra.board.tags import checked_hint, checked_sample, checked_tag
from rostra.kernel.changes import Change, change
from rostra.kernel.refusals import Invalid, Refusal, Refused
from rostra.kernel.text import is_visible, one_line
from rostra.markup.bbcode.own import MOST_TAGS
from rostra.markup.censoring import key_of

_COUNTS = ("posts", "topics", "members")
_LONGEST_WORD, _MOST_STARS, _STARS = 60, 2, "***"
_MOST_LINES = 2 * MOST_CENSORED  # that are read; the list has room for half of them


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


PROFILE_LENGTHS = {"name": 100, "short_name": 20, "tagline": 300, "read_only": 200}


def describe_board(*, name: str, short_name: str, tagline: str, language: str = "en") -> None:
    """Give the board its name. Raises Invalid by field."""
    said = {"name": one_line(name), "short_name": one_line(short_name), "tagline": one_line(tagline)}
    faults = {each: fault for each, text in said.items() if (fault := _why_not_say(each, text))}
    if faults:
        raise Invalid(**faults)
    with change(is_structural=True):
        Board.objects.filter(id=THE_BOARD).update(**said, language=language)


def close_for_writing(*, reason: str, is_asked: bool = False) -> None:
    """Make the board read-only: from now on every change is refused with this reason. Empty opens it again, unless
    `is_asked`: then it raises Invalid, as it does for a reason that cannot be kept."""
    said = one_line(reason)
    if is_asked and (fault := _why_not_say("read_only", said)):
        raise Invalid(read_only=fault)
    with change(is_structural=True, passes_gates=True):
        Board.objects.filter(id=THE_BOARD).update(read_only=said[: PROFILE_LENGTHS["read_only"]])


def _why_not_say(field: str, text: str) -> str:
    if "\0" in text:
        return _("The text holds NUL characters, which cannot be kept. Take them out.")
    if field != "tagline" and not is_visible(text):
        return _("This cannot be empty.")
    most = PROFILE_LENGTHS[field]
    if len(text) > most:
        return _("It has %(number)s characters; at most %(most)s are allowed. Shorten it.") % {
            "number": f"{len(text):,}", "most": most,
        }  # fmt: skip
    return ""


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
    good, put = one_line(word), one_line(instead.replace("\0", "")) or _STARS
    key = key_of(good)
    if fault := _why_not_censor(good):
        raise Invalid(word=fault)
    if len(put) > _LONGEST_WORD:
        raise Invalid(
            instead=_("At most %(most)s characters can stand in its place.") % {"most": _LONGEST_WORD}
        )
    with change(is_structural=True):
        list(Stamp.objects.select_for_update().filter(id=THE_BOARD))  # two at once are one after another
        known = CensoredWord.objects.filter(key=key).exists()
        if not known and CensoredWord.objects.count() >= MOST_CENSORED:
            raise Invalid(
                word=_("The list is full: %(most)s words. Take one away first.") % {"most": MOST_CENSORED}
            )
        CensoredWord.objects.update_or_create(key=key, defaults={"word": good, "instead": put})


def censor_words(*, lines: str) -> int:
    """Censor many words: one a line, with `=>` before what stands in its place. All or none; returns how many.

    Raises Invalid that names the lines.
    """
    faults, number = [], 0
    with change(is_structural=True), transaction.atomic():
        for place, line in enumerate(lines.splitlines()[:_MOST_LINES], 1):
            if not line.strip():
                continue
            word, _arrow, instead = line.partition("=>")
            try:
                censor_word(word=word, instead=instead)
            except Invalid as invalid:
                told = next(iter(invalid.faults.values()))
                faults.append(_("Line %(number)s: %(fault)s") % {"number": place, "fault": told})
            number += 1
        if faults:
            raise Invalid(lines=" ".join(faults[:5]))
    if not number:
        raise Invalid(lines=_("Type a word on each line."))
    return number


def show_word(*, word_id: int) -> None:
    """Show a censored word again."""
    with change(is_structural=True):
        CensoredWord.objects.filter(id=word_id).delete()


def _why_not_censor(word: str) -> str | None:
    if "\0" in word or not any(sign.isalnum() for sign in word):
        return _("Type a word; * in it stands for any letters.")
    if max(len(word), len(key_of(word)) // 4) > _LONGEST_WORD:  # one sign can become eighteen
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


def define_tag(
    *, usage: str, template: str, hint: str = "", sample: str = "", instead_of: str | None = None
) -> str:
    """Give the board a tag of its own, or change the one of the name `instead_of`; returns its name.

    Posts that hold it are rendered anew afterwards. Raises Invalid for what was typed, and when the name is taken,
    another than the changed tag's, or the board has as many tags as it may have.
    """
    tag = checked_tag(usage, template)
    values = {"template": tag.template, "hint": checked_hint(hint), "sample": checked_sample(sample)}
    if instead_of is not None and tag.name != instead_of:
        words = _(
            "The name stays [%(name)s], for posts are written with it. For another name define another tag."
        )
        raise Invalid(usage=words % {"name": instead_of})
    with change(is_structural=True) as this:
        known = OwnTag.objects.filter(name=tag.name).first()
        if instead_of is None:
            _refuse_another(tag.name, is_known=known is not None)
        means = None if known is None else (known.usage, known.template)
        OwnTag.objects.update_or_create(name=tag.name, defaults={"usage": tag.usage, **values})
        if means != (tag.usage, tag.template):
            this.record(TagDefined(name=tag.name))
    return tag.name


def _refuse_another(name: str, *, is_known: bool) -> None:
    if is_known:
        raise Invalid(
            usage=_("The board has a tag [%(name)s] already. Change that one, or choose another name.")
            % {"name": name}
        )
    if OwnTag.objects.count() >= MOST_TAGS:
        raise Invalid(
            usage=_("The board has %(most)s tags of its own, as many as it may have. Drop one first.")
            % {"most": MOST_TAGS}
        )


def drop_tag(*, name: str) -> bool:
    """Take a tag of the board's own away; returns whether there was one. Posts that hold it show it as it was typed."""
    with change(is_structural=True) as this:
        dropped, _kinds = OwnTag.objects.filter(name=name).delete()
        if dropped:
            this.record(TagDropped(name=name))
    return bool(dropped)
