"""Topics as rows of a list, each made once for each state."""

from typing import Any

from django.conf import settings
from markupsafe import Markup

from rostra.forums.queries import Node
from rostra.reading.queries import FoundTopic
from rostra.topics.queries import ListedTopic
from rostra.web.fragments import Fragments, joined

_ROWS = Fragments("ui/topic_row.html")


def topic_rows(topics: list[ListedTopic], unread: set[int], *, chooses: bool = False) -> Markup:
    """Topics of one forum; `unread` holds the ids of those with something new. `chooses`: each has a box to tick."""
    per_page = settings.ROSTRA.posts_per_page
    return joined([_row(topic, topic.id in unread, per_page, None, chooses=chooses) for topic in topics])


def found_rows(found: list[FoundTopic], forums: dict[int, Node]) -> Markup:
    """Topics of many forums, each with the name of its forum."""
    per_page = settings.ROSTRA.posts_per_page
    return joined([_row(one.topic, one.is_unread, per_page, forums.get(one.topic.forum_id)) for one in found])


def _row(
    topic: ListedTopic, is_unread: bool, per_page: int, forum: Node | None, *, chooses: bool = False
) -> Markup:
    def context() -> dict[str, Any]:
        known = {"topic": topic, "is_unread": is_unread, "per_page": per_page, "forum": forum}
        return {**known, "chooses": chooses}

    return _ROWS.piece((topic, is_unread, per_page, forum, chooses), context)
