"""What the doctor says of mail."""

import socket
from typing import Any

import pytest

from rostra.cli.doctor import examine
from tests.cast import Board


def findings(settings: Any, url: str) -> list[tuple[bool, str]]:
    environment = settings.ROSTRA.model_copy(update={"email_url": url})
    return [(each.is_good, each.what) for each in examine(environment) if "mail" in each.what]


def test_a_board_without_mail_is_told_so(board: Board, settings: Any) -> None:
    assert findings(settings, "") == [(True, "no mail is sent: ROSTRA_EMAIL_URL is empty")]


@pytest.mark.parametrize("kind", ["console", "file"])
def test_mail_that_stays_here_is_named(board: Board, settings: Any, kind: str) -> None:
    assert findings(settings, f"{kind}:") == [(True, f"mail goes to {kind}:")]


def test_a_mail_server_that_is_not_there_needs_mending(board: Board, settings: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
        ((is_good, what),) = findings(settings, "smtp://127.0.0.1")
    assert not is_good
    assert what.startswith("the mail server cannot be used:")
