"""What tests of whole parts share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from rostra.web.front import StampWatch, application
from tests.door import Guest


@pytest.fixture
def guest(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guest]:
    """A guest; the stamp is read through the test's own connection, which alone sees its transaction."""
    from rostra.board.queries import stamp

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(StampWatch, "now", lambda self: stamp())
    monkeypatch.setattr(application, "close_old_connections", lambda: None)
    yield Guest()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
