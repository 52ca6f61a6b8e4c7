"""Views of topics: counted in memory, written in one go every few seconds. A kill loses the last few."""

import logging
import re
from functools import lru_cache

from django.db import DatabaseError

from rostra.kernel.refusals import Refused
from rostra.topics.actions import add_views
from rostra.web.behind import WrittenBehind

logger = logging.getLogger(__name__)
SECONDS = 15
_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|wget|curl|python|scrapy|http-?client|headless", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def is_robot(browser: str) -> bool:
    """Does the browser's own name say that it is no person?"""
    return _ROBOT.search(browser) is not None


class ViewCounts(WrittenBehind):
    """Views, by topic."""

    def __init__(self) -> None:
        super().__init__("view-counts", SECONDS)
        self._seen: dict[int, int] = {}

    def count(self, topic_id: int, browser: str) -> None:
        """One view, unless the browser says that it is a robot."""
        if is_robot(browser[:200]):
            return
        with self._guard:
            self._seen[topic_id] = self._seen.get(topic_id, 0) + 1

    def flush(self) -> None:
        """Write what is buffered; what cannot be written now stays for the next time."""
        with self._guard:
            seen, self._seen = self._seen, {}
        if not seen:
            return
        try:
            add_views(views=seen)
        except (DatabaseError, Refused):
            logger.warning("views of %d topics could not be written yet", len(seen))
            with self._guard:
                for topic_id, number in seen.items():
                    self._seen[topic_id] = self._seen.get(topic_id, 0) + number


VIEWS = ViewCounts()
