"""The accessibility statement: complete, true about what the owner set, and found from every page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Board


def text_of(client: Client, language: str = "en") -> str:
    answer = client.get("/accessibility/", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_statement_says_how_far_the_board_conforms_how_that_is_known_and_when(
    board: Board, client: Client
) -> None:
    text = text_of(client)
    for part in (
        "Politics Board", "Directive (EU) 2019/882", "EN 301 549", "WCAG) 2.2, level AA", "conforms in part",
        "makers of the software assessed it themselves, last on 24 Nov 2026", "No independent body", "Known limits",
    ):  # fmt: skip
        assert part in text


def test_without_settings_the_statement_says_that_no_contact_and_no_authority_is_named(
    board: Board, client: Client
) -> None:
    text = text_of(client)
    assert "has not named a contact for accessibility. Write in a forum" in text
    assert "has not named the one that is responsible here" in text


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("mailto:access@example.org", ">access@example.org</a>"),
        ("tel:+49-30-123", ">+49-30-123</a>"),
        ("https://example.org/access", ">https://example.org/access</a>"),
    ],
)
def test_the_contact_that_the_owner_set_is_a_link(
    board: Board, client: Client, settings: Any, contact: str, shown: str
) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"accessibility_contact": contact})
    text = text_of(client)
    assert f'href="{contact}"' in text
    assert shown in text
    assert "has not named a contact" not in text


def test_the_authority_that_the_owner_set_is_shown_cleaned(
    board: Board, client: Client, settings: Any
) -> None:
    words = "The [authority](https://example.org/)\n\n<script>alert(1)</script>"
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"accessibility_enforcement": words})
    text = text_of(client)
    assert re.search(r'<a href="https://example\.org/"[^>]*>authority</a>', text)
    assert "<script>alert" not in text
    assert "has not named the one" not in text


@pytest.mark.parametrize(("language", "title"), [("de", "Barrierefreiheit"), ("fr", "Accessibilité")])
def test_the_statement_speaks_the_reader_s_language(
    board: Board, client: Client, language: str, title: str
) -> None:
    assert f"<h1>{title}</h1>" in text_of(client, language)


def test_every_page_leads_to_help_in_the_same_order(
    board: Board, client: Client, as_person: Callable[[str], Client]
) -> None:
    topic = board.topic()
    member = as_person("alice")
    pages = [
        ("/", client),
        ("/accessibility/", client),
        (topic.address, client),
        ("/nothing/", client),
        ("/sign-up/", client),
    ]
    pages += [("/settings/profile/", member), (f"{topic.address}reply", member)]
    for address, who in pages:
        foot = who.get(address).content.decode().partition("<footer")[2]
        links = [
            link for link in re.findall(r'href="([^"]+)"', foot) if link in ("/", "/keys/", "/accessibility/")
        ]
        assert links == ["/", "/keys/", "/accessibility/"], address
