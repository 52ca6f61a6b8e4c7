"""The guards of the house that no linter has: foreign keys, sizes, plans, query counts."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
from django.apps import apps
from django.db import connection
from django.db.models.base import ModelBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

import rostra.web.forums.pages  # noqa: F401 - so that every statement is known
from config import urls  # noqa: F401
from rostra.kernel.statements import STATEMENTS
from rostra.web.assets import FROM_LIBRARY, LIBRARY
from tests.cast import Board

ROOT = Path(__file__).resolve().parents[2]
ORDER = [
    "kernel",
    "board",
    "mail",
    "accounts",
    "permissions",
    "forums",
    "houserules",
    "wordlists",
    "topics",
    "reading",
    "drafts",
    "filters",
    "bans",
    "moderation",
    "notes",
    "modmail",
    "importers",
]
FUNCTION_LINES, FILE_LINES, TEMPLATE_LINES = 40, 400, 120
SCRIPT_BYTES = 30_000


def _code() -> Iterator[Path]:
    for folder in ("config", "rostra", "tests", "bench"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def test_foreign_keys_point_down() -> None:
    upward = []
    for model in apps.get_models():
        here = model._meta.app_config.name if model._meta.app_config else ""
        if not here.startswith("rostra."):
            continue
        for field in model._meta.get_fields():
            related = field.related_model
            there = related._meta.app_label if field.many_to_one and isinstance(related, ModelBase) else None
            if there in ORDER and ORDER.index(there) > ORDER.index(model._meta.app_label):
                upward.append(f"{model.__name__}.{field.name} -> {there}")
    assert upward == []


def test_functions_and_files_are_small() -> None:
    large = []
    for path in _code():
        text = path.read_text()
        if text.count("\n") > FILE_LINES:
            large.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
            ):
                large.append(f"{path.relative_to(ROOT)}: {node.name}")
    for path in (ROOT / "rostra" / "web" / "templates").rglob("*.html"):
        if path.read_text().count("\n") > TEMPLATE_LINES:
            large.append(str(path.relative_to(ROOT)))
    assert large == []


def test_every_template_says_what_it_needs() -> None:
    silent = [
        path.name
        for path in (ROOT / "rostra" / "web" / "templates").rglob("*.html")
        if not path.read_text().startswith(("{# needs:", "{# macros:"))
    ]
    assert silent == []


def test_all_scripts_together_are_small_as_they_are_sent() -> None:
    ours = (ROOT / "rostra" / "web" / "static" / "js").glob("*.js")
    sizes = {
        path.name: len(brotli.compress(path.read_bytes()))
        for path in (*ours, *(LIBRARY / name for name in FROM_LIBRARY))
    }
    assert sum(sizes.values()) <= SCRIPT_BYTES, sizes


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_no_page_scans_sorts_without_bound_counts_or_skips(name: str) -> None:
    statement = STATEMENTS[name]
    assert "COUNT(" not in statement.sql.upper()
    assert "OFFSET" not in statement.sql.upper()
    plan = _plan(name)
    if name in ("forums.tree", "forums.moderators"):
        return  # bounded by the size of the tree, read once for each version of it
    large = ("topics_post", "topics_topic", "accounts_user", "reading_topicmark", "topics_revision")
    scans = [
        line for line in plan.splitlines() if _is_scan(line, statement.sql) and _tables_of(line) & set(large)
    ]
    assert scans == [], plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Sort" not in plan, plan


def _is_scan(line: str, sql: str) -> bool:
    """Walking an index in its order up to a LIMIT is no scan of the table."""
    return "Seq Scan" in line or ("SCAN" in line and not ("USING INDEX" in line and "LIMIT" in sql))


def _plan(name: str) -> str:
    """On PostgreSQL small tables would be scanned for good reason: scans and sorts are made dear."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    return STATEMENTS[name].explain()


def _tables_of(line: str) -> set[str]:
    alias = {"p": "topics_post", "t": "topics_topic", "u": "accounts_user", "m": "reading_topicmark"}
    return {alias.get(word, word) for word in line.replace("(", " ").split()}


@pytest.mark.parametrize("who", ["guest", "carol"])
def test_ten_rows_and_thirty_rows_cost_the_same_queries(
    board: Board, as_person: Callable[[str], Client], who: str, settings: object
) -> None:
    pages = {"index": "/", "forum": f"/f/{board.europe.pk}-europe/", "member": "/u/alice/"}
    topic = board.topic(title="Tunnels")
    pages["topic"] = topic.address
    browser = as_person(who) if who != "guest" else Client()
    found: dict[str, list[int]] = {page: [] for page in pages}
    for rows in (10, 30):
        for number in range(rows - 10 or 9):
            board.reply(topic, by="alice")
            board.topic(title=f"Topic {rows} {number}")
        for page, address in pages.items():
            browser.get(address)  # the read mark moves on the first visit
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            found[page].append(len(queries))
    assert all(few == many for few, many in found.values()), found
    assert all(many <= (9 if who != "guest" else 6) for _, many in found.values()), found


def test_a_first_visit_with_its_read_mark_stays_within_the_budget(
    board: Board, as_person: Callable[[str], Client]
) -> None:
    topic = board.topic(title="Tunnels")
    carol = as_person("carol")
    with CaptureQueriesContext(connection) as queries:
        carol.get(topic.address)
    asked = [
        query["sql"] for query in queries if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))
    ]
    # the tree (2), the profile, the stamp and the recent topics are read once for each version of the board
    assert len(asked) <= 9 + 5, asked
