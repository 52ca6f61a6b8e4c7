"""Small pages, so that a topic soon has several."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _small_pages(settings: Any) -> None:
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"posts_per_page": 5})
