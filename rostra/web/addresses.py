"""Canonical addresses, written without the URL resolver: a page holds hundreds of them."""

from functools import lru_cache
from urllib.parse import quote

from django.conf import settings

from rostra.accounts.paths import page_of, segment


def absolute(path: str) -> str:
    """The public address of a path: for cards, canonical links and whatever leaves the board."""
    return f"{settings.SITE_URL}{path}"


@lru_cache(maxsize=8192)
def topic(topic_id: int, slug: str, page: int = 1) -> str:
    """A page of a topic; the first has no number."""
    base = f"/t/{topic_id}-{quote(slug)}/"
    return base if page == 1 else f"{base}?page={page}"


@lru_cache(maxsize=8192)
def forum(forum_id: int, slug: str) -> str:
    """A forum or category."""
    return f"/f/{forum_id}-{quote(slug)}/"


def post(post_id: int | None) -> str:
    """A post's permalink."""
    return f"/p/{post_id}"


def member(name: str) -> str:
    """A profile."""
    return page_of(name)


@lru_cache(maxsize=8192)
def by_one(topic_address: str, name: str) -> str:
    """One author's posts in a topic."""
    return f"{topic_address}by/{_named(name)}/"


def _named(name: str) -> str:
    return quote(segment(name), safe="")
