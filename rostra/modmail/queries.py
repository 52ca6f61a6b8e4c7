"""Reads of conversations, in pages."""

from datetime import datetime, timedelta
from typing import NamedTuple

from rostra.kernel.clock import now
from rostra.kernel.paging import Key
from rostra.kernel.statements import Statement, listed

MOST = 30
NEWEST = 2**62
CLAIMED_FOR = timedelta(minutes=30)
BOARD = 0  # in lists of forums: those with the administrators
FIRST = Key(datetime.fromisoformat("1970-01-01T00:00:00+00:00"), 0)
LAST = Key(datetime.fromisoformat("9000-01-01T00:00:00+00:00"), NEWEST)


class ConversationRow(NamedTuple):
    """A conversation with its member."""

    id: int
    member_id: int
    member_name: str
    forum_id: int | None
    post_id: int | None
    case_id: int | None
    subject: str
    is_by_member: bool
    state: int
    begun_at: datetime
    last_at: datetime
    last_name: str
    is_unseen: bool
    claimer_name: str
    claimed_at: datetime | None
    closer_name: str

    @property
    def is_claimed(self) -> bool:
        """Is somebody at it now?"""
        return self.claimed_at is not None and now() - self.claimed_at < CLAIMED_FOR

    @property
    def key(self) -> Key:
        """Its place in the lists of moderators."""
        return Key(self.last_at, self.id)


class MessageRow(NamedTuple):
    """What somebody wrote."""

    id: int
    author_id: int | None
    author_name: str
    is_by_member: bool
    words: str
    sent_at: datetime


_FIELDS = """c.id, c.member_id, u.name, c.forum_id, c.post_id, c.case_id, c.subject, c.is_by_member, c.state, c.begun_at, c.last_at,
    c.last_name, c.is_unseen, c.claimer_name, c.claimed_at, c.closer_name"""
_FROM = "FROM modmail_conversation c JOIN accounts_user u ON u.id = c.member_id"
_IN_FORUMS = "c.member_id <> %s AND %s LIKE '%%,' || COALESCE(c.forum_id, 0) || ',%%'"
_ONE = Statement(
    "modmail.conversation", ConversationRow, f"SELECT {_FIELDS} {_FROM} WHERE c.id = %s", sample=[1]
)
_OWN = Statement(
    "modmail.of_member",
    ConversationRow,
    f"SELECT {_FIELDS} {_FROM} WHERE c.member_id = %s AND c.id < %s ORDER BY c.id DESC LIMIT {MOST + 1}",
    sample=[1, NEWEST],
)
_LONGEST = Statement(
    "modmail.waiting_longest",
    ConversationRow,
    f"""SELECT {_FIELDS} {_FROM} WHERE c.state = %s AND (c.last_at, c.id) > (%s, %s) AND {_IN_FORUMS}
        ORDER BY c.last_at, c.id LIMIT {MOST + 1}""",
    sample=[0, FIRST.moment, 0, 1, ",1,"],
)
_LATEST = Statement(
    "modmail.latest",
    ConversationRow,
    f"""SELECT {_FIELDS} {_FROM} WHERE c.state = %s AND (c.last_at, c.id) < (%s, %s) AND {_IN_FORUMS}
        ORDER BY c.last_at DESC, c.id DESC LIMIT {MOST + 1}""",
    sample=[1, LAST.moment, NEWEST, 1, ",1,"],
)
_MESSAGES = Statement(
    "modmail.messages",
    MessageRow,
    f"""SELECT id, author_id, author_name, is_by_member, words, sent_at FROM modmail_message
        WHERE conversation_id = %s AND id < %s ORDER BY id DESC LIMIT {MOST + 1}""",
    sample=[1, NEWEST],
)


def conversation(number: int) -> ConversationRow | None:
    """A conversation."""
    return _ONE.first(number)


def conversations_of(member_id: int, before: int = NEWEST) -> list[ConversationRow]:
    """A member's conversations, the newest first; one more than a page, to know of more."""
    return _OWN.all(member_id, min(before, NEWEST))


def waiting_longest(forum_ids: list[int], reader: int, after: Key = FIRST) -> list[ConversationRow]:
    """Those of these forums that wait for moderators, the longest first, none of the reader's own; one more than a page."""
    return _LONGEST.all(0, after.moment, after.id, reader, listed(forum_ids))


def latest(forum_ids: list[int], reader: int, state: int, before: Key = LAST) -> list[ConversationRow]:
    """Those of these forums in a state, by their last word, none of the reader's own; one more than a page."""
    return _LATEST.all(state, before.moment, before.id, reader, listed(forum_ids))


def messages_of(number: int, before: int = NEWEST) -> list[MessageRow]:
    """The newest messages of a conversation with ids below `before`, the newest first; one more than a page."""
    return _MESSAGES.all(number, min(before, NEWEST))
