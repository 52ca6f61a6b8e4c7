"""Texts that were made to do harm as titles, names, profiles and posts: no page, feed or card holds more than it should."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from rostra.accounts.actions import join
from rostra.accounts.models import User
from rostra.kernel.refusals import Invalid
from rostra.kernel.text import name_key
from rostra.web import addresses
from tests.cast import Board
from tests.test_hostile_markup import NO_TEXTS, sets, texts

STRANGE = {"iframe", "object", "embed", "base", "style", "math", "audio", "video", "img", "template", "frameset", "applet"}  # fmt: skip
EVERY = 12
_DROPPED = re.compile(r"[\x00-\x20]")  # by browsers, before they look for the scheme
_SCHEME = re.compile(r"(javascript|data|vbscript)\s*:", re.IGNORECASE)


def hostile() -> list[str]:
    """Some of each set, in lengths that names and titles may have."""
    names = [name for name in sets() if name.startswith(("xss", "naughty", "html"))]
    return [text for name in names for text in list(texts(name))[::EVERY] if 2 < len(text.strip()) <= 60]


def strange(html: str) -> Iterator[str]:
    """What no page of ours holds."""
    tree = LexborHTMLParser(html)
    for node in tree.css("*"):
        if node.tag in STRANGE:
            yield f"<{node.tag}>"
        if node.tag == "script" and not _is_ours(node):
            yield f"script {node.html}"
        for name, value in node.attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                yield f"{name} of <{node.tag}>"
            if name in ("href", "src", "action") and _SCHEME.match(_DROPPED.sub("", value or "")):
                yield f"{name}={value}"


def _is_ours(script: Any) -> bool:
    """A file of ours, or linked data, which is not run."""
    if script.attributes.get("type") == "application/ld+json":
        return True
    return (script.attributes.get("src") or "").startswith("/static/") and not script.text(strip=True)


@NO_TEXTS
def test_pages_hold_hostile_titles_names_and_profiles_as_text(board: Board) -> None:
    guest, addresses_seen = Client(), []
    words = hostile()
    assert len(words) > 100
    for number, text in enumerate(words):
        if User.objects.filter(name_key=name_key(text)).exists():
            continue
        name = f"{text[:50]} {number}".replace("\0", "")
        person = join(name=name, email="", password=None)
        User.objects.filter(pk=person.pk).update(about=text, location=text[:40])
        board.people[name] = person
        try:
            topic = board.topic(title=text, body=text, by=name)
        except Invalid:
            continue
        addresses_seen += [topic.address, addresses.member(person.name)]
    pages = ["/", f"/f/{board.europe.pk}-europe/", "/active/", "/new/", *addresses_seen]
    for address in pages:
        response = guest.get(address, follow=True)
        assert response.status_code == 200, address
        assert list(strange(response.content.decode())) == [], address


@NO_TEXTS
def test_feeds_hold_them_as_text_too(board: Board) -> None:
    for text in hostile()[::3]:
        try:
            board.topic(title=text, body=f"{text}\n\n[url={text}]x[/url]")
        except Invalid:
            continue
    feed = Client().get("/feed/").content.decode()
    entries = re.findall(r'<content type="html">(.*?)</content>', feed, re.DOTALL)
    assert len(entries) > 5
    for entry in entries:
        assert list(strange(unescape(entry))) == []


@pytest.mark.parametrize(
    "html", ["<p onclick=x>", "<script>x</script>", "<a href='java\tscript:x'>", "<img>"]
)
def test_the_look_at_a_page_sees_what_is_strange(html: str) -> None:
    assert list(strange(html)) != []
