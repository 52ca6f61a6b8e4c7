"""The card beside a post that says who wrote it: made once for each state of its author."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.template import engines
from django.utils.translation import get_language
from markupsafe import Markup

from rostra.topics.queries import PostRow


class _Author(NamedTuple):
    author_id: int | None
    author_name: str
    title: str | None
    location: str | None
    joined_at: datetime | None
    post_count: int | None


def author_card(post: PostRow) -> Markup:
    """The card for a post's author, as the row has it: a change of name or count makes another card."""
    who = (post.author_id, post.author_name, post.title, post.location, post.joined_at, post.post_count)
    return _card(get_language(), *who)


@lru_cache(maxsize=8192)
def _card(_language: str | None, *who: int | str | datetime | None) -> Markup:
    html = engines["board"].get_template("topics/author.html").render({"post": _Author(*who)})  # type: ignore[arg-type]
    return Markup(html)  # noqa: S704 - made by our own template
