"""What a person can name is named in its document: settings, commands, options, events, addresses, record fields."""

import argparse
import importlib
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from config.environment import PREFIX, Environment
from rostra.cli import parser
from rostra.importers.fields import FIELDS
from rostra.kernel.events import Event

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"


def _document(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _section(name: str, heading: str) -> str:
    """The text below a heading, up to the next one of any level; empty when there is no such heading."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", _document(name), re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _row(text: str, name: str) -> str:
    """The line of a table that begins with a name; empty when there is none."""
    found = re.search(rf"^\| `{re.escape(name)}` \|.*$", text, re.MULTILINE)
    return found[0] if found else ""


def _commands() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (
        action.choices
        for action in parser()._actions
        if isinstance(action, argparse._SubParsersAction) and isinstance(action.choices, dict)
    )
    return commands


def _options(of: argparse.ArgumentParser) -> Iterator[str]:
    """Options and arguments as they are typed; the long form of each option, also of those the help hides."""
    for action in of._actions:
        if action.option_strings:
            yield action.option_strings[-1]
        elif not isinstance(action, argparse._SubParsersAction):
            yield str(action.metavar or action.dest)


def _event_classes() -> list[type[Event]]:
    for path in sorted((ROOT / "rostra").glob("**/events.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))

    def below(one: type[Event]) -> Iterator[type[Event]]:
        for child in one.__subclasses__():
            yield child
            yield from below(child)

    return sorted(
        (one for one in set(below(Event)) if one.__module__.startswith("rostra.")),
        key=lambda one: one.__name__,
    )


def _url_names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _url_names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or f"an address without a name: {pattern.pattern}"


@pytest.mark.parametrize("name", Environment.model_fields)
def test_every_setting_is_in_the_table_of_settings(name: str) -> None:
    row = _row(_document("settings.md"), PREFIX + name.upper())
    assert row, f"docs/settings.md has no row for {PREFIX + name.upper()}"
    default = Environment.model_fields[name].default
    if isinstance(default, bool | int):
        assert f"| `{json.dumps(default)}` |" in row, f"docs/settings.md: another default than {default}"


def test_no_setting_is_documented_that_does_not_exist() -> None:
    rows = re.findall(rf"^\| `({PREFIX}[A-Z_]+)` \|", _section("settings.md", "All settings"), re.MULTILINE)
    assert set(rows) == {PREFIX + name.upper() for name in Environment.model_fields}


@pytest.mark.parametrize("name", _commands())
def test_every_command_has_a_section_that_names_its_options(name: str) -> None:
    section = _section("commands.md", f"`rostra {name}`")
    assert section, f"docs/commands.md has no section for rostra {name}"
    for option in _options(_commands()[name]):
        if option != "--help":
            assert re.search(rf"^\| `{re.escape(option)}[ `]", section, re.MULTILINE), (
                f"docs/commands.md: rostra {name} has no row for {option}"
            )


def test_the_options_of_the_command_line_itself_are_documented() -> None:
    for option in _options(parser()):
        assert f"| `{option}`" in _document("commands.md")


def test_every_event_is_documented_with_its_fields() -> None:
    found = _event_classes()
    assert found
    for event in found:
        row = _row(_document("events.md"), event.__name__)
        assert row, f"docs/events.md has no row for {event.__name__}"
        for field in fields(event):
            assert f"`{field.name}`" in row, f"docs/events.md: {event.__name__} has a field {field.name}"


def test_every_url_has_a_name_that_is_documented() -> None:
    names = list(_url_names(get_resolver().url_patterns))
    assert names
    for name in names:
        assert _row(_document("urls.md"), name), f"docs/urls.md has no row for {name}"


@pytest.mark.parametrize("kind", FIELDS)
def test_every_record_type_of_the_board_format_is_documented_with_its_fields(kind: str) -> None:
    section = _section("board-format.md", f"`{kind}`")
    assert section, f"docs/board-format.md has no section for {kind}"
    required, optional = FIELDS[kind]
    for name in {**required, **optional}:
        row = _row(section, name)
        assert row, f"docs/board-format.md: {kind} has no row for {name}"
        if name in required and name != "parent":
            assert re.match(r"\| `\w+` \| yes \|", row), f"docs/board-format.md: {kind} needs {name}"
        if name in optional:
            assert not re.match(r"\| `\w+` \| yes \|", row), (
                f"docs/board-format.md: {kind}: {name} may be left out"
            )


def test_every_document_is_in_the_index_of_the_readme() -> None:
    index = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in sorted(DOCS.glob("*.md")):
        assert f"(docs/{path.name})" in index, f"README.md does not name docs/{path.name}"


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *DOCS.glob("**/*.md")]
    for document in documents:
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)\)", document.read_text(encoding="utf-8")):
            is_link = "`" not in target and "://" not in target and ("/" in target or "." in target)
            assert not is_link or (document.parent / target).exists(), f"{document.name}: {target}"
