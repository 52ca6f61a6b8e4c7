"""Settings of language and time: a wrong value stops the start and says what would be right."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import read_environment


@pytest.mark.parametrize(
    ("typed", "read"), [("en,de,fr", "en,de,fr"), (" DE , en,de", "de,en"), ("xa,xb", "xa,xb")]
)
def test_languages_are_read_each_once(monkeypatch: pytest.MonkeyPatch, typed: str, read: str) -> None:
    monkeypatch.setenv("ROSTRA_LANGUAGES", typed)
    assert read_environment().languages == read


@pytest.mark.parametrize("typed", ["tlh", "en,../de", ",", "en;de"])
def test_a_language_without_a_catalogue_is_refused(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("ROSTRA_LANGUAGES", typed)
    with pytest.raises(ImproperlyConfigured, match=r"ROSTRA_LANGUAGES.*must be some of en, de, fr"):
        read_environment()


@pytest.mark.parametrize("typed", ["Mars/Olympus", "../UTC", "UTC+2", ""])
def test_a_time_zone_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("ROSTRA_TIME_ZONE", typed)
    with pytest.raises(ImproperlyConfigured, match="ROSTRA_TIME_ZONE"):
        read_environment()


def test_a_time_zone_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTRA_TIME_ZONE", "Europe/Berlin")
    assert read_environment().time_zone == "Europe/Berlin"
