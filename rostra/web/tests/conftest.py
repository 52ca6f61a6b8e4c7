"""What tests of the pages of rules share."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Board


@pytest.fixture
def place(board: Board) -> str:
    """The page with Europe's rules."""
    return f"/f/{board.europe.pk}-europe/rules/"


@pytest.fixture
def bob(as_person: Callable[[str], Client]) -> Client:
    """The browser of Europe's moderator."""
    return as_person("bob")
