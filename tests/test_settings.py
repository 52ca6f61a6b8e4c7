"""Wrong settings stop the start with their name; right ones say what they mean."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment, mail_settings, read_environment


@pytest.fixture(autouse=True)
def _own_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTRA_DATA", str(tmp_path))
    for name in ("EMAIL_URL", "EMAIL_FROM", "EMAIL_CONFIRMATION", "DEMO_MAIL", "SITE_URL"):
        monkeypatch.delenv(f"ROSTRA_{name}", raising=False)


def read(monkeypatch: pytest.MonkeyPatch, **values: str) -> Environment:
    for name, value in values.items():
        monkeypatch.setenv(f"ROSTRA_{name.upper()}", value)
    return read_environment()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"email_url": "mail.example.org"}, "ROSTRA_EMAIL_URL"),
        ({"email_url": "smtp://"}, "ROSTRA_EMAIL_URL"),
        ({"email_url": "smtp://host:many/"}, "ROSTRA_EMAIL_URL"),
        ({"email_url": "smtp://host/?tls=yes"}, "ROSTRA_EMAIL_URL"),
        ({"email_url": "smtp://host/?ssl=1"}, "ROSTRA_EMAIL_URL"),
        ({"email_url": "console:", "email_from": "nobody"}, "ROSTRA_EMAIL_FROM"),
        ({"email_url": "smtp://host"}, "ROSTRA_EMAIL_FROM"),
        ({"accessibility_contact": "access@example.org"}, "ROSTRA_ACCESSIBILITY_CONTACT"),
        ({"signup_question": "Which city?"}, "ROSTRA_SIGNUP_ANSWERS"),
        ({"signup_answers": "Rome"}, "ROSTRA_SIGNUP_ANSWERS"),
        ({"email_confirmation": "mandatory"}, "ROSTRA_EMAIL_CONFIRMATION"),
        ({"email_url": "console:", "email_confirmation": "sometimes"}, "ROSTRA_EMAIL_CONFIRMATION"),
        ({"demo_mail": "true", "site_url": "https://forum.example.org"}, "ROSTRA_DEMO_MAIL"),
    ],
)
def test_a_wrong_value_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], name: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name}"):
        read(monkeypatch, **values)


def test_a_password_is_not_repeated_in_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured) as fault:
        read(monkeypatch, email_url="mail://board:hunter2@mail.example.org")
    assert "hunter2" not in str(fault.value)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("smtp://host", {"EMAIL_HOST": "host", "EMAIL_PORT": 25, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False}),
        ("smtp://u%40x:p%2Fw@host/?tls=1", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True, "EMAIL_HOST_USER": "u@x", "EMAIL_HOST_PASSWORD": "p/w"}),
        ("smtps://u:p@host", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}),
        ("smtp://host:2525/?tls=0", {"EMAIL_PORT": 2525, "EMAIL_USE_TLS": False}),
        ("file:", {"EMAIL_FILE_PATH": Path("data/mail")}),
        ("file:///var/mail/board", {"EMAIL_FILE_PATH": Path("/var/mail/board")}),
        ("console:", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
    ],
)  # fmt: skip
def test_the_address_of_a_post_office_is_read(url: str, wanted: dict[str, Any]) -> None:
    found = mail_settings(url, Path("data"))
    assert {name: found[name] for name in wanted} == wanted


def test_confirmation_is_mandatory_where_mail_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch).confirmation == "none"
    assert read(monkeypatch, email_url="console:").confirmation == "mandatory"
    assert read(monkeypatch, email_confirmation="optional").confirmation == "optional"


def test_the_sender_is_at_the_boards_host_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, site_url="https://forum.example.org").sender == "noreply@forum.example.org"
    named = read(monkeypatch, email_from="The Forum <forum@example.org>")
    assert named.sender == "The Forum <forum@example.org>"
