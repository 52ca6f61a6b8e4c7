"""The head of a topic's page: its card is made of the page's first post."""

from markupsafe import Markup

from rostra.board.queries import Profile
from rostra.forums.queries import Node
from rostra.kernel.clock import to_text
from rostra.markup import own_words
from rostra.topics.queries import PostRow, TopicRow
from rostra.web import addresses
from rostra.web.heads import Card, head
from rostra.web.showing import worded


def topic_head(
    board: Profile, topic: TopicRow, forum: Node, page: int, last_page: int, posts: list[PostRow]
) -> Markup:
    """Of a page of a topic."""
    first = posts[0] if posts else None
    words = (first.id, hash(first.html)) if first else None

    def card() -> Card:
        base = addresses.topic(topic.id, topic.slug)
        feeds = (
            (f"{base}feed/", worded(topic.title)),
            (f"{addresses.forum(forum.id, forum.slug)}feed/", forum.name),
        )
        return Card(
            kind="article",
            title=worded(topic.title),
            description=worded(own_words(first.html)) if first else "",
            path=addresses.topic(topic.id, topic.slug, page),
            feeds=feeds,
            more=(
                ("article:published_time", to_text(first.created_at if first else topic.created_at)),
                ("article:section", forum.name),
            ),
            previous=addresses.topic(topic.id, topic.slug, page - 1) if page > 1 else "",
            next=addresses.topic(topic.id, topic.slug, page + 1) if page < last_page else "",
        )

    return head(board, (topic.id, topic.slug, topic.title, forum, page, last_page, words), card)
