"""The demo board: its content, written for this project, through the importer that every board takes."""

import json
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from rostra.accounts.actors import actor_of
from rostra.accounts.models import User
from rostra.demo.reading import DemoTopic, read_topic
from rostra.houserules.actions import lay_down_rule
from rostra.houserules.queries import rules_of
from rostra.importers.board import import_board
from rostra.importers.models import ImportRun
from rostra.importers.reading import Progress

CONTENT = Path(__file__).parent / "content"
PASSWORD = "rostra-demo"  # noqa: S105 - printed at the start; the demo is for one's own machine
ACCOUNTS = ("admin", "moderator", "member")


def make_demo(progress: Progress) -> Counter[str]:
    """Fill an empty board with the demo content; a board that has people is left alone."""
    if User.objects.exists() and not ImportRun.objects.filter(is_finished=False).exists():
        return Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.jsonl"
        path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in demo_records()))
        done = import_board(path, progress)
    _lay_down_rules()
    return done


def _lay_down_rules() -> None:
    """The rules of the demo board, by its administrator."""
    rules = tomllib.loads((CONTENT / "board.toml").read_text())["house_rules"]
    admin = actor_of(User.objects.get(name="admin"))
    for rule in rules if not rules_of(None) else []:
        lay_down_rule(author=admin, forum=None, text=rule["text"])


def demo_records() -> Iterator[dict[str, Any]]:
    """The demo board in the board format."""
    board = tomllib.loads((CONTENT / "board.toml").read_text())
    yield {"type": "board", "format": 2, **board["board"]}
    groups = {group["name"]: number for number, group in enumerate(board["groups"], 1)}
    people = {person["name"]: number for number, person in enumerate(board["people"], 1)}
    yield from ({"type": "group", "id": number, "name": name} for name, number in groups.items())
    yield from _people(board["people"])
    for group in board["groups"]:
        yield from (
            {"type": "membership", "group": groups[group["name"]], "user": people[name]}
            for name in group["members"]
        )
    forums = {forum["key"]: number for number, forum in enumerate(board["forums"], 1)}
    yield from (_forum(forum, forums, groups) for forum in board["forums"])
    yield from _discussions(forums, people)


def _people(people: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    hashed = make_password(
        PASSWORD, salt="rostra-demo-board"
    )  # the same each time, so that a stopped import goes on
    for number, person in enumerate(people, 1):
        record = {
            "type": "user",
            "id": number,
            "joined": f"{2014 + number % 11}-{number % 12 + 1:02}-0{number % 9 + 1}T09:00:00Z",
            **person,
        }
        if person["name"] in ACCOUNTS:
            record |= {
                "password": hashed,
                "email": f"{person['name']}@example.org",
                "admin": person["name"] == "admin",
            }
        yield record


def _forum(forum: dict[str, Any], ids: dict[str, int], groups: dict[str, int]) -> dict[str, Any]:
    optional: dict[str, Any] = {
        name: forum[name] for name in ("description", "rules", "link") if name in forum
    }
    moderators = [groups[name] for name in forum.get("moderators", [])]
    return {
        "type": "forum", "id": ids[forum["key"]], "parent": ids[forum["parent"]] if "parent" in forum else None,
        "kind": forum.get("kind", "forum"), "name": forum["name"], **optional, "moderator_groups": moderators,
    }  # fmt: skip


def _discussions(forums: dict[str, int], people: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Topics in the order they began; post numbers in the order of time over all of them, as on a real board."""
    topics = sorted(
        (read_topic(path) for path in (CONTENT / "topics").glob("*.md")), key=lambda topic: topic.posts[0].at
    )
    order = sorted(
        (post.at, number, position)
        for number, topic in enumerate(topics)
        for position, post in enumerate(topic.posts)
    )
    ids = {(number, position): post_id for post_id, (_, number, position) in enumerate(order, 1001)}
    for number, topic in enumerate(topics):
        yield _topic(number + 1, topic, forums)
        numbers = [ids[number, position] for position in range(len(topic.posts))]
        for position in range(len(topic.posts)):
            yield from _post(topic, number + 1, position, numbers, people)


def _topic(number: int, topic: DemoTopic, forums: dict[str, int]) -> dict[str, Any]:
    return {
        "type": "topic", "id": number, "forum": forums[topic.forum], "kind": topic.kind, "title": topic.title,
        "locked": topic.is_locked, "views": topic.views,
    }  # fmt: skip


def _post(
    topic: DemoTopic, number: int, position: int, ids: list[int], people: dict[str, int]
) -> Iterator[dict[str, Any]]:
    post = topic.posts[position]
    names = [one.author for one in topic.posts]
    record = {
        "type": "post", "id": ids[position], "topic": number, "author": people[post.author], "created": post.at,
        "markup": "markdown", "body": post.body(names, ids),
    }  # fmt: skip
    if post.edited_at:
        record |= {"edited": post.edited_at, "edits": 1, "editor": post.author, "reason": post.edit_reason}
    yield record
    if post.edited_at:
        yield {
            "type": "revision", "post": ids[position], "number": 1, "markup": "markdown", "written": post.at,
            "writer": post.author, "body": post.body(names, ids).rstrip(".") + " ...",
        }  # fmt: skip
