"""Writes of filters. No guest's page shows them: the board's version stays. The reader's own version moves."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.filters import policy
from rostra.filters.models import FilteredWord, IgnoredForum, IgnoredMember
from rostra.filters.queries import MOST_FORUMS, MOST_MEMBERS, MOST_TOPICS, MOST_WORDS, MemberToIgnore
from rostra.filters.words import KEY_LENGTH, LENGTH, tidy_word, word_key
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, Refusal, Refused, refuse
from rostra.reading import actions as reading
from rostra.reading.models import TopicMark


def ignore_member(*, reader: Actor, member: MemberToIgnore) -> None:
    """Fold a member's posts and leave the member's topics out of lists; twice is once. Raises Refused."""
    refuse(policy.why_not_ignore_member(reader, member))
    with change(is_visible=False):
        _move_version(reader.id or 0)
        IgnoredMember.objects.get_or_create(reader_id=reader.id, member_id=member.id)
        told = _("You ignore %(most)s members already, which is the most.") % {"most": MOST_MEMBERS}
        _refuse_above(IgnoredMember.objects.filter(reader_id=reader.id), MOST_MEMBERS, told)


def stop_ignoring_member(*, reader: Actor, member_id: int) -> None:
    """See a member again."""
    with change(is_visible=False):
        _move_version(reader.id or 0)
        IgnoredMember.objects.filter(reader_id=reader.id, member_id=member_id).delete()


def ignore_forum(*, reader: Actor, forum: Node) -> None:
    """Leave a forum, and those below it, out of lists; twice is once. Raises Refused."""
    refuse(policy.why_not_ignore_forum(reader, forum))
    with change(is_visible=False):
        _move_version(reader.id or 0)
        IgnoredForum.objects.get_or_create(reader_id=reader.id, forum_id=forum.id)
        told = _("You ignore %(most)s forums already, which is the most.") % {"most": MOST_FORUMS}
        _refuse_above(IgnoredForum.objects.filter(reader_id=reader.id), MOST_FORUMS, told)


def stop_ignoring_forum(*, reader: Actor, forum_id: int) -> None:
    """Have a forum in lists again."""
    with change(is_visible=False):
        _move_version(reader.id or 0)
        IgnoredForum.objects.filter(reader_id=reader.id, forum_id=forum_id).delete()


def ignore_topic(*, reader: Actor, topic_id: int) -> None:
    """Leave a topic out of lists; nothing in it is new any more. Twice is once. Raises Refused."""
    refuse(policy.why_not_filter(reader))
    with change(is_visible=False):
        _move_version(reader.id or 0)
        reading.ignore_topic(reader_id=reader.id or 0, topic_id=topic_id)
        ignored = TopicMark.objects.filter(
            reader_id=reader.id, standing__gt=0, standing=TopicMark.Standing.IGNORED
        )
        told = _("You ignore %(most)s topics already, which is the most.") % {"most": MOST_TOPICS}
        _refuse_above(ignored, MOST_TOPICS, told)


def stop_ignoring_topic(*, reader: Actor, topic_id: int) -> None:
    """Have a topic in lists again; what was unread in it is unread again."""
    with change(is_visible=False):
        _move_version(reader.id or 0)
        reading.stop_ignoring_topic(reader_id=reader.id or 0, topic_id=topic_id)


def filter_word(*, reader: Actor, text: str) -> str:
    """Leave topics out of lists whose title holds a word; returns it as it is shown. Twice is once.

    Raises Invalid for what is no word, Refused when there are too many.
    """
    refuse(policy.why_not_filter(reader))
    word = tidy_word(text)
    key = word_key(word)
    if fault := _fault_of(word, key):
        raise Invalid(word=fault)
    with change(is_visible=False):
        _move_version(reader.id or 0)
        FilteredWord.objects.get_or_create(reader_id=reader.id, key=key, defaults={"word": word})
        told = _("You filter %(most)s words already, which is the most.") % {"most": MOST_WORDS}
        _refuse_above(FilteredWord.objects.filter(reader_id=reader.id), MOST_WORDS, told)
    return word


def stop_filtering_word(*, reader: Actor, word_id: int) -> str:
    """Forget a word; returns it, or nothing when it was gone already."""
    with change(is_visible=False):
        _move_version(reader.id or 0)
        found = FilteredWord.objects.filter(reader_id=reader.id, id=word_id).first()
        if found is None:
            return ""
        found.delete()
    return found.word


def _fault_of(word: str, key: str) -> str:
    bare = key.removesuffix("*")
    if len(word) > LENGTH or len(key) > KEY_LENGTH:
        told = _("A word has at most %(most)s characters; this one has %(number)s.")
        return told % {"most": LENGTH, "number": len(word)}
    if not any(sign.isalnum() for sign in bare):
        return _("A word holds at least one letter or digit.")
    if "*" in bare:
        return _("A * stands at the end only: “elect*” finds “election” and “electoral”.")
    if key.endswith("*") and len(bare) == 1 and bare.isascii():
        return _("One letter and a * would find nearly every title. Give the word more letters.")
    return ""


def _move_version(reader_id: int) -> None:
    """First, so that two changes of one reader wait for each other."""
    User.objects.filter(id=reader_id).update(filters_version=F("filters_version") + 1)


def _refuse_above(
    kept: QuerySet[IgnoredMember] | QuerySet[IgnoredForum] | QuerySet[FilteredWord] | QuerySet[TopicMark],
    most: int,
    told: str,
) -> None:
    """Called when one has been added: raising takes it back."""
    if len(kept.values_list("pk")[: most + 1]) > most:
        raise Refused(Refusal(told, _("Remove some of them first: Settings, Filters.")))
