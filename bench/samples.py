"""In a board's own process: the pages that are compared between made boards of different sizes."""

from django.conf import settings

from bench.shapes import NORMAL
from rostra.forums.models import Forum
from rostra.kernel.paging import Key, page_of
from rostra.topics.models import Post, Topic
from rostra.web import addresses

_TOPICS = 15
_PERMALINKS = 30


def sample_pages() -> dict[str, list[str]]:
    """Addresses by kind of page; several of a kind where one would say little."""
    forum = Forum.objects.filter(kind=Forum.Kind.FORUM).order_by("-topic_count", "id")[0]
    long = Topic.objects.order_by("-post_count", "id")[0]
    normal = _spread(
        list(Topic.objects.filter(post_count=NORMAL, last_position=NORMAL).order_by("id")), _TOPICS
    )
    last, last_normal = _last_page(long), page_of(NORMAL, settings.ROSTRA.posts_per_page)
    middle, middle_normal = (last + 1) // 2, (last_normal + 1) // 2
    return {
        "index": ["/"],
        "forum, first page": [f"/f/{forum.pk}-{forum.slug}/"],
        "forum, deep page": [_deep(forum)],
        "longest topic, first page": [_page(long, 1)],
        "longest topic, middle": [_page(long, page) for page in (middle - 1, middle, middle + 1)],
        "longest topic, last page": [_page(long, last)],
        "topic, first page": [_page(topic, 1) for topic in normal],
        "topic, middle": [_page(topic, middle_normal) for topic in normal],
        "topic, last page": [_page(topic, last_normal) for topic in normal],
        "permalink": _permalinks(long),
    }  # fmt: skip


def _last_page(topic: Topic) -> int:
    return page_of(topic.last_position, settings.ROSTRA.posts_per_page)


def _page(topic: Topic, page: int) -> str:
    return addresses.topic(topic.pk, topic.slug, page)


def _deep(forum: Forum) -> str:
    """The page of the forum's list that begins in its middle."""
    topics = Topic.objects.filter(forum=forum, removed_at=None, kind=0).order_by("-last_post_at", "-id")
    topic = topics[forum.topic_count // 2]
    return f"/f/{forum.pk}-{forum.slug}/?before={Key(topic.last_post_at, topic.pk)}".replace("+", "%2B")


def _permalinks(topic: Topic) -> list[str]:
    """Posts of the longest topic, spread over it."""
    step = max(topic.last_position // _PERMALINKS, 1)
    posts = Post.objects.filter(topic=topic, position__in=range(1, topic.last_position + 1, step))
    return [f"/p/{post}" for post in posts.order_by("position").values_list("id", flat=True)]


def _spread(topics: list[Topic], number: int) -> list[Topic]:
    if not topics:
        raise LookupError(f"this board has no topic of {NORMAL} posts; it was not made by 'bench board'")
    return topics[:: max(len(topics) // number, 1)][:number]
