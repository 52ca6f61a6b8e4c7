"""The acceptance case: a page of an old forum, whose lines must come back in their order."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from rostra.importers.board import import_board
from rostra.kernel.text import one_line

SEED = Path(__file__).resolve().parents[2] / "shared" / "data" / "seed"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEED.exists(), reason="the shared seed is not beside this checkout"),
]


class Quiet:
    """Progress that nobody watches."""

    def show(self, done: float, total: float, records: int) -> None:
        """Nothing."""


def _shown(html: str) -> str:
    """The words of a page in their order, on one line."""
    return one_line(unescape(re.sub(r"<[^>]*>", " ", html.partition("<body>")[2])))


def test_the_seed_is_imported_whole() -> None:
    done = import_board(SEED / "board.jsonl", Quiet())
    assert (done["posts"], done["topics"], done["forums"]) == (4, 4, 3)


def test_the_page_shows_every_line_of_the_seed_in_its_order(client: Client) -> None:
    import_board(SEED / "board.jsonl", Quiet())
    response = client.get("/p/14980066", follow=True)
    html = response.content.decode()
    lines = [one_line(line) for line in (SEED / "page.txt").read_text().splitlines() if line.strip()]
    title, tagline, description, moderator, rules, number, *rest = lines
    paragraphs, box = rest[:11], rest[11:]
    assert f"<title>{title.partition(' - ')[0]} - Politics Forum.org | PoFo</title>" in html
    words, place = _shown(html), 0
    for line in (tagline, description, moderator, rules, number, *paragraphs, "Recent topics"):
        found = words.find(line, place)
        assert found >= 0, line
        place = found + len(line)
    for line in box:
        whole = re.sub(
            r"(&\w*|\s\(\w)?\[…\]$", "", line
        )  # the old forum cut entities and parentheses in half
        if whole.startswith("The dominant race"):
            continue  # its topic is not in the board file
        assert whole in words[place:], line
    assert not re.search(r"&\w+\[…\]", words)


def test_no_excerpt_of_the_seed_is_cut_inside_something(client: Client) -> None:
    import_board(SEED / "board.jsonl", Quiet())
    box = _shown(client.get("/").content.decode()).partition("Recent topics")[2]
    assert "Penn Jillette[…]" in box
    assert "(w[…]" not in box
    assert 'is "jealous[…]' not in box
