"""Exporting the whole board in Rostra's own format (docs/board-format.md): the same board, the same bytes."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol, cast

from rostra.accounts.models import User
from rostra.board.models import Board, CensoredWord, OwnTag
from rostra.exporters import people, ruling
from rostra.exporters.records import CHUNK, Record, slim, time
from rostra.forums.models import Forum, ForumModerators
from rostra.kernel.clock import to_text
from rostra.topics.models import Post, Revision, Topic

FORMAT = 2


class Progress(Protocol):
    """Whoever shows how far it is."""

    def show(self, done: float, total: float, records: int) -> None:
        """`done` of `total` records."""


def export_board(path: Path, progress: Progress) -> int:
    """Write every record to a file, which takes its name only when it is whole; returns how many."""
    total = Post.objects.count() + Topic.objects.count() + User.objects.count()
    new = path.with_name(path.name + ".part")
    number = 0
    with _opened(new, is_compressed=path.suffix == ".gz") as file:
        for number, record in enumerate(records(), 1):
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            if number % CHUNK == 0:
                progress.show(number, total, number)
    new.replace(path)
    return number


def records() -> Iterator[Record]:
    """Every record, each after those it refers to; fields that say nothing are left out."""
    for board in Board.objects.all():
        yield slim(
            {
                "type": "board",
                "format": FORMAT,
                "name": board.name,
                "short_name": board.short_name,
                "tagline": board.tagline,
                "language": board.language,
            }
        )
    for tag in OwnTag.objects.order_by("name"):
        values = {"usage": tag.usage, "template": tag.template, "hint": tag.hint, "sample": tag.sample}
        yield slim({"type": "tag", **values})
    for word in CensoredWord.objects.order_by("key"):
        yield {"type": "censored", "word": word.word, "instead": word.instead}
    yield from people.groups()
    yield from people.people()
    yield from people.memberships()
    yield from _forums()
    yield from people.rights()
    yield from ruling.rules()
    yield from _topics()
    yield from _posts()
    yield from _revisions()
    yield from ruling.marks()
    yield from ruling.held_texts()
    yield from ruling.cases()
    yield from ruling.reports()


def _forums() -> Iterator[Record]:
    groups: dict[int, list[int]] = {}
    for forum_id, group_id in ForumModerators.objects.order_by("id").values_list("forum_id", "group_id"):
        groups.setdefault(forum_id, []).append(group_id)
    for forum in _in_order(list(Forum.objects.order_by("place", "id"))):
        record = slim({
            "type": "forum", "id": forum.pk, "kind": forum.kind, "name": forum.name, "description": forum.description,
            "rules": forum.rules, "link": forum.link, "closed": forum.is_closed, "password": forum.password, "own_rules_only": not forum.inherits_rules,
            "moderator_groups": groups.get(forum.pk, []),
        })  # fmt: skip
        yield {"type": "forum", "id": forum.pk, "parent": forum.parent_id, **record}


def _in_order(forums: list[Forum]) -> Iterator[Forum]:
    """Each before those below it."""
    below: dict[int | None, list[Forum]] = {}
    for forum in forums:
        below.setdefault(forum.parent_id, []).append(forum)
    waiting = below.get(None, [])[::-1]
    while waiting:
        forum = waiting.pop()
        yield forum
        waiting += below.get(forum.pk, [])[::-1]


def _topics() -> Iterator[Record]:
    for topic in Topic.objects.order_by("id").iterator(CHUNK):
        yield slim({
            "type": "topic", "id": topic.pk, "forum": topic.forum_id, "kind": topic.get_kind_display(),
            "title": topic.title, "locked": topic.is_locked, "views": topic.view_count, "removed": time(topic.removed_at),
            "moved": time(topic.moved_at), "merged": topic.merged_post_id, "slow": topic.slow_seconds, "slow_until": time(topic.slow_until),
        })  # fmt: skip


def _posts() -> Iterator[Record]:
    """By topic and position: a post's place in its topic decides its order in the file."""
    names = dict(User.objects.values_list("id", "name"))
    for post in Post.objects.order_by("topic_id", "position").defer("html").iterator(CHUNK):
        has_own_name = post.author_id is None or names[post.author_id] != post.author_name
        record = slim({
            "position": post.position, "author_name": post.author_name if has_own_name else "",
            "created": to_text(post.created_at), "markup": post.markup, "edited": time(post.edited_at),
            "edits": post.edit_count, "editor": post.editor_name, "reason": post.edit_reason, "removed": time(post.removed_at),
        })  # fmt: skip
        yield {
            "type": "post",
            "id": post.pk,
            "topic": post.topic_id,
            "author": post.author_id,
            **record,
            "body": post.source,
        }


def _revisions() -> Iterator[Record]:
    for revision in Revision.objects.order_by("post_id", "number").iterator(CHUNK):
        record = slim({"title": revision.title, "writer": revision.writer_name, "reason": revision.reason})
        yield {
            "type": "revision", "post": revision.post_id, "number": revision.number, "markup": revision.markup,
            "written": to_text(revision.written_at), **record, "body": revision.source,
        }  # fmt: skip


def _opened(path: Path, *, is_compressed: bool) -> IO[bytes]:
    """No time of writing in the compressed file: the same board gives the same bytes."""
    if not is_compressed:
        return path.open("wb")
    return cast("IO[bytes]", gzip.GzipFile("", "wb", 6, path.open("wb"), mtime=0))
