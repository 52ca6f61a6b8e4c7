"""Fixtures for every test."""

from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.test import Client

from config import settings as own
from rostra.bans import queries as ban_queries
from rostra.board import queries as board_queries
from rostra.filters import queries as filter_queries
from rostra.forums import queries as forum_queries
from rostra.houserules import queries as rule_queries
from rostra.web import fragments, languages, recent, showing
from rostra.web.forums import pages as forum_pages
from rostra.wordlists import queries as list_queries
from tests.cast import Board

# The machine is shared: no test is timed, and a slow moment fails none.
hypothesis.settings.register_profile(
    "rostra", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("rostra")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Each test has its own database: nothing of the last one may be remembered."""
    for module in (
        board_queries,
        forum_queries,
        rule_queries,
        list_queries,
        filter_queries,
        ban_queries,
        recent,
        forum_pages,
        fragments,
        languages,
        showing,
    ):
        module.forget()
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def real_passwords(_quick_passwords: None, settings: Any) -> None:
    """Passwords kept as on a real board."""
    settings.PASSWORD_HASHERS = own.PASSWORD_HASHERS


@pytest.fixture
def board(db: None) -> Board:
    """The board of the cast."""
    return Board()


@pytest.fixture
def sends_mail(settings: Any) -> None:
    """A board that sends mail, and so has addresses confirmed."""
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"email_url": "console:"})
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def as_person(board: Board) -> Callable[[str], Client]:
    """A browser with somebody of the cast signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(board.people[name])
        return client

    return signed_in
