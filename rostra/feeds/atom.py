"""Atom 1.0 (RFC 4287) with paging (RFC 5005) and tombstones for what was removed (RFC 6721)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils.xmlutils import SimplerXMLGenerator

from rostra.feeds import addresses
from rostra.feeds.pages import Page
from rostra.feeds.queries import Item
from rostra.kernel.clock import to_text
from rostra.markup.censoring import censored
from rostra.markup.display import PLAIN, Display, displayed

ATOM, TOMBSTONES = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
FEED_TYPE = "application/atom+xml"
# What a feed without any entry was changed at: the value must be there, and must not move by itself.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# XML 1.0, section 2.2: these may not stand in a document, not even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN_LINK = re.compile(r'href="/(?!/)')


@dataclass(frozen=True)
class Channel:
    """What a feed is about. `path` is the page it belongs to, not quoted; `language` is that of title and subtitle."""

    tag: str
    title: str
    path: str
    subtitle: str = ""
    language: str = ""

    @property
    def feed_path(self) -> str:
        """Where the feed is."""
        return f"{self.path}feed/"


def updated_at(page: Page) -> datetime:
    """When anything on the page was last written, edited or removed."""
    return max((item.gone_at or item.updated_at for item in page.items), default=_NEVER)


def document(
    channel: Channel, page: Page, forums: Mapping[int, str], query: str, display: Display = PLAIN
) -> str:
    """The feed as XML. `forums` are names by id; `query` is how this page was asked for, `display` how texts are shown."""
    out = StringIO()
    xml = _Writer(out, "utf-8")
    xml.startDocument()
    xml.begin("feed", {"xmlns": ATOM, "xmlns:at": TOMBSTONES})
    _head(xml, channel, page, query)
    for item in page.items:  # the schema of RFC 4287 wants entries last
        if item.gone_at is not None:
            xml.quick("at:deleted-entry", ref=addresses.tag("post", item.id), when=to_text(item.gone_at))
    where = addresses.absolute("/"), addresses.tag("post")
    out.write(
        "".join(
            _entry(item, forums.get(item.forum_id, ""), where, display)
            for item in page.items
            if not item.gone_at
        )
    )
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue()


class _Writer(SimplerXMLGenerator):
    def begin(self, name: str, attributes: dict[str, str] | None = None) -> None:
        """Open an element."""
        self.startElement(name, AttributesImpl(attributes or {}))

    def quick(self, name: str, words: str = "", **attributes: str) -> None:
        """An element with nothing in it that XML does not allow."""
        known = {key.replace("_", ":"): _clean(value) for key, value in attributes.items() if value}
        self.addQuickElement(name, _clean(words) or None, known)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _head(xml: _Writer, channel: Channel, page: Page, query: str) -> None:
    here = addresses.absolute(channel.feed_path)
    xml.quick("id", channel.tag)
    xml.quick("title", channel.title, type="text", xml_lang=channel.language)
    if channel.subtitle:
        xml.quick("subtitle", channel.subtitle, type="text", xml_lang=channel.language)
    xml.quick("updated", to_text(updated_at(page)))
    xml.quick("generator", "Rostra")
    xml.quick("link", rel="alternate", type="text/html", href=addresses.absolute(channel.path))
    xml.quick("link", rel="self", type=FEED_TYPE, href=here + query)
    xml.quick("link", rel="first", type=FEED_TYPE, href=here)
    if page.after is not None:
        xml.quick("link", rel="previous", type=FEED_TYPE, href=f"{here}?after={page.after}")
    if page.before is not None:
        xml.quick("link", rel="next", type=FEED_TYPE, href=f"{here}?before={page.before}")


@lru_cache(maxsize=2048)
def _entry(item: Item, forum: str, where: tuple[str, str], display: Display) -> str:
    """The same entry in every feed: readers know it by its id. `where` is what addresses and ids begin with."""
    out = StringIO()
    xml = _Writer(out, "utf-8")
    topic = f"/t/{item.topic_id}-{item.slug}/"
    is_opening = item.position == 1
    title = censored(item.title, display.censored)
    xml.begin("entry")
    xml.quick("id", addresses.tag("post", item.id))
    xml.quick("title", title if is_opening else f"Re: {title}", type="text")
    page = addresses.absolute(topic if is_opening else f"/p/{item.id}")
    xml.quick("link", rel="alternate", type="text/html", href=page)
    if is_opening:
        xml.quick("link", rel="replies", type=FEED_TYPE, href=addresses.absolute(f"{topic}feed/"))
    xml.quick("published", to_text(item.created_at))
    xml.quick("updated", to_text(item.updated_at))
    xml.begin("author")
    xml.quick("name", item.author_name)
    if item.account_name is not None:
        xml.quick("uri", addresses.absolute(addresses.member(item.account_name)))
    xml.endElement("author")
    if forum:
        xml.quick("category", term=forum)
    xml.quick("content", _content(displayed(item.html, display)), type="html")
    xml.endElement("entry")
    return out.getvalue()


def _content(html: str) -> str:
    """The whole post, its links absolute, its direction found by the reader's browser."""
    site = str(settings.SITE_URL)
    return f'<div dir="auto">{_OWN_LINK.sub(lambda _: f"""href="{site}/""", html)}</div>'
