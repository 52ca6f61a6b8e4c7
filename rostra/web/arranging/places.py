"""Where posts may go: forums to choose from, and a topic that somebody typed or pasted the address of."""

import re

from django.http import Http404
from django.utils.translation import gettext as _

from rostra.forums.queries import Node
from rostra.kernel.refusals import Invalid, Refused
from rostra.topics import policy, queries
from rostra.topics.queries import TopicRow
from rostra.web.loading import number_from, topic_at
from rostra.web.requests import Request, forest_of

LONGEST = 300
_ADDRESS = re.compile(r"(?:^|/)(?P<kind>[tp])/(?P<number>[0-9]{1,18})(?![0-9])")


def forums_for(request: Request, forum: Node) -> list[Node]:
    """The forums that posts of this one may go to, in the order of the tree."""
    tree = forest_of(request)
    return [
        node
        for node in tree.by_id.values()
        if node.kind == "forum" and policy.why_not_split(request.actor, forum, node) is None
    ]


def topic_typed(request: Request, text: str) -> tuple[TopicRow, Node]:
    """The topic that a number, or the address of it or of one of its posts, stands for. Raises Invalid."""
    typed = text.strip()
    found = _ADDRESS.search(typed)
    number = found["number"] if found else typed
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Invalid(into=_("Give the number of a topic, or copy its address: …/t/123-its-title/."))
    try:
        if found and found["kind"] == "p":
            place = queries.place_of(number_from(number, "post"))
            number = str(place.topic_id) if place else number
        return topic_at(request, number, follows=True)
    except (Http404, Refused):
        raise Invalid(into=_("There is no topic %(number)s.") % {"number": number}) from None
