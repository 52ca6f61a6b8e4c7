"""The shape of a made board: how its posts fall into topics, forums and hands.

Topic sizes follow a power law with one very long topic; many topics are open at a time, so that the posts of a
topic lie scattered in the table, as they do on a board that lives. The same number of posts gives the same board.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from bench.texts import title
from rostra.kernel.text import slug

PAGE = 20
NORMAL = 60  # posts of the topics that stand for the ordinary ones
CATEGORIES, FORUMS, SUBFORUMS = 5, 15, 10
_OPEN_AT_ONCE = 200
_EVERY_NORMAL = 20


@dataclass(slots=True)
class TopicState:
    """A topic as of its last written post."""

    id: int
    forum_id: int
    title: str
    slug: str
    size: int
    author: int = 0
    created_at: str = ""
    position: int = 0
    last_post_id: int = 0
    last_post_at: str = ""
    last_author: int = 0
    last_text: int = 0
    is_stored: bool = False


def longest(posts: int) -> int:
    """How many posts the longest topic of a board gets: whole pages, at least five."""
    return max(-(-posts // 150 // PAGE) * PAGE, 5 * PAGE)


def members(posts: int) -> int:
    """How many people write on a board."""
    return max(posts // 190, 10)


def forum_ids() -> list[int]:
    """Forums that hold topics; categories come before them."""
    return list(range(CATEGORIES + 1, CATEGORIES + FORUMS + SUBFORUMS + 1))


class Shape:
    """Says, post after post, which topic the next one goes to, and who writes it."""

    def __init__(self, posts: int) -> None:
        self._posts, self._members = posts, members(posts)
        self._chance = random.Random(posts)
        self._forums = forum_ids()
        self._weights = list(accumulate(1 / (place + 1) for place in range(len(self._forums))))
        self._topics = 0
        self._cap = max(NORMAL, posts // 300)
        self.longest = self._open(longest(posts))
        self._unplanned = posts - self.longest.size

    def author(self) -> int:
        """A member's id; a few write most."""
        return 1 + int(self._members * self._chance.random() ** 2.5)

    def topics(self) -> Iterator[TopicState]:
        """The topic of each post, in order of time."""
        pool = [self._open(self._size()) for _ in range(_OPEN_AT_ONCE) if self._unplanned]
        left = [topic.size for topic in pool]
        every, left_of_longest = self._posts // self.longest.size, self.longest.size
        for number in range(self._posts):
            if left_of_longest and (number % every == every - 1 or not pool):
                left_of_longest -= 1
                yield self.longest
                continue
            slot = int(self._chance.random() * len(pool))
            topic = pool[slot]
            left[slot] -= 1
            if left[slot] == 0:
                self._replace(pool, left, slot)
            yield topic

    def _replace(self, pool: list[TopicState], left: list[int], slot: int) -> None:
        if self._unplanned:
            pool[slot] = self._open(self._size())
            left[slot] = pool[slot].size
            return
        pool[slot], left[slot] = pool[-1], left[-1]
        pool.pop()
        left.pop()

    def _size(self) -> int:
        drawn = NORMAL if self._topics % _EVERY_NORMAL == 0 else int(8 * self._chance.paretovariate(1.2))
        size = min(drawn, self._cap, self._unplanned)
        self._unplanned -= size
        return size

    def _open(self, size: int) -> TopicState:
        self._topics += 1
        words = title(self._chance)
        forum = (
            self._chance.choices(self._forums, cum_weights=self._weights)[0]
            if self._topics > 1
            else self._forums[0]
        )
        return TopicState(self._topics, forum, words, slug(words, "topic"), size)
