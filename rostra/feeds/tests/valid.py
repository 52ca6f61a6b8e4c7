"""What a feed must be: valid by the grammar of RFC 4287, and without complaint for a strict parser."""

from pathlib import Path
from typing import Any, cast

import feedparser
from django.http import HttpResponse
from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"
NAMES = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
_ATOM = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
_SITEMAP = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Feed:
    """A feed that was looked at by both."""

    def __init__(self, body: bytes) -> None:
        self.tree = etree.fromstring(body)
        assert _ATOM.validate(self.tree), _ATOM.error_log
        self.parsed: Any = feedparser.parse(body)
        assert not self.parsed.bozo, self.parsed.get("bozo_exception")
        assert self.parsed.version == "atom10"
        ids = [entry.id for entry in self.entries]
        assert len(ids) == len(set(ids)), "an entry stands twice in one feed"
        assert not set(ids) & set(self.removed), "an entry is there and removed"

    @property
    def entries(self) -> list[Any]:
        """Entries as feedparser knows them."""
        return list(self.parsed.entries)

    @property
    def titles(self) -> list[str]:
        """Titles of the entries."""
        return self.texts("a:entry/a:title")

    @property
    def removed(self) -> list[str]:
        """Ids of what was removed."""
        return [str(found) for found in self.tree.xpath("at:deleted-entry/@ref", namespaces=NAMES)]

    def texts(self, path: str) -> list[str]:
        """Texts of elements."""
        return [element.text or "" for element in self.tree.xpath(path, namespaces=NAMES)]

    def link(self, rel: str) -> str:
        """A link of the feed itself; empty when there is none."""
        found = self.tree.xpath(f"a:link[@rel='{rel}']/@href", namespaces=NAMES)
        assert len(found) < 2
        return str(found[0]) if found else ""


def feed(answer: HttpResponse | Any) -> Feed:
    """The feed of an answer."""
    assert answer.status_code == 200, answer.status_code
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return Feed(answer.content)


def sitemap(answer: HttpResponse | Any) -> dict[str, str]:
    """Addresses of a sitemap, or of an index of sitemaps, with their times."""
    assert answer.status_code == 200, answer.status_code
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    tree = etree.fromstring(answer.content)
    assert _SITEMAP.validate(tree), _SITEMAP.error_log
    assert len(tree) <= 50_000
    return {cast("str", one.findtext(f"{_MAP}loc")): one.findtext(f"{_MAP}lastmod") or "" for one in tree}
