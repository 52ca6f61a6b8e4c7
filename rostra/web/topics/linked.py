"""A topic's page as linked data: the opening post with the page's posts as its comments.

https://developers.google.com/search/docs/appearance/structured-data/discussion-forum says what is looked for. A later
page has the opening post too, with the address of the first page.
"""

from typing import Any

from rostra.board.queries import Profile
from rostra.forums.queries import Node
from rostra.kernel.text import excerpt
from rostra.markup import seen_words
from rostra.topics.queries import PostRow, TopicRow, posts_on_page
from rostra.web import addresses
from rostra.web.fragments import Pieces
from rostra.web.linked import counter, moment, person, to_json, trail
from rostra.web.showing import worded

# A longer text is cut: the whole of it stands in the same page.
MOST_CHARACTERS = 4000


def topic_linked(board: Profile, topic: TopicRow, forum: Node, posts: list[PostRow]) -> tuple[bytes, ...]:
    """Of a page of a topic with these posts."""
    openings = posts[:1] if posts and posts[0].position == 1 else posts_on_page(topic.id, 1, 1)
    if not openings:
        return (trail(board, forum, worded(topic.title)),)
    opening = openings[0]
    about = _OPENINGS.piece((*_state(opening), topic.id, topic.slug, topic.title), opening, topic)
    comments = b",".join([_COMMENTS.piece(_state(post), post) for post in posts if post.position != 1])
    replies, views = counter("CommentAction", topic.post_count - 1), counter("ViewAction", topic.view_count)
    told = b'%b,"interactionStatistic":[%b,%b],"comment":[%b]}' % (about[:-1], replies, views, comments)
    return told, trail(board, forum, worded(topic.title))


def _state(post: PostRow) -> tuple[Any, ...]:
    """All that is told of a post; a hash stands for the text."""
    return post.id, post.edit_count, post.parser_version, hash(post.html), post.author_name, post.account_name


def _comment(post: PostRow) -> bytes:
    return to_json({"@type": "Comment", "url": addresses.absolute(addresses.post(post.id)), **_told(post)})


def _opening(post: PostRow, topic: TopicRow) -> bytes:
    address = addresses.absolute(addresses.topic(topic.id, topic.slug))
    known = {
        "@type": "DiscussionForumPosting",
        "@id": address,
        "url": address,
        "headline": worded(topic.title),
    }
    return to_json({**known, **_told(post)})


def _told(post: PostRow) -> dict[str, Any]:
    text = worded(seen_words(post.html))
    told = {
        "text": text if len(text) <= MOST_CHARACTERS else excerpt(text, MOST_CHARACTERS),
        "author": person(post.author_name, post.account_name),
        "datePublished": moment(post.created_at),
    }
    return {**told, "dateModified": moment(post.edited_at)} if post.edited_at else told


_OPENINGS = Pieces(_opening)
_COMMENTS = Pieces(_comment, most=10_000)
