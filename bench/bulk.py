"""Rows into tables in bulk: COPY on PostgreSQL, prepared statements on SQLite."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from bench.shapes import TopicState
from bench.texts import Text

Row = Sequence[Any]
_POST = (
    "id", "topic_id", "author_id", "author_name", "position", "created_at", "edit_count", "editor_name",
    "edit_reason", "markup", "parser_version", "html", "source", "text", "facts",
)  # fmt: skip
_TOPIC = (
    "id", "forum_id", "author_id", "author_name", "title", "slug", "kind", "is_locked", "created_at", "post_count",
    "last_position", "view_count", "last_post_id", "last_post_at", "last_author_name", "last_excerpt",
)  # fmt: skip
_MOVE_TOPIC = """UPDATE topics_topic SET post_count = %s, last_position = %s, last_post_id = %s, last_post_at = %s,
    last_author_name = %s, last_excerpt = %s WHERE id = %s"""


def prepare_for_bulk() -> None:
    """On SQLite, no waiting for the disk and a larger cache while the board is made; a crash means making it again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -262144")


def settle() -> None:
    """What the database does by itself in the hours after a load: statistics on PostgreSQL, the log written back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)"
        )


def post_row(topic: TopicState, text: Text, author_name: str) -> Row:
    """The row of the post that a topic's state was moved to."""
    stored = text.stored
    return (
        topic.last_post_id, topic.id, topic.last_author, author_name, topic.position, topic.last_post_at, 0, "",
        "", "markdown", stored["parser_version"], stored["html"], text.source, stored["text"], stored["facts"],
    )  # fmt: skip


def store_topics(topics: Iterable[TopicState], names: list[str], texts: list[Text]) -> None:
    """Insert topics that are new, move the others on."""
    new: list[Row] = []
    moved: list[Row] = []
    for topic in topics:
        last = (
            topic.position, topic.position, topic.last_post_id, topic.last_post_at, names[topic.last_author],
            texts[topic.last_text].excerpt,
        )  # fmt: skip
        if topic.is_stored:
            moved.append((*last, topic.id))
            continue
        topic.is_stored = True
        first = (
            topic.id,
            topic.forum_id,
            topic.author,
            names[topic.author],
            topic.title,
            topic.slug,
            0,
            False,
        )
        new.append((*first, topic.created_at, *last[:2], topic.position * 40, *last[2:]))
    _insert("topics_topic", _TOPIC, new)
    with connection.cursor() as cursor:
        cursor.executemany(_MOVE_TOPIC, moved)


def store_posts(rows: list[Row]) -> None:
    """Insert posts."""
    _insert("topics_post", _POST, rows)


def _insert(table: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of ours
            return
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
