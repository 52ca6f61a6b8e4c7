"""Absolute addresses and the ids of feeds and entries, which stay when everything else about a thing changes."""

from urllib.parse import quote, urlsplit

from django.conf import settings

from rostra.accounts.paths import segment

_FIRST_YEAR = 2026


def absolute(path: str) -> str:
    """The public address of a path that is not quoted yet."""
    return str(settings.SITE_URL) + quote(path)


def member(name: str) -> str:
    """The path of a profile, not quoted."""
    return f"/u/{segment(name)}/"


def tag(what: str, number: int | None = None) -> str:
    """The id of a feed or an entry, a tag URI (RFC 4151).

    It holds the host of the board. `feed_authority` keeps it as it was when the board moves to another host.
    """
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    authority = settings.ROSTRA.feed_authority or f"{host},{_FIRST_YEAR}"
    return f"tag:{authority}:{what}" if number is None else f"tag:{authority}:{what}/{number}"
