"""In a board's own process: a member with a session, and pages that stand for all the others of their kind.

`python -m bench.visits` prints addresses and cookie as JSON. Pages are found by what the board keeps of them, so
that a board of another size has the same ones.
"""

import json
from datetime import UTC, datetime
from typing import TypedDict

import django

NAME = "Bench Reader"
FULL = 20
SAMPLES = 15


class Visits(TypedDict):
    """What to ask a board for, and as whom."""

    cookie: str
    index: str
    forum: str
    topic: str


def session_cookie() -> str:
    """The cookies of a member who has been here before: a session, and the CSRF secret.

    The member joined before every post, so that read marks are at work.
    """
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from rostra.accounts.actions import join
    from rostra.accounts.models import User
    from rostra.kernel.text import name_key

    user = User.objects.filter(name_key=name_key(NAME)).first()
    if user is None:
        user = join(name=NAME, email="", password=None, joined_at=datetime(1980, 1, 1, tzinfo=UTC))
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={'b' * 32}"


def forum_address() -> str:
    """The forum with the most topics."""
    from rostra.forums.models import Forum

    forum = Forum.objects.filter(kind=Forum.Kind.FORUM).order_by("-topic_count", "id").first()
    if forum is None or forum.topic_count == 0:
        raise LookupError("this board has no topics to measure")
    return f"/f/{forum.pk}-{forum.slug}/"


def topic_address() -> str:
    """A topic with a whole first page, of middling length in bytes."""
    from django.db.models import F, Sum
    from django.db.models.functions import Length

    from rostra.topics.models import Post, Topic

    whole = Topic.objects.filter(post_count=F("last_position"), post_count__gte=FULL, removed_at=None)
    topics = list(whole.order_by("id")[:SAMPLES])
    if not topics:
        raise LookupError(f"this board has no topic of {FULL} posts to measure")
    sizes = {
        topic.pk: Post.objects.filter(topic=topic, position__lte=FULL).aggregate(size=Sum(Length("html")))[
            "size"
        ]
        for topic in topics
    }
    middling = sorted(topics, key=lambda topic: int(sizes[topic.pk]))[len(topics) // 2]
    return f"/t/{middling.pk}-{middling.slug}/"


def visits() -> Visits:
    """One page of each kind, and the cookie."""
    return {"cookie": session_cookie(), "index": "/", "forum": forum_address(), "topic": topic_address()}


if __name__ == "__main__":
    django.setup()
    from rostra.web.assets import collect

    collect()
    print(json.dumps(visits()))
