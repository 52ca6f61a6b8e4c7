"""Importing and exporting: ids kept, exactly once, resumable, byte-identical."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from rostra.accounts.models import User
from rostra.board.actions import censor_word, define_tag
from rostra.board.models import CensoredWord, OwnTag
from rostra.board.queries import stamp
from rostra.exporters.board import export_board
from rostra.forums.queries import counts
from rostra.importers import board as importer
from rostra.importers.board import import_board
from rostra.importers.models import ImportRun
from rostra.importers.reading import BadLine
from rostra.importers.threads import import_threads
from rostra.topics.actions import edit_post
from rostra.topics.models import Post, Topic
from rostra.topics.queries import topic
from rostra.topics.removal import remove_post
from rostra.topics.tagged import rerender_tagged
from tests.cast import Board

pytestmark = pytest.mark.django_db


class Quiet:
    """Progress that nobody watches."""

    def show(self, done: float, total: float, records: int) -> None:
        """Nothing."""


def _file(folder: Path, *records: dict[str, Any] | str) -> Path:
    path = folder / f"board-{len(list(folder.iterdir()))}.jsonl"
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in records))
    return path


BASE: list[dict[str, Any]] = [
    {"type": "board", "format": 1, "name": "B", "note": "for people"},
    {"type": "group", "id": 3, "name": "Mods"},
    {"type": "user", "id": 7, "name": "Old Whig"},
    {"type": "forum", "id": 2, "parent": None, "kind": "forum", "name": "Europe", "moderator_groups": [3]},
    {"type": "topic", "id": 5, "forum": 2, "kind": "normal", "title": "Tunnels"},
]


def _post(number: int, **more: Any) -> dict[str, Any]:
    return {
        "type": "post",
        "id": number,
        "topic": 5,
        "author": 7,
        "created": "2024-04-20T10:00:00Z",
        "markup": "markdown",
        "body": f"Post {number}",
        **more,
    }


def test_ids_are_kept_and_counts_follow(tmp_path: Path) -> None:
    done = import_board(_file(tmp_path, *BASE, _post(14980066), _post(14980070)), Quiet())
    assert done["posts"] == 2
    row = topic(5)
    assert row is not None
    assert (row.post_count, row.last_post_id, row.author_name) == (2, 14980070, "Old Whig")
    assert (stamp().posts, counts(stamp().content)[2].post_count, User.objects.get(id=7).post_count) == (
        2,
        2,
        2,
    )


def test_the_next_post_after_an_import_gets_a_higher_number(tmp_path: Path) -> None:
    import_board(_file(tmp_path, *BASE, _post(14980066)), Quiet())
    board = Board()
    assert board.reply(board.topic()).pk > 14980066


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = _file(tmp_path, *BASE, _post(1))
    import_board(path, Quiet())
    assert not import_board(path, Quiet())
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{nonsense", "not valid JSON"),
        ('{"type": "comet"}', "type 'comet' is unknown"),
        ({"type": "post", "id": 9}, "needs the field 'topic'"),
        (_post(9, topic=77), "there is no topic 77"),
        (_post(9, author=77), "there is no user 77"),
        (_post(1), "twice|on this board already"),
        (_post(9, created="yesterday"), "created"),
        (_post(9, colour="red"), "no field 'colour'"),
        (_post(9, body="a\0b"), "NUL"),
        (_post(True), "whole number"),
        (_post(9, position=1), "position"),
        ({"type": "user", "id": 8, "name": "old  WHIG"}, "looks like"),
        ({"type": "forum", "id": 9, "parent": 44, "kind": "forum", "name": "X"}, "no forum 44"),
    ],
)
def test_a_bad_line_is_named_and_what_stood_before_it_stays(tmp_path: Path, line: Any, reason: str) -> None:
    path = _file(tmp_path, *BASE, _post(1), line, _post(99))
    with pytest.raises(BadLine, match=reason) as bad:
        import_board(path, Quiet())
    assert bad.value.line == 7
    assert list(Post.objects.values_list("id", flat=True)) == [1]
    assert stamp().posts == 1


def test_bytes_that_are_no_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"type": "board", "format": 1, "name": "caf\xe9"}\n')
    with pytest.raises(BadLine, match="line 1: not UTF-8"):
        import_board(path, Quiet())


def test_a_mended_file_goes_on_behind_the_line_that_was_bad(tmp_path: Path) -> None:
    path = _file(tmp_path, *BASE, "{nonsense", _post(1), _post(2))
    with pytest.raises(BadLine, match="line 6"):
        import_board(path, Quiet())
    assert Topic.objects.filter(id=5).exists(), "a topic that waits for its posts stays"
    path.write_text(path.read_text().replace("{nonsense", json.dumps(_post(7))))
    assert import_board(path, Quiet())["posts"] == 3
    assert list(Post.objects.order_by("position").values_list("id", flat=True)) == [7, 1, 2]


def test_a_file_that_was_cut_off_is_named(tmp_path: Path) -> None:
    path = tmp_path / "board.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(one) + "\n" for one in BASE).encode())[:-20])
    with pytest.raises(BadLine, match="cut off"):
        import_board(path, Quiet())


@pytest.mark.parametrize(
    "post", [{"author": "a"}, {"author": "a", "date": "1993-04-16T16:28:02Z", "body": None}, 7]
)
def test_a_bad_discussion_is_named_and_those_before_it_stay(tmp_path: Path, post: Any) -> None:
    good = {"author": "b", "date": "1993-04-16T16:28:02Z", "body": "Yes."}
    path = _file(
        tmp_path,
        {"forum": "a.b", "title": "T", "posts": [good]},
        {"forum": "a.b", "title": "U", "posts": [post]},
    )
    with pytest.raises(BadLine, match="line 2"):
        import_threads(path, Quiet())
    assert list(Topic.objects.values_list("title", flat=True)) == ["T"]


def test_an_import_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "BATCH", 10)
    path = _file(tmp_path, *BASE, *(_post(number) for number in range(1, 60)))

    class Stopped(Exception):
        pass

    class Stops(Quiet):
        def show(self, done: float, total: float, records: int) -> None:
            if records >= 30:
                raise Stopped

    with pytest.raises(Stopped):
        import_board(path, Stops())
    assert 0 < Post.objects.count() < 59
    import_board(path, Quiet())
    assert list(Post.objects.order_by("position").values_list("id", "position")) == [
        (number, number) for number in range(1, 60)
    ]
    assert ImportRun.objects.get().is_finished


def _full_board() -> None:
    board = Board()
    censor_word(word="darn*", instead="d…")
    define_tag(usage="[key={NUMBER}]{TEXT}[/key]", template="[b]{TEXT}[/b]\n{NUMBER}", hint="«A key»")
    row = board.topic(title="Tunnels & «bridges»", body="Текст [key=2]a[/key]\n\n> quoted\n\nعربي")
    replies = [board.reply(row, f"Reply {number}") for number in range(4)]
    edit_post(
        editor=board.actor("carol"),
        post_id=replies[1].pk,
        topic=row,
        forum=board.node(),
        body="Changed",
        reason="why",
    )
    remove_post(moderator=board.actor("bob"), post_id=replies[2].pk, forum=board.node())
    Topic.objects.filter(id=row.id).update(kind=1, is_locked=True, view_count=17)


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz"])
def test_export_import_export_is_byte_identical(tmp_path: Path, suffix: str) -> None:
    _full_board()
    first, second = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    export_board(first, Quiet())
    Post.objects.all().delete()
    for model in (Topic, User, OwnTag, CensoredWord):
        model._default_manager.all().delete()
    _empty()
    import_board(first, Quiet())
    export_board(second, Quiet())
    assert first.read_bytes() == second.read_bytes()
    plain = gzip.decompress(first.read_bytes()) if suffix.endswith("gz") else first.read_bytes()
    for words in (
        b"Changed",
        b'"type": "revision"',
        b'"type": "tag"',
        b'"type": "censored"',
        b'"removed"',
        b'"locked": true',
    ):
        assert words in plain


def _empty() -> None:
    from rostra.accounts.models import Group
    from rostra.forums.models import Forum

    for forum in Forum.objects.order_by("-id"):
        forum.delete()
    Group.objects.all().delete()


def test_discussions_become_categories_forums_and_topics(tmp_path: Path) -> None:
    posts = [
        {"author": "b", "date": "1993-04-16T16:28:02Z", "body": "> what?\nYes.", "reply_to": 0},
        {"author": "a", "date": "1993-04-15T16:28:02Z", "body": "what?", "reply_to": None},
    ]
    path = _file(
        tmp_path,
        {"forum": "talk.politics.misc", "title": "Trains", "posts": posts},
        {"forum": "talk.politics.misc", "title": "", "posts": posts[:1]},
    )
    import_threads(path, Quiet())
    assert list(Topic.objects.order_by("id").values_list("title", "author_name", "post_count")) == [
        ("Trains", "a", 2),
        ("(no title)", "b", 1),
    ]
    assert "<blockquote>" in Post.objects.get(topic__title="Trains", position=2).html


def test_a_boards_own_tags_come_in_before_its_posts_and_go_out_as_they_came(tmp_path: Path, db: None) -> None:
    tag = {
        "type": "tag",
        "usage": "[key]{SIMPLETEXT}[/key]",
        "template": "[b]{SIMPLETEXT}[/b]\n[hr]",
        "hint": "A key",
        "sample": "[key]F1[/key]",
    }
    second = {"type": "tag", "usage": "[a-b]{TEXT}[/a-b]", "template": "{TEXT}"}
    body = {"body": "[key]F1[/key]", "markup": "both"}
    first = _file(tmp_path, BASE[0], tag, second, *BASE[1:], _post(1, **body))
    done = import_board(first, Quiet())
    assert done["tags"] == 2
    assert "<strong>F1</strong>" in Post.objects.get(id=1).html
    out = tmp_path / "out.jsonl"
    export_board(out, Quiet())
    records = [json.loads(line) for line in out.read_text().splitlines()]
    assert [record for record in records if record["type"] == "tag"] == [second, tag]
    assert [record["type"] for record in records[:4]] == ["board", "tag", "tag", "group"]
    planned = DBTaskResult.objects.filter(task_path=rerender_tagged.module_path)
    assert sorted(job.args_kwargs["args"][0] for job in planned) == ["a-b", "key"], (
        "of posts that were here before"
    )


def test_tags_in_an_earlier_batch_hold_for_later_ones(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "BATCH", 1)
    tag = {"type": "tag", "usage": "[key]{SIMPLETEXT}[/key]", "template": "[b]{SIMPLETEXT}[/b]"}
    import_board(_file(tmp_path, *BASE, tag, _post(1, body="[key]F1[/key]", markup="bbcode")), Quiet())
    assert "<strong>F1</strong>" in Post.objects.get(id=1).html


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ({"usage": "[b]{TEXT}[/b]", "template": "{TEXT}"}, "usage: Every board has a tag"),
        ({"usage": "[x]{TEXT}[/x]", "template": "[y]{TEXT}[/y]"}, "template: .y. is no stock tag"),
        ({"usage": "[key]{TEXT}[/key]", "template": "{TEXT}"}, "usage: there is a tag 'key' already"),
        ({"usage": "[x]{TEXT}[/x]"}, "needs the field 'template'"),
        ({"usage": "[x]{TEXT}[/x]", "template": "x" * 1001}, "template: has 1,001 characters"),
    ],
)
def test_a_tag_that_cannot_be_is_named_with_its_line(
    tmp_path: Path, db: None, tag: dict[str, str], reason: str
) -> None:
    known = {"type": "tag", "usage": "[key]{SIMPLETEXT}[/key]", "template": "[b]{SIMPLETEXT}[/b]"}
    with pytest.raises(BadLine, match=reason) as bad:
        import_board(_file(tmp_path, known, {"type": "tag", **tag}), Quiet())
    assert bad.value.line == 2
