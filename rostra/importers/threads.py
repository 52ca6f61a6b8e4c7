"""Importing discussions, one a line: {"forum", "title", "posts": [{"author", "date", "body", "reply_to"}]}.

Mailing lists and news groups look like this. A dotted forum name becomes a category and a forum in it. The
lines are turned into records of the board format, with new ids, and take the same way into the tables.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rostra.accounts.models import User
from rostra.forums.models import Forum
from rostra.importers.batches import Batch
from rostra.importers.fields import checked
from rostra.importers.reading import BadLine, Line, Progress
from rostra.importers.running import run_import
from rostra.kernel.text import excerpt, name_key, tidy_name
from rostra.topics.models import Post, Topic

BATCH = 100
TITLE_LENGTH = 200


def import_threads(path: Path, progress: Progress) -> Counter[str]:
    """Bring the discussions in; returns how many records this call imported. Raises BadLine."""
    return run_import(path, "threads", _write, batch=BATCH, progress=progress)


def _write(waiting: list[Line]) -> Counter[str]:
    batch, ids = Batch(), _Ids()
    for line in waiting:
        try:
            _check(line.record)
            for record in ids.records(line.record):
                batch.add(*checked(record))
        except ValueError as fault:
            raise BadLine(line.number, str(fault)) from None
    batch.write()
    return batch.counted


def _check(thread: dict[str, Any]) -> None:
    for name in ("forum", "title"):
        if not isinstance(thread.get(name), str):
            raise ValueError(f"{name}: a discussion needs it, as a text")
    posts = thread.get("posts")
    if not isinstance(posts, list) or not posts:
        raise ValueError("posts: a discussion needs a list of at least one")
    for post in posts:
        for name in ("author", "date", "body"):
            if not isinstance(post, dict) or not isinstance(post.get(name), str):
                raise ValueError(f"{name}: every post needs it, as a text")


class _Ids:
    """The next free ids, and the people and forums that are there."""

    def __init__(self) -> None:
        self._next = {model: _last_id(model) for model in (Forum, User, Topic, Post)}
        self._forums = {forum.name: forum.pk for forum in Forum.objects.all()}
        self._people: dict[str, int] = dict(User.objects.values_list("name_key", "id"))

    def records(self, thread: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Records of the board format for one discussion."""
        posts = sorted(thread["posts"], key=lambda post: str(post["date"]))
        forum_records, forum = self._forum(str(thread["forum"]))
        yield from forum_records
        topic = self._new(Topic)
        title = excerpt(thread["title"].replace("\0", ""), TITLE_LENGTH - 10)[:TITLE_LENGTH] or "(no title)"
        yield {"type": "topic", "id": topic, "forum": forum, "kind": "normal", "title": title}
        for post in posts:
            people, author = self._person(str(post["author"]), post["date"])
            yield from people
            yield {
                "type": "post", "id": self._new(Post), "topic": topic, "author": author, "created": post["date"],
                "markup": "plain", "body": post["body"].replace("\0", ""),
            }  # fmt: skip

    def _forum(self, name: str) -> tuple[list[dict[str, Any]], int]:
        made: list[dict[str, Any]] = []
        category = name.partition(".")[0] + ".*"
        if category not in self._forums:
            self._forums[category] = self._new(Forum)
            made.append(
                {
                    "type": "forum",
                    "id": self._forums[category],
                    "parent": None,
                    "kind": "category",
                    "name": category,
                }
            )
        if name not in self._forums:
            self._forums[name] = self._new(Forum)
            made.append(
                {
                    "type": "forum",
                    "id": self._forums[name],
                    "parent": self._forums[category],
                    "kind": "forum",
                    "name": name,
                }
            )
        return made, self._forums[name]

    def _person(self, name: str, joined: str) -> tuple[list[dict[str, Any]], int]:
        key = name_key(name)
        if key in self._people:
            return [], self._people[key]
        self._people[key] = self._new(User)
        return [
            {"type": "user", "id": self._people[key], "name": tidy_name(name)[:60], "joined": joined}
        ], self._people[key]

    def _new(self, model: Any) -> int:
        self._next[model] += 1
        return self._next[model]


def _last_id(model: Any) -> int:
    return model.objects.order_by("-id").values_list("id", flat=True).first() or 0
