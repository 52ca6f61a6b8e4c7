"""The living style page, and the contrast of the colours."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rostra.web.style.tokens import Contrast, colours, contrasts

ROOT = Path(__file__).resolve().parents[3]


def test_the_style_page_is_there_in_development_only(client: Client, db: None, settings: Any) -> None:
    assert client.get("/-/style/").status_code == 404
    settings.DEBUG = True
    html = client.get("/-/style/").content.decode()
    assert all(f"--{name}" in html for name in colours())
    assert "style=" not in html


@pytest.mark.parametrize("pair", contrasts(), ids=lambda pair: f"{pair.text} on {pair.ground}")
def test_every_pair_of_colours_has_the_contrast_it_needs(pair: Contrast) -> None:
    assert min(pair.light, pair.dark) >= pair.needed


def test_the_document_of_the_design_tells_these_figures() -> None:
    told = (ROOT / "docs" / "design.md").read_text()
    for pair in contrasts():
        row = re.search(rf"\| `--{pair.text}` on `--{pair.ground}` \| ([\d.]+) \| ([\d.]+) \|", told)
        assert row, f"{pair.text} on {pair.ground}"
        assert (float(row[1]), float(row[2])) == (pair.light, pair.dark), row[0]
