"""A reader's filters, ready for use: who is ignored, and which topics lists leave out."""

from dataclasses import dataclass, field
from typing import Protocol

from rostra.filters.words import Words

ANNOUNCEMENT = 2


class Listed(Protocol):
    """What a filter needs to know of a topic."""

    @property
    def id(self) -> int: ...
    @property
    def forum_id(self) -> int: ...
    @property
    def author_id(self) -> int | None: ...
    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Sieve:
    """What one reader does not want to see. `members` has names by id; `forums` holds those below ignored ones too.

    `apart`: topics of which the mark of their forum may say nothing (`reading.TopicMark`); one too many does no harm.
    """

    reader_id: int | None = None
    members: dict[int, str] = field(default_factory=dict)
    forums: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    words: Words | None = None

    def leaves_out(self, topic: Listed, *, in_its_forum: bool = False) -> bool:
        """Does the reader not want this topic in lists?

        In the list of a forum itself, that the forum is ignored says nothing. Own topics and announcements are left
        out only when the reader ignores the very topic, or, elsewhere, its forum.
        """
        if topic.id in self.topics or (not in_its_forum and topic.forum_id in self.forums):
            return True
        if topic.kind == ANNOUNCEMENT or topic.author_id == self.reader_id:
            return False
        return topic.author_id in self.members or (self.words is not None and self.words.are_in(topic.title))


OPEN = Sieve()
